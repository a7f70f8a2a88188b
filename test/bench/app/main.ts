import path from "node:path";
import { app, BrowserWindow, MessageChannelMain } from "electron";
import { ledgerHandlers } from "../../../src-main/ledger/ledger";
import { FileLedger } from "../../../src-main/ledger/fileLedger";
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
  handleAppScheme({ page: path.join(app.getAppPath(), "page"), resources: path.join(qiao, "resources") });
  const ledger = new FileLedger(path.join(app.getPath("userData"), "notebook"));
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
  serve(portWire(port1), ledgerContract, ledgerHandlers(ledger));
  window.webContents.mainFrame.postMessage(PORTS_MESSAGE, null, [port2]);
}
