import fc from "fast-check";
import { uint8ArrayToBase64 } from "uint8array-extras";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { mergeNotes } from "../../src-renderer/domain/mergeNote";
import { equalNoteStates } from "../../src-renderer/domain/noteState";
import { NOTE_TEXT } from "../../src-renderer/domain/noteText";
import type { Note } from "../../src-renderer/domain/records/note";

/** An edit at a place given as a share of the text, so that it fits whatever the text is by then. */
interface NoteEdit {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

const prose = fc.string({ unit: fc.constantFrom("a", "b", "桥", "标", "𠮷", " ", "\n"), maxLength: 6 });
const markup = fc.constantFrom("# ", "## ", "- ", "- [ ] ", "- [x] ", "**", "\n", "[x", " ");
const edits = (insert: fc.Arbitrary<string>): fc.Arbitrary<readonly NoteEdit[]> =>
  fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), remove: fc.nat({ max: 3 }), insert }), {
    maxLength: 8,
  });

function write(start: Note | undefined, changes: readonly NoteEdit[], device: number): Note {
  const doc = new Y.Doc();
  doc.clientID = device;
  if (start !== undefined)
    Y.applyUpdate(
      doc,
      Uint8Array.from(atob(start.state), (character) => character.charCodeAt(0)),
    );
  const text = doc.getText(NOTE_TEXT);
  for (const { at, remove, insert } of changes) {
    // Whole characters, as an editor does: Yjs turns a parted surrogate pair into two replacement characters.
    const characters = Array.from(text.toJSON());
    const first = Math.floor(at * characters.length);
    const place = characters.slice(0, first).join("").length;
    text.delete(place, characters.slice(first, first + remove).join("").length);
    text.insert(place, insert);
  }
  return { markdown: text.toJSON(), state: uint8ArrayToBase64(Y.encodeStateAsUpdate(doc)) };
}

const threeDevices = (insert: fc.Arbitrary<string>): fc.Arbitrary<readonly [Note, Note, Note]> =>
  fc.tuple(edits(insert), edits(insert), edits(insert), edits(insert)).map(([shared, one, two, three]) => {
    const base = write(undefined, shared, 1);
    return [write(base, one, 2), write(base, two, 3), write(base, three, 4)];
  });

const runs = { numRuns: 500 };

describe("merging versions of a note", () => {
  it("gives the same text and bytes whichever side is one's own", () => {
    fc.assert(
      fc.property(threeDevices(fc.oneof(prose, markup)), ([a, b]) => {
        expect(mergeNotes(a, b)).toEqual(mergeNotes(b, a));
      }),
      runs,
    );
  });

  it("leads three devices to one text in whatever order they merge, markup that needs no repair", () => {
    fc.assert(
      fc.property(threeDevices(prose), ([a, b, c]) => {
        const first = mergeNotes(mergeNotes(a, b), c);
        for (const other of [mergeNotes(mergeNotes(b, c), a), mergeNotes(mergeNotes(c, a), b)]) {
          expect(other.markdown).toBe(first.markdown);
          expect(equalNoteStates(other.state, first.state)).toBe(true);
        }
      }),
      runs,
    );
  });

  it("leads three devices to one text once they have seen each other's repairs", () => {
    fc.assert(
      fc.property(threeDevices(fc.oneof(prose, markup)), ([a, b, c]) => {
        const [x, y, z] = [mergeNotes(mergeNotes(a, b), c), mergeNotes(mergeNotes(b, c), a), mergeNotes(c, a)];
        const one = mergeNotes(mergeNotes(x, y), z);
        const two = mergeNotes(z, mergeNotes(y, x));
        expect(one.markdown).toBe(two.markdown);
        expect(mergeNotes(one, two).markdown).toBe(one.markdown);
        expect(equalNoteStates(one.state, two.state)).toBe(true);
      }),
      runs,
    );
  });

  it("keeps every character that somebody inserted and nobody deleted", () => {
    const insertOnly = fc.array(
      fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), remove: fc.constant(0), insert: prose }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(insertOnly, insertOnly, insertOnly, (shared, one, two) => {
        const base = write(undefined, shared, 1);
        const merged = mergeNotes(write(base, one, 2), write(base, two, 3)).markdown;
        const typed = [...shared, ...one, ...two].map(({ insert }) => insert).join("");
        expect(Array.from(merged).sort()).toEqual(Array.from(typed).sort());
      }),
      runs,
    );
  });

  it("changes nothing when a version comes a second time", () => {
    fc.assert(
      fc.property(threeDevices(fc.oneof(prose, markup)), ([a, b]) => {
        const merged = mergeNotes(a, b);
        expect(mergeNotes(merged, merged).markdown).toBe(merged.markdown);
        expect(equalNoteStates(mergeNotes(merged, merged).state, merged.state)).toBe(true);
        const again = mergeNotes(merged, b);
        expect(equalNoteStates(mergeNotes(again, b).state, again.state)).toBe(true);
      }),
      runs,
    );
  });

  it("tells equal states from different ones", () => {
    fc.assert(
      fc.property(threeDevices(prose), ([a, b]) => {
        expect(equalNoteStates(a.state, a.state)).toBe(true);
        if (a.markdown !== b.markdown) expect(equalNoteStates(a.state, b.state)).toBe(false);
      }),
      runs,
    );
  });
});
