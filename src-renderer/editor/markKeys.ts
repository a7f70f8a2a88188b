/** The keys of the marks, also shown by the toolbar; Mod is ⌘ on a Mac and Ctrl elsewhere. */
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
  undo: "Mod-z",
  redo: "Mod-Shift-z",
} as const;
