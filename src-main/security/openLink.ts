import { shell } from "electron";
import { isOpenable } from "./openableAddress";

/** Opens a web page or a new mail in the system's own program; anything else is refused. */
export async function openLink(address: string): Promise<void> {
  if (!isOpenable(address)) throw new Error("only http, https and mailto can be opened");
  await shell.openExternal(address);
}
