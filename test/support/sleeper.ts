import { createInterface } from "node:readline";
import { createSyncEngine, notebookKey } from "../../src-renderer/sync/engine";
import { begunDevice } from "./notebookDevice";
import { createNodeGateway } from "./nodeGateway";
import { storedNotebook } from "./storedNotebook";
import { quickLimits } from "./syncDevice";
import { WallClock } from "./wallClock";

/**
 * A computer of the team in a process of its own, so that it can be put to sleep. Reads commands, one JSON text in a
 * line (`{"name":…}` writes a contact, `{"skip":…}` lets its clock go on), and prints its contacts and its state.
 */
export interface SleeperState {
  readonly kind: string;
  readonly waiting: number;
  readonly ids: readonly string[];
}

export async function runSleeper(address: string): Promise<void> {
  const connection = { address, database: "notebook", user: "wei", password: "pw" };
  const clock = new WallClock();
  const { notebook, table } = await begunDevice({ clock });
  const engine = createSyncEngine({
    store: notebook.syncStore,
    gateway: createNodeGateway(connection),
    clock,
    random: () => 0.05,
    limits: quickLimits,
  });
  engine.start(notebookKey(connection));
  createInterface({ input: process.stdin }).on("line", (line) => {
    const command = JSON.parse(line) as { readonly name?: string; readonly skip?: number };
    if (command.skip !== undefined) clock.skip(command.skip);
    if (command.name === undefined) return;
    const changes = [{ op: "set" as const, field: "nameLatin", value: command.name }];
    const id = `contact:${command.name}` as const;
    void notebook.edit({ kind: "create", id, type: "contact", visibility: "project", changes });
  });
  setInterval(() => {
    void storedNotebook(table).then((stored) => {
      const { kind, waiting } = engine.status();
      const ids = Object.keys(stored).filter((id) => id.startsWith("contact:"));
      console.log(JSON.stringify({ kind, waiting, ids } satisfies SleeperState));
    });
  }, 50);
}
