import { shell } from "electron";

const allowed = new Set(["http:", "https:", "mailto:"]);

/** Whether an address may be handed to the system: nothing that starts a program or reads a file. */
export function isOpenable(address: string): boolean {
  return URL.canParse(address) && allowed.has(new URL(address).protocol);
}

/** Opens a web page or a new mail in the system's own program; anything else is refused. */
export async function openLink(address: string): Promise<void> {
  if (!isOpenable(address)) throw new Error("only http, https and mailto can be opened");
  await shell.openExternal(address);
}
