import type { KeysFailure } from "../shared/keys";
import { success, type Result } from "../shared/result";
import { wipe, type HeldKeys, type Open } from "./heldKeys";
import * as change from "./keyringChanges";
import type { ComingKeys, PortableWrap } from "./notebookKeys";
import { notNow, type Outcome } from "./outcome";
import type { OpenedPortable } from "./portableWrap";
import { isProtecting, type Protecting } from "./sealing";

/** The notebook of a backup, opened by the given secret of it, or (null) by the present root key. */
export interface ToAdopt {
  readonly notebook: string;
  readonly portable: readonly PortableWrap[];
  readonly opened: OpenedPortable | null;
}

/** A backup's notebook that is to take the place of an empty one. */
export interface Adoption {
  /** Of the notebook to come; nothing lies in its `ledgerFolder` yet. */
  readonly keys: ComingKeys;
  /** Switches to it, at once or not at all: the former root key is wiped, the former ledger can be removed. */
  finish(): Promise<Outcome>;
  /** Gives it up, and removes what was written. */
  abandon(): Promise<void>;
}

/** See `KeyHolder.adopt`. */
export async function adopt(keys: HeldKeys, backup: ToAdopt): Promise<Result<Adoption, KeysFailure>> {
  const held = keys.now;
  if (held.kind !== "open") return notNow;
  const { opened, notebook, portable } = backup;
  const root = (opened?.root ?? held.root).copy();
  const sealing = copyOf(sealingFor(held, opened));
  const recovery = portable.find(({ kind }) => kind === "recovery");
  const now = keys.options.now().toISOString();
  const rehearsedAt = opened?.sealing.kind === "recovery" ? now : null;
  const kit = recovery && { madeAt: recovery.madeAt ?? now, rehearsedAt };
  const coming = change.adopting(held.keyring, { notebook, root, sealing, recovery, kit }, await keys.taken());
  keys.comingLedger = coming.ledger;
  const noted = await keys.change(held, { keyring: change.withLeftover(held.keyring, coming.ledger) });
  if (!noted.ok) {
    wipe(root, sealing);
    return noted;
  }
  /** Where the sealing changed meanwhile, the coming notebook would be opened by the former one: it is not taken. */
  const finish = async (): Promise<Outcome> => {
    const present = keys.now;
    if (present.kind !== "open" || present.sealing !== held.sealing || present.nextRoot) return notNow;
    return keys.change(present, { keyring: coming, root, sealing });
  };
  const abandon = async (): Promise<void> => {
    wipe(root, sealing);
    keys.comingLedger = null;
    await keys.removeLeftovers();
  };
  return success({
    keys: keys.comingKeys(coming, root),
    finish: () => keys.alone(finish),
    abandon: () => keys.alone(abandon),
  });
}

/** What protects this computer goes on doing so, unless that is less than the passphrase that was typed. */
function sealingFor(held: Open, opened: OpenedPortable | null): Protecting {
  const brought = opened && isProtecting(opened.sealing) ? opened.sealing : null;
  return brought && held.sealing.kind !== "passphrase" ? brought : held.sealing;
}

function copyOf(sealing: Protecting): Protecting {
  return { ...sealing, key: Buffer.from(sealing.key) };
}
