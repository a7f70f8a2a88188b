import { readFile } from "node:fs/promises";
import path from "node:path";
import { app, BrowserWindow, session, type Session } from "electron";
import { electronFetch } from "../../../src-main/gateway/electronFetch";
import { Gateway } from "../../../src-main/gateway/gateway";
import { NotebookPorts } from "../../../src-main/ipc/notebookPorts";
import { ConnectionFile } from "../../../src-main/keys/connectionFile";
import { ledgerHandlers } from "../../../src-main/ledger/ledger";
import { SegmentedLedger } from "../../../src-main/ledger/segmentedLedger";
import { pageAddress, registerAppScheme } from "../../../src-main/protocol/appScheme";
import { assetFor } from "../../../src-main/protocol/assetPath";
import { testKeychain } from "../../support/testKeychain";

/**
 * The main process of the measuring app: Qiao's own ledger and gateway for our worker. The peers' worker goes to the
 * network by itself, so pages here have no content security policy and no same-origin rule, and every request to the
 * server carries a session's cookie, as the gateway's do.
 */

registerAppScheme();
app.on("window-all-closed", () => app.quit());
// Not awaited: Electron becomes ready only after this module has run.
void app.whenReady().then(start);

interface Server {
  readonly address: string;
  readonly database: string;
  readonly user: string;
  readonly password: string;
}

async function start(): Promise<void> {
  const qiao = process.env["QIAO_ROOT"] ?? "";
  const server = JSON.parse(process.env["QIAO_BENCH_SERVER"] ?? "null") as Server | null;
  const profile = app.getPath("userData");
  handleScheme(session.defaultSession, path.join(app.getAppPath(), "page"), path.join(qiao, "resources"));
  const opened = await SegmentedLedger.open({
    folder: path.join(profile, "notebook"),
    // Of no secret: it seals as long as any other.
    key: Buffer.alloc(32, 1),
    notebook: "00000000-0000-4000-8000-000000000000",
    now: () => Date.now(),
  });
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
  const { connections } = await ConnectionFile.open(profile, testKeychain(), new Date());
  const gateway = new Gateway({
    fetch: electronFetch(),
    connections,
    now: () => performance.now(),
    onConnection: () => undefined,
  });
  if (server) {
    const connected = await gateway.connect({ ...server, passwordStorage: "memory" });
    if (!connected.ok) throw new Error(`no connection: ${connected.failure.kind}`);
    await signPeersIn(session.defaultSession, server);
  }
  const window = new BrowserWindow({
    webPreferences: {
      preload: path.join(qiao, "out", "preload", "preload.cjs"),
      sandbox: true,
      contextIsolation: true,
      webSecurity: false,
      backgroundThrottling: false,
    },
  });
  await window.loadURL(pageAddress);
  new NotebookPorts(gateway.handlers(), () => undefined).handTo(
    window.webContents.mainFrame,
    ledgerHandlers({
      ledger: () => Promise.resolve(opened),
      backup: () => null,
      host: {
        copied: () => false,
        placeTaken: () => Promise.resolve(),
        storeKey: () => new Uint8Array(32).fill(2),
        renewStore: (reason) => Promise.reject(new Error(reason)),
      },
    }),
  );
}

function handleScheme(on: Session, page: string, resources: string): void {
  on.protocol.handle("app", async (request) => {
    const asset = assetFor(request.url, { page, resources });
    if (!asset) return new Response(null, { status: 404 });
    return new Response(new Uint8Array(await readFile(asset.file)), {
      headers: { "content-type": asset.contentType },
    });
  });
}

async function signPeersIn(on: Session, { address, user, password }: Server): Promise<void> {
  const answer = await fetch(`${address}/_session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: user, password }),
  });
  const [cookie] = answer.headers.getSetCookie().map((each) => each.split(";")[0] ?? "");
  if (!answer.ok || cookie === undefined) throw new Error(`the peers are not signed in: ${answer.status}`);
  on.webRequest.onBeforeSendHeaders({ urls: [`${address}/*`] }, ({ requestHeaders }, go) => {
    go({ requestHeaders: { ...requestHeaders, Cookie: cookie } });
  });
}
