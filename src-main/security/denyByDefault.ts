import { app, type Session, type WebContents } from "electron";
import { pageAddress } from "../protocol/appScheme";

/** Closes every way by which content could leave the app's own page or gain rights. */
export function denyByDefault(): void {
  // Chromium would fetch dictionaries for its spelling checker from its maker as soon as a session exists.
  app.on("session-created", (session) => {
    session.setSpellCheckerLanguages([]);
    session.setSpellCheckerEnabled(false);
  });
  app.on("web-contents-created", (_event, contents) => {
    confine(contents);
  });
  // Without this the system's first client certificate would be offered to a server that asks for one.
  app.on("select-client-certificate", (event, _contents, _url, _certificates, answer) => {
    event.preventDefault();
    answer();
  });
}

function confine(contents: WebContents): void {
  contents.on("will-frame-navigate", (event) => {
    const isReload = event.isMainFrame && event.url === pageAddress;
    if (!isReload) event.preventDefault();
  });
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
  contents.on("will-attach-webview", (event) => {
    event.preventDefault();
  });
  contents.setWebRTCIPHandlingPolicy("disable_non_proxied_udp");
}

/** What never leaves the computer: the app's own files, and data already in the page. */
const localSchemes = new Set(["app:", "data:", "blob:"]);

/** Confines a session that shows pages: no permission, no download, no request but to the app itself. */
export function confineSession(session: Session, options: { readonly devTools: boolean }): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on("will-download", (event) => {
    event.preventDefault();
  });
  session.webRequest.onBeforeRequest((details, answer) => {
    const { protocol } = new URL(details.url);
    answer({ cancel: !(localSchemes.has(protocol) || (options.devTools && protocol === "devtools:")) });
  });
}
