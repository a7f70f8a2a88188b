import type { HeldKeys } from "./heldKeys";
import type { Keyring } from "./keyring";
import type { RootKey } from "./rootKey";
import { storedSealing, unwrapBy, type Protecting } from "./sealing";

/** Opens what needs no secret; false if it does not open. */
export async function holdByItself(keys: HeldKeys, keyring: Keyring): Promise<boolean> {
  const sealing = await storedSealing(keyring.wraps, keys.options.keychain);
  const root = sealing && unwrapBy(sealing, keyring.wraps, keyring.notebook);
  if (!sealing || !root) return false;
  await hold(keys, keyring, root, sealing);
  return true;
}

/** The notebook is open from now on, by a key that `sealing` gave, with what a rotation has begun and others left over. */
export async function hold(keys: HeldKeys, keyring: Keyring, root: RootKey, sealing: Protecting): Promise<void> {
  keys.hasKeychain = await keys.options.keychain.isAvailable();
  await keys.findPlace(keyring);
  const nextRoot = keyring.rotation ? unwrapBy(sealing, keyring.rotation.wraps, keyring.notebook) : null;
  keys.progress = { done: 0, total: 0 };
  keys.become({ kind: "open", keyring, root, sealing, nextRoot });
  await keys.removeLeftovers();
  keys.options.log.info("keys open", { protection: sealing.kind });
}
