const allowed = new Set(["http:", "https:", "mailto:"]);

/** Whether an address may be handed to the system: nothing that starts a program or reads a file. */
export function isOpenable(address: string): boolean {
  return URL.canParse(address) && allowed.has(new URL(address).protocol);
}
