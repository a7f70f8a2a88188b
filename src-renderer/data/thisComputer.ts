import { nextDeviceNumber } from "../domain/devices";
import { success } from "../../src-main/shared/result";
import type { Clock } from "./clock";
import type { NotebookState } from "./notebookState";
import { prepareEdit } from "./prepareEdit";
import type { Roster } from "./roster";
import type { Saved, WriteDoor } from "./writeDoor";

export interface ThisComputerParts {
  readonly door: WriteDoor;
  readonly state: NotebookState;
  readonly roster: Roster;
  readonly clock: Clock;
}

/**
 * Gives this computer its place in its author's record, by which the team's histories name it: after the notebook was
 * copied here, or where the record was made without. Once: a start that finds it there reads and writes nothing. It is
 * no step of Undo, since no person did it.
 */
export async function listThisComputer({ door, state, roster, clock }: ThisComputerParts): Promise<Saved> {
  const { identity } = state;
  if (!identity) return success(null);
  const { author, device } = identity;
  if (!isToBeListed()) return success(null);
  return door.save(async (turn) => {
    const found = await turn.load([author]);
    if (!isToBeListed()) return success(null);
    const row = roster.row(author);
    const devices = row?.type === "author" ? row.devices : [];
    const prepared = prepareEdit(
      found.get(author),
      {
        kind: "change",
        id: author,
        changes: [{ op: "putItem", field: "devices", item: { id: device, number: nextDeviceNumber(devices) } }],
      },
      { now: new Date(clock.now()).toISOString(), by: { author, device } },
      { baseOf: (id) => roster.baseOf(id), superiorOf: (id) => roster.superiorOf(id) },
    );
    if (!prepared.ok) return prepared;
    if (prepared.value === null) return success(null);
    return turn.commit([{ kind: "put", ...prepared.value.store }], found);
  });

  /** A record that is not here, that another client removed or that a newer version wrote is left as it is. */
  function isToBeListed(): boolean {
    const row = roster.row(author);
    if (row?.type !== "author" || row.bin || row.newer === true) return false;
    return !row.devices.some(({ id }) => id === device);
  }
}
