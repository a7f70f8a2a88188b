import type { HeldKeys } from "./heldKeys";
import * as change from "./keyringChanges";
import type { ComingKeys, NotebookKeys } from "./notebookKeys";
import { done, notNow, type Outcome } from "./outcome";
import { RootKey } from "./rootKey";
import { checkPassphrase } from "./secretCheck";

/** The present root key's notebook and the one that is to take over. */
export interface Rotation {
  readonly present: NotebookKeys;
  readonly next: ComingKeys;
}

/** See `KeyHolder.beginRotation`. */
export async function beginRotation(keys: HeldKeys, passphrase: string | null): Promise<Outcome> {
  const held = keys.now;
  if (held.kind !== "open") return notNow;
  const checked = await checkPassphrase(keys, held, passphrase);
  if (!checked.ok) return checked;
  if (held.nextRoot) return done;
  const nextRoot = RootKey.random();
  const keyring = change.withRotation(held.keyring, held.sealing, nextRoot, await keys.taken());
  keys.progress = { done: 0, total: 0 };
  const changed = await keys.change(held, { keyring, nextRoot });
  if (!changed.ok) nextRoot.drop();
  return changed;
}

/** See `KeyHolder.rotation`. */
export function rotationOf(keys: HeldKeys): Rotation | null {
  const held = keys.now;
  if (held.kind !== "open" || !held.nextRoot || !held.keyring.rotation || !keys.keys) return null;
  const next = keys.comingKeys(change.rotated(held.keyring, held.keyring.rotation), held.nextRoot);
  return { present: keys.keys, next };
}

/** See `KeyHolder.finishRotation`. */
export async function finishRotation(keys: HeldKeys): Promise<Outcome> {
  const held = keys.now;
  if (held.kind !== "open" || !held.nextRoot || !held.keyring.rotation) return notNow;
  const keyring = change.rotated(held.keyring, held.keyring.rotation);
  return keys.change(held, { keyring, root: held.nextRoot, nextRoot: null });
}

/** See `KeyHolder.abandonRotation`. */
export async function abandonRotation(keys: HeldKeys): Promise<Outcome> {
  const held = keys.now;
  if (held.kind !== "open" || !held.keyring.rotation) return notNow;
  const changed = await keys.change(held, { keyring: change.withoutRotation(held.keyring), nextRoot: null });
  if (changed.ok) await keys.removeLeftovers();
  return changed;
}
