import * as Y from "yjs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { NoteSession } from "../../../src-renderer/editor/noteSession";
import { flushOpenNotes, holdNote } from "../../../src-renderer/editor/openNotes";
import { NoteModel, MEETING, type FakePage } from "./noteModel";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function openOn(page: FakePage): Promise<NoteSession> {
  const session = new NoteSession(page.notebook, MEETING);
  await session.opened;
  return session;
}

/** Lets promises run without letting time pass. */
async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}

describe("A note session", () => {
  it("shows the stored text, and is saved before anything is typed", async () => {
    const model = new NoteModel();
    model.change((text) => {
      text.insert(0, "Agenda\n");
    });
    const session = await openOn(model.page());
    expect(session.text.toJSON()).toBe("Agenda\n");
    expect(session.saveState).toEqual({ kind: "saved" });
  });

  it("sends a keystroke at once and says saved only after the ledger's answer", async () => {
    const model = new NoteModel();
    const page = model.page();
    const session = await openOn(page);
    page.isSlow = true;
    session.text.insert(0, "a");
    expect(page.requests.filter((name) => name === "updateNote")).toHaveLength(1);
    expect(session.saveState.kind).toBe("saving");
    await settle();
    expect(session.saveState.kind).toBe("saving");
    page.answerAll();
    await settle();
    expect(session.saveState.kind).toBe("saved");
    expect(model.text).toBe("a");
  });

  it("merges what piled up while one was under way, in order", async () => {
    const model = new NoteModel();
    const page = model.page();
    const session = await openOn(page);
    page.isSlow = true;
    for (const letter of ["会", "议", "记", "录"]) session.text.insert(session.text.length, letter);
    page.answerAll();
    await settle();
    page.answerAll();
    await settle();
    expect(page.updates).toHaveLength(2);
    expect(model.text).toBe("会议记录");
    expect(session.saveState.kind).toBe("saved");
  });

  it("keeps what the ledger refuses, says why, and tries again after growing pauses", async () => {
    const model = new NoteModel();
    const page = model.page();
    const session = await openOn(page);
    page.trouble = { kind: "disk-full" };
    session.text.insert(0, "one ");
    await settle();
    expect(session.saveState).toEqual({ kind: "not-saved", failure: { kind: "disk-full" } });
    session.text.insert(4, "two");
    expect(session.saveState.kind).toBe("not-saved");
    await vi.advanceTimersByTimeAsync(60_000);
    const attempts = page.requests.filter((name) => name === "updateNote").length;
    expect(attempts).toBeGreaterThan(4);
    expect(attempts).toBeLessThan(12);
    page.trouble = null;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(session.saveState).toEqual({ kind: "saved" });
    expect(model.text).toBe("one two");
  });

  it("tries again at once when the trouble is over", async () => {
    const model = new NoteModel();
    const page = model.page();
    const session = await openOn(page);
    page.trouble = { kind: "disk-full" };
    session.text.insert(0, "kept");
    await vi.advanceTimersByTimeAsync(20_000);
    page.trouble = null;
    page.emit("trouble", { failure: { kind: "disk-full" } });
    await settle();
    expect(session.saveState.kind).toBe("not-saved");
    page.emit("trouble", { failure: null });
    await settle();
    expect(session.saveState.kind).toBe("saved");
    expect(model.text).toBe("kept");
  });

  it("keeps the text when the connection is lost", async () => {
    const model = new NoteModel();
    const page = model.page();
    const session = await openOn(page);
    page.isLost = true;
    session.text.insert(0, "x");
    await settle();
    expect(session.saveState).toEqual({
      kind: "not-saved",
      failure: { kind: "store-failed", detail: "connection closed" },
    });
    page.isLost = false;
    await vi.advanceTimersByTimeAsync(500);
    expect(model.text).toBe("x");
  });

  it("opens later when the notebook does not answer at first", async () => {
    const model = new NoteModel();
    model.change((text) => {
      text.insert(0, "there");
    });
    const page = model.page();
    page.isLost = true;
    const session = new NoteSession(page.notebook, MEETING);
    await settle();
    expect(session.isOpen).toBe(false);
    expect(session.saveState.kind).toBe("not-saved");
    page.isLost = false;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(session.isOpen).toBe(true);
    expect(session.saveState.kind).toBe("saved");
    expect(session.text.toJSON()).toBe("there");
  });

  it("applies a change that came while the note was being opened", async () => {
    const model = new NoteModel();
    const page = model.page();
    page.isSlow = true;
    const session = new NoteSession(page.notebook, MEETING);
    await settle();
    const other = new Y.Doc();
    other.getText("markdown").insert(0, "early");
    page.emit("noteChanged", { about: MEETING, update: Y.encodeStateAsUpdate(other) });
    page.emit("noteChanged", { about: "meeting:2", update: new Uint8Array([9, 9, 9]) });
    page.answerAll();
    await session.opened;
    expect(session.text.toJSON()).toBe("early");
  });

  it("never sends back what came from elsewhere", async () => {
    const model = new NoteModel();
    const page = model.page();
    const session = await openOn(page);
    model.change((text) => {
      text.insert(0, "theirs");
    });
    await settle();
    expect(session.text.toJSON()).toBe("theirs");
    expect(page.requests).not.toContain("updateNote");
  });
});

