import type { RequestHandlers } from "../ipc/handle";
import type { KeyHolder } from "./keyHolder";

type KeysRequest = Extract<keyof RequestHandlers, `keys:${string}`>;

/**
 * Answers to `keys:*` that are the holder's alone. Not among them: `keys:lock`, before which the window must flush, and
 * `keys:rotate`, behind which everything is sealed anew.
 */
export function keysHandlers(
  holder: KeyHolder,
): Pick<RequestHandlers, Exclude<KeysRequest, "keys:lock" | "keys:rotate">> {
  return {
    "keys:state": () => holder.state(),
    "keys:begin": ({ passphrase }) => holder.begin(passphrase),
    "keys:unlock": ({ passphrase }) => holder.unlock(passphrase),
    "keys:try-keychain": () => holder.tryKeychain(),
    "keys:recover": ({ words, passphrase }) => holder.recover(words, passphrase),
    "keys:set-passphrase": (wanted) => holder.setPassphrase(wanted),
    "keys:make-kit": () => holder.makeKit(),
    "keys:rehearse": ({ words }) => holder.rehearse(words),
  };
}
