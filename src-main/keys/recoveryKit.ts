import type { KeysFailure, KitMade } from "../shared/keys";
import { success, type Result } from "../shared/result";
import { wipe, type HeldKeys } from "./heldKeys";
import { hold } from "./holding";
import * as change from "./keyringChanges";
import { noKeychain, notNow, tooShort, type Outcome } from "./outcome";
import { isTooShort } from "./passphraseHash";
import { dropOpened } from "./portableWrap";
import { newRecoveryKey, recoveryKeyOf, wordsOf } from "./recoveryWords";
import { sealingByKeychain, sealingByKit, sealingByPassphrase } from "./sealing";
import { trySecret } from "./secretCheck";

/** See `KeyHolder.makeKit`. */
export async function makeKit(keys: HeldKeys): Promise<Result<KitMade, KeysFailure>> {
  const held = keys.now;
  if (held.kind !== "open" || held.nextRoot) return notNow;
  const recoveryKey = newRecoveryKey();
  const words = wordsOf(recoveryKey);
  const sealing = await sealingByKit(keys.options.hash, recoveryKey).finally(() => recoveryKey.fill(0));
  const kit = { madeAt: keys.options.now().toISOString(), rehearsedAt: null };
  const keyring = change.withKit(held.keyring, sealing, held.root, kit);
  sealing.key.fill(0);
  const changed = await keys.change(held, { keyring });
  return changed.ok ? success({ words, notebook: keyring.notebook }) : changed;
}

/** See `KeyHolder.rehearse`. */
export async function rehearse(keys: HeldKeys, words: string): Promise<Outcome> {
  const held = keys.now;
  if (held.kind !== "open" || !held.keyring.kit || !held.keyring.wraps.recovery) return notNow;
  const key = recoveryKeyOf(words);
  if (!key.ok) return key;
  const opened = await trySecret(keys, held.keyring, held.keyring.wraps.recovery, key.value);
  if (!opened.ok) return opened;
  dropOpened(opened.value);
  const kit = { ...held.keyring.kit, rehearsedAt: keys.options.now().toISOString() };
  return keys.change(held, { keyring: { ...held.keyring, kit } });
}

/** See `KeyHolder.recover`. */
export async function recover(keys: HeldKeys, words: string, passphrase: string | null): Promise<Outcome> {
  const held = keys.now;
  if (held.kind !== "locked" && held.kind !== "sealed") return notNow;
  const { hash, keychain, now } = keys.options;
  const { wraps, kit } = held.keyring;
  if (!wraps.recovery) return notNow;
  if (passphrase !== null && isTooShort(passphrase)) return tooShort;
  if (passphrase === null && !(await keychain.isAvailable())) return noKeychain;
  const key = recoveryKeyOf(words);
  if (!key.ok) return key;
  const opened = await trySecret(keys, held.keyring, wraps.recovery, key.value);
  if (!opened.ok) return opened;
  opened.value.sealing.key.fill(0);
  const { root } = opened.value;
  const sealing = passphrase === null ? await sealingByKeychain(keychain) : await sealingByPassphrase(hash, passphrase);
  if (!sealing) {
    root.drop();
    return noKeychain;
  }
  const rehearsed = kit && { kit: { ...kit, rehearsedAt: now().toISOString() } };
  const next = { ...change.resealed(held.keyring, sealing, root, null), ...rehearsed };
  const written = await keys.write(next);
  if (written.ok) await hold(keys, next, root, sealing);
  else wipe(root, sealing);
  return written;
}
