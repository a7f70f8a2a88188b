import { sections, type Section } from "../platform/navigation";
import { keyParts } from "../ui/keyLabel";

/** What the window itself does on a key; `go` shows a section. */
export type WindowCommand =
  | "undo"
  | "redo"
  | "create"
  | "find"
  | "settings"
  | "review"
  | "lock"
  | "zoomIn"
  | "zoomOut"
  | "zoomReset"
  | "shortcuts"
  | { readonly go: Section };

export interface Shortcut {
  readonly command: WindowCommand;
  /** As `ui/keyLabel` writes them; any of them will do. */
  readonly keys: readonly string[];
  /** A character by itself: while text is being entered it is only that character. */
  readonly isTyped?: true;
}

/**
 * The window's keys: what the key handler obeys and the shortcut sheet shows. None is a key of the usual Chinese input
 * methods (Ctrl+Space, Ctrl+full stop, Shift alone), and none is a plain letter.
 */
export const shortcuts: readonly Shortcut[] = [
  { command: "undo", keys: ["Mod-z"] },
  { command: "redo", keys: ["Mod-y", "Mod-Shift-z"] },
  { command: "create", keys: ["Mod-n"] },
  { command: "find", keys: ["Mod-f"] },
  { command: "settings", keys: ["Mod-,"] },
  { command: "review", keys: ["Mod-Shift-d"] },
  { command: "lock", keys: ["Mod-Shift-l"] },
  { command: "zoomIn", keys: ["Mod-+"] },
  { command: "zoomOut", keys: ["Mod--"] },
  { command: "zoomReset", keys: ["Mod-0"] },
  { command: "shortcuts", keys: ["?"], isTyped: true },
  ...sections.map((section, index) => ({ command: { go: section }, keys: [`Mod-${String(index + 1)}`] })),
];

export type Pressed = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/**
 * The shortcut that a key press is. The character counts first; where the layout puts another one on the key (digits on a
 * Belgian or French keyboard, letters on a Greek or Bulgarian one), the place of the key does.
 */
export function shortcutOf(event: Pressed, isMac: boolean): Shortcut | undefined {
  const find = (isLast: (last: string, event: Pressed) => boolean): Shortcut | undefined =>
    shortcuts.find(({ keys }) => keys.some((key) => hasModifiers(key, event, isMac) && isLast(lastOf(key), event)));
  return find(isCharacter) ?? find(isPlace);
}

function lastOf(key: string): string {
  return keyParts(key).at(-1) ?? "";
}

function hasModifiers(key: string, event: Pressed, isMac: boolean): boolean {
  const parts = keyParts(key);
  const [mod, other] = isMac ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
  if (other || mod !== parts.includes("Mod") || event.altKey !== parts.includes("Alt")) return false;
  // Which characters need Shift is the matter of the layout.
  return !/^[a-z0-9]$/.test(lastOf(key)) || event.shiftKey === parts.includes("Shift");
}

/** The full-width mark is what a Chinese input method makes of the key; `=` is `+` without Shift on many layouts. */
const alike: Readonly<Record<string, readonly string[]>> = { "?": ["？"], "+": ["="] };

function isCharacter(last: string, { key }: Pressed): boolean {
  return key.toLowerCase() === last || (alike[last]?.includes(key) ?? false);
}

function isPlace(last: string, { key, code }: Pressed): boolean {
  if (/^[0-9]$/.test(last)) return code === `Digit${last}` || code === `Numpad${last}`;
  // Only where the key is no Latin letter: otherwise a French Ctrl+W would be Ctrl+Z.
  return /^[a-z]$/.test(last) && /[^\p{ASCII}]/u.test(key) && code === `Key${last.toUpperCase()}`;
}