describe("While an input method is composing", () => {
  it("nothing comes in and no raw letters go out; afterwards both flow", async () => {
    const model = new NoteModel();
    const page = model.page();
    const session = await openOn(page);
    session.compositionStarted();
    session.text.insert(0, "n");
    session.text.insert(1, "i");
    model.change((text) => {
      text.insert(0, "A: ");
    });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(session.text.toJSON()).toBe("ni");
    expect(page.updates).toHaveLength(0);
    expect(session.saveState.kind).toBe("saving");
    session.text.delete(0, 2);
    session.text.insert(0, "你");
    session.compositionEnded();
    await settle();
    expect(page.updates).toHaveLength(1);
    expect(["A: 你", "你A: "]).toContain(session.text.toJSON());
    expect(model.text).toBe(session.text.toJSON());
    expect(session.saveState.kind).toBe("saved");
  });

  it("what was typed before it still goes out", async () => {
    const model = new NoteModel();
    const page = model.page();
    const session = await openOn(page);
    page.trouble = { kind: "disk-full" };
    session.text.insert(0, "before ");
    await settle();
    session.compositionStarted();
    session.text.insert(7, "ni");
    page.trouble = null;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(model.text).toBe("before ");
    expect(session.saveState.kind).toBe("saving");
    session.compositionEnded();
    await settle();
    expect(model.text).toBe("before ni");
  });

  it("closing the window sends even the raw letters", async () => {
    const model = new NoteModel();
    const session = await openOn(model.page());
    session.compositionStarted();
    session.text.insert(0, "ni");
    await session.flush();
    expect(model.text).toBe("ni");
  });
});

describe("A flush", () => {
  it("waits until the last increment is on disk", async () => {
    const model = new NoteModel();
    const page = model.page();
    const session = await openOn(page);
    page.isSlow = true;
    session.text.insert(0, "a");
    session.text.insert(1, "b");
    let isOver = false;
    void session.flush().then(() => (isOver = true));
    page.answerAll();
    await settle();
    expect(isOver).toBe(false);
    page.answerAll();
    await settle();
    expect(isOver).toBe(true);
    expect(model.text).toBe("ab");
  });

  it("ends after an attempt of its own has failed, and the text is kept", async () => {
    const model = new NoteModel();
    const page = model.page();
    const session = await openOn(page);
    page.trouble = { kind: "disk-full" };
    session.text.insert(0, "a");
    await settle();
    const before = page.requests.length;
    await session.flush();
    expect(page.requests.length).toBe(before + 1);
    expect(session.saveState.kind).toBe("not-saved");
    page.trouble = null;
    await session.flush();
    expect(model.text).toBe("a");
  });
});

