/** Keys are written as CodeMirror does: `Mod-Shift-8`, where Mod is ⌘ on a Mac and Ctrl elsewhere. */

const macSymbols: Readonly<Record<string, string>> = {
  Mod: "⌘",
  Shift: "⇧",
  Alt: "⌥",
  Enter: "↩",
  Escape: "esc",
  Backspace: "⌫",
  PageUp: "⇞",
  PageDown: "⇟",
  Home: "↖",
  End: "↘",
  Tab: "⇥",
};
const otherNames: Readonly<Record<string, string>> = { Mod: "Ctrl", Escape: "Esc" };
const symbols: Readonly<Record<string, string>> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  "-": "−",
};

/** The parts of a key in the order written; the last one may itself be a hyphen. */
export function keyParts(key: string): readonly string[] {
  const last = key.endsWith("-") ? "-" : (key.split("-").at(-1) ?? "");
  const before = key.slice(0, key.length - last.length).split("-");
  return [...before.filter((part) => part !== ""), last];
}

/** A key as people of that system read it: `Ctrl+Shift+8`, `⇧⌘8`. */
export function keyLabel(key: string, isMac: boolean): string {
  const parts = keyParts(key).map((part) => symbols[part] ?? (part.length === 1 ? part.toUpperCase() : part));
  if (!isMac) return parts.map((part) => otherNames[part] ?? part).join("+");
  const last = parts.at(-1) ?? "";
  const order = ["Alt", "Shift", "Mod"].filter((modifier) => parts.slice(0, -1).includes(modifier));
  return [...order, last].map((part) => macSymbols[part] ?? part).join("");
}

/** The same key as ARIA's `aria-keyshortcuts` writes it: `Control+Shift+8`, `Meta+Shift+8`. */
export function ariaKey(key: string, isMac: boolean): string {
  const parts = keyParts(key).map((part) => (part.length === 1 ? part.toUpperCase() : part));
  return parts.map((part) => (part === "Mod" ? (isMac ? "Meta" : "Control") : part)).join("+");
}

export function isMac(): boolean {
  return navigator.platform.startsWith("Mac");
}
