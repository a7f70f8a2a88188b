/** How much one record may hold. What is larger is refused when typed; what arrives larger is not read. */

/** Characters (UTF-16 units) of one text: a pasted page of 100,000 still fits. */
export const MAX_TEXT = 100_000;

/** Characters of a note. With its state it stays below CouchDB's `max_document_size` of 8,000,000 bytes. */
export const MAX_NOTE_TEXT = 500_000;

/** Items of one list or members of one set. */
export const MAX_ITEMS = 5_000;

/** Characters of all texts of one stored or received record together. */
export const MAX_RECORD_TEXT = 16_000_000;

/** Values (objects, arrays, texts, numbers) in one stored or received record. */
export const MAX_RECORD_VALUES = 500_000;

/** Depth of objects and arrays inside each other. */
export const MAX_DEPTH = 64;
