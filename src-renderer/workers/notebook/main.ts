import { z } from "zod";
import { version } from "../../../package.json";
import { gatewayContract } from "../../../src-main/shared/gateway";
import { PORTS_MESSAGE } from "../../../src-main/shared/portsMessage";
import { ledgerContract } from "../../../src-main/shared/ledger";
import { connect, type Wire } from "../../../src-main/shared/rpc";
import { aesSealer, importStoreKey } from "../../data/aesSealer";
import { systemClock } from "../../data/clock";
import { createDexieStorage, removeDexieDatabases, rowsByKey } from "../../data/dexieStorage";
import { openRecordsCollection } from "../../data/recordsCollection";
import type { ShippedFile } from "../../data/shipped";
import { wireOf, wireOfPort } from "../../ports/wires";
import { createSyncEngine } from "../../sync/engine";
import { serveNotebook } from "./serveNotebook";

/** Composition of the notebook worker: the page's port is served at once, main's two ports come in its first message. */

// Without this zod tries `new Function`, which the content security policy refuses and reports.
z.config({ jitless: true });

const DATABASE = "qiao-notebook";

const page = wireOf(self);

serveNotebook(page, async () => {
  const [ledgerWire, gateway] = await mainPorts();
  const ledger = connect(ledgerWire, ledgerContract);
  const key = await importStoreKey(await ledger.request("storeKey", {}));
  return {
    openTable: () => openRecordsCollection(createDexieStorage(), DATABASE, rowsByKey),
    removeTable: () => removeDexieDatabases(DATABASE),
    ledger,
    gateway: connect(gateway, gatewayContract),
    sealer: aesSealer(key),
    clock: systemClock,
    readShipped: readShippedFile,
    createEngine: createSyncEngine,
    version,
    log: (event, detail) => {
      console.warn("notebook", event, detail ?? "");
    },
  };
});

function mainPorts(): Promise<readonly [ledger: Wire, gateway: Wire]> {
  return new Promise((resolve) => {
    self.addEventListener("message", function receive(event: MessageEvent<unknown>) {
      const [ledger, gateway] = event.ports;
      if (event.data !== PORTS_MESSAGE || !ledger || !gateway) return;
      self.removeEventListener("message", receive);
      resolve([wireOfPort(ledger), wireOfPort(gateway)]);
    });
  });
}

async function readShippedFile(file: ShippedFile): Promise<string> {
  const answer = await fetch(new URL(`/resources/${file}`, self.location.origin), { cache: "no-store" });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return answer.text();
}
