/** The name of the `Y.Text` inside a note's Yjs document; part of the stored and synced format, never to be changed. */
export const NOTE_TEXT = "markdown";
