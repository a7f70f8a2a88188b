/** The keys of the note, also shown by the toolbar and the shortcut sheet; Mod is ⌘ on a Mac and Ctrl elsewhere. */
export const markKeys = {
  heading1: "Mod-Alt-1",
  heading2: "Mod-Alt-2",
  heading3: "Mod-Alt-3",
  bold: "Mod-b",
  italic: "Mod-i",
  number: "Mod-Shift-7",
  bullet: "Mod-Shift-8",
  check: "Mod-Shift-9",
  // Mod-k belongs to the command palette.
  link: "Mod-Shift-k",
  /** Ticks or unticks the check box of the line. */
  tick: "Mod-Enter",
  openLink: "Alt-Enter",
  lineUp: "Alt-ArrowUp",
  lineDown: "Alt-ArrowDown",
} as const;
