import { failure, success, type Result } from "../shared/result";
import type { KeysFailure } from "../shared/keys";
import type { HeldKeys, Open } from "./heldKeys";
import type { Keyring } from "./keyring";
import type { PortableWrap } from "./notebookKeys";
import { done, notNow, type Outcome } from "./outcome";
import { passphraseBytes } from "./passphraseHash";
import { dropOpened, openBySecret, type OpenedPortable } from "./portableWrap";

/** Tries a secret, unless it is too soon after wrong ones. Right or wrong, its bytes are wiped. */
export async function trySecret(
  keys: HeldKeys,
  keyring: Keyring,
  wrap: PortableWrap,
  secret: Buffer,
): Promise<Result<OpenedPortable, KeysFailure>> {
  const { attempts, options } = keys;
  const { waitMs } = attempts;
  if (waitMs > 0) {
    secret.fill(0);
    return failure({ kind: "too-soon", waitMs });
  }
  const opened = await openBySecret(options.hash, keyring.notebook, wrap, secret);
  const before = attempts.kept;
  if (opened) attempts.right();
  else attempts.wrong(options.now());
  // A disk that refuses it only forgets the pause at the next start.
  if (attempts.kept !== before) await keys.write(keyring);
  if (opened) return success(opened);
  const kind = wrap.kind === "passphrase" ? "wrong-passphrase" : "wrong-words";
  return failure({ kind, waitMs: attempts.waitMs });
}

/** Whether this is the passphrase of the open notebook, or null where there is none. */
export async function checkPassphrase(keys: HeldKeys, held: Open, passphrase: string | null): Promise<Outcome> {
  const wrap = held.keyring.wraps.passphrase;
  if (!wrap || passphrase === null) return wrap || passphrase !== null ? notNow : done;
  const opened = await trySecret(keys, held.keyring, wrap, passphraseBytes(passphrase));
  if (!opened.ok) return opened;
  dropOpened(opened.value);
  return done;
}
