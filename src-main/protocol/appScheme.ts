import { readFile } from "node:fs/promises";
import { protocol, type Session } from "electron";
import { assetFor, type AssetFolders } from "./assetPath";
import { contentSecurityPolicy } from "./contentSecurityPolicy";

export const appOrigin = "app://qiao";
export const pageAddress = `${appOrigin}/`;

/** Gives `app://` the rights of https: an origin, storage, fetch, cached bytecode. Must come before `ready`. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: "app",
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ]);
}

const commonHeaders = {
  "content-security-policy": contentSecurityPolicy,
  "x-content-type-options": "nosniff",
  "x-dns-prefetch-control": "off",
  "referrer-policy": "no-referrer",
  "cache-control": "no-cache",
};

/** Answers `app://qiao/` in a session with the app's own files and nothing else. */
export function handleAppScheme(session: Session, folders: AssetFolders): void {
  session.protocol.handle("app", async (request) => {
    if (request.method !== "GET") return new Response(null, { status: 405, headers: commonHeaders });
    const asset = assetFor(request.url, folders);
    const bytes = asset ? await readFile(asset.file).catch(() => null) : null;
    if (!asset || !bytes) return new Response(null, { status: 404, headers: commonHeaders });
    return new Response(new Uint8Array(bytes), { headers: { ...commonHeaders, "content-type": asset.contentType } });
  });
}