describe("Open notes", () => {
  it("unmounting loses nothing: the last increment is sent, then the note is closed", async () => {
    const model = new NoteModel();
    const page = model.page();
    const held = holdNote(page.notebook, MEETING);
    await held.session.opened;
    page.isSlow = true;
    held.session.text.insert(0, "first");
    held.session.text.insert(5, " last");
    held.release();
    held.release();
    for (let step = 0; step < 5; step += 1) {
      page.answerAll();
      await settle();
    }
    expect(page.requests).toEqual(["openNote", "updateNote", "updateNote", "closeNote"]);
    expect(model.text).toBe("first last");
  });

  it("an editor that comes back finds the text that could not be saved", async () => {
    const model = new NoteModel();
    const page = model.page();
    const held = holdNote(page.notebook, MEETING);
    await held.session.opened;
    page.trouble = { kind: "read-only" };
    held.session.text.insert(0, "unsaved");
    held.release();
    await vi.advanceTimersByTimeAsync(5_000);
    const again = holdNote(page.notebook, MEETING);
    expect(again.session.text.toJSON()).toBe("unsaved");
    expect(again.session.saveState.kind).toBe("not-saved");
    page.trouble = null;
    await flushOpenNotes();
    expect(model.text).toBe("unsaved");
    expect(page.requests).not.toContain("closeNote");
    again.release();
    await settle();
    expect(page.requests.filter((name) => name === "closeNote")).toHaveLength(1);
  });

  it("a note is opened again only after its closing was answered", async () => {
    const model = new NoteModel();
    const page = model.page();
    const first = holdNote(page.notebook, MEETING);
    await first.session.opened;
    page.isSlow = true;
    first.release();
    await settle();
    const second = holdNote(page.notebook, MEETING);
    await settle();
    expect(page.requests).toEqual(["openNote", "closeNote"]);
    page.answerAll();
    await settle();
    expect(page.requests).toEqual(["openNote", "closeNote", "openNote"]);
    page.answerAll();
    await second.session.opened;
    model.change((text) => {
      text.insert(0, "heard");
    });
    expect(second.session.text.toJSON()).toBe("heard");
    second.release();
    await settle();
    page.answerAll();
    await settle();
  });

  it("mounting twice in a row, as React's strict mode does, opens once", async () => {
    const page = new NoteModel().page();
    const first = holdNote(page.notebook, MEETING);
    first.release();
    const second = holdNote(page.notebook, MEETING);
    await second.session.opened;
    await settle();
    expect(page.requests).toEqual(["openNote"]);
    second.release();
    await settle();
    expect(page.requests).toEqual(["openNote", "closeNote"]);
  });

  it("closing the window sends what each open note still holds", async () => {
    const model = new NoteModel();
    const page = model.page();
    const held = holdNote(page.notebook, MEETING);
    await held.session.opened;
    held.session.compositionStarted();
    held.session.text.insert(0, "zhong");
    await flushOpenNotes();
    expect(model.text).toBe("zhong");
    held.release();
    await settle();
  });
});

describe("Two windows on one note", () => {
  const seed = Math.floor(Math.random() * 1e9);
  it(`converge through random typing, composing and refusals (seed ${String(seed)})`, async () => {
    let state = seed;
    const random = (below: number): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    const model = new NoteModel();
    const pages = [model.page(), model.page()] as const;
    const sessions = [await openOn(pages[0]), await openOn(pages[1])] as const;
    const typed: string[] = [];
    for (let step = 0; step < 400; step += 1) {
      const who = random(2) as 0 | 1;
      const { text } = sessions[who];
      const action = random(10);
      if (action < 6) {
        const word = `<${String(step)}𠮷>`;
        typed.push(word);
        // Only between words, so that every word can be looked for whole.
        const places = [0, ...[...text.toJSON().matchAll(/>/g)].map((match) => match.index + 1)];
        text.insert(places[random(places.length)] ?? 0, word);
      } else if (action === 6) sessions[who].compositionStarted();
      else if (action === 7) sessions[who].compositionEnded();
      else if (action === 8) pages[who].trouble = random(2) === 0 ? null : { kind: "disk-full" };
      else await vi.advanceTimersByTimeAsync(random(2_000));
    }
    for (const who of [0, 1] as const) {
      pages[who].trouble = null;
      sessions[who].compositionEnded();
      await sessions[who].flush();
    }
    await settle();
    expect(sessions[0].text.toJSON()).toBe(model.text);
    expect(sessions[1].text.toJSON()).toBe(model.text);
    for (const word of typed) expect(model.text.split(word)).toHaveLength(2);
  });
});
