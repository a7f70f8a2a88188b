import path from "node:path";
import { app, BrowserWindow, MessageChannelMain, session } from "electron";
import { ledgerHandlers } from "../../../src-main/ledger/ledger";
import { SegmentedLedger } from "../../../src-main/ledger/segmentedLedger";
import { portWire } from "../../../src-main/ipc/portWire";
import { handleAppScheme, pageAddress, registerAppScheme } from "../../../src-main/protocol/appScheme";
import { ledgerContract } from "../../../src-main/shared/ledger";
import { PORTS_MESSAGE } from "../../../src-main/shared/portsMessage";
import { serve } from "../../../src-main/shared/rpc";

/** The main process of the measuring app: Qiao's own ledger, scheme and preload script, and a window for the worker. */

registerAppScheme();
app.on("window-all-closed", () => app.quit());
// Not awaited: Electron becomes ready only after this module has run.
void app.whenReady().then(start);

async function start(): Promise<void> {
  // Where Qiao itself lies: it serves its reference data and its preload script.
  const qiao = process.env["QIAO_ROOT"] ?? "";
  handleAppScheme(session.defaultSession, {
    page: path.join(app.getAppPath(), "page"),
    resources: path.join(qiao, "resources"),
  });
  const opened = await SegmentedLedger.open({
    folder: path.join(app.getPath("userData"), "notebook"),
    // Of no secret: it seals as long as any other.
    key: Buffer.alloc(32, 1),
    notebook: "00000000-0000-4000-8000-000000000000",
    now: () => Date.now(),
  });
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
  const window = new BrowserWindow({
    webPreferences: {
      preload: path.join(qiao, "out", "preload", "preload.cjs"),
      sandbox: true,
      contextIsolation: true,
      backgroundThrottling: false,
    },
  });
  await window.loadURL(pageAddress);
  const { port1, port2 } = new MessageChannelMain();
  serve(
    portWire(port1),
    ledgerContract,
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
  window.webContents.mainFrame.postMessage(PORTS_MESSAGE, null, [port2]);
}
