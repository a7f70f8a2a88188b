import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { base64Of } from "../../../src-renderer/domain/base64";
import { noteTextAt, noteVersionsOf, type NoteStep } from "../../../src-renderer/domain/noteVersions";
import { NOTE_TEXT } from "../../../src-renderer/domain/noteText";

/** A note as computers write it. */
class Writing {
  readonly steps: NoteStep[] = [];
  private now = Date.parse("2026-11-22T01:00:00.000Z");
  private readonly doc = new Y.Doc();
  private apart = false;

  wait(minutes: number): this {
    this.now += minutes * 60_000;
    return this;
  }

  type(text: string, by = "anna"): this {
    const before = Y.encodeStateVector(this.doc);
    const held = this.doc.getText(NOTE_TEXT);
    held.insert(held.length, text);
    return this.add(Y.encodeStateAsUpdate(this.doc, before), by);
  }

  erase(from: number, length: number): this {
    const before = Y.encodeStateVector(this.doc);
    this.doc.getText(NOTE_TEXT).delete(from, length);
    return this.add(Y.encodeStateAsUpdate(this.doc, before), "anna");
  }

  /** An earlier text is given back. */
  restore(from: number, length: number): this {
    this.apart = true;
    this.erase(from, length);
    this.apart = false;
    return this;
  }

  /** The whole note comes from somewhere, with more at its end. */
  whole(text: string, origin: "kept" | "taken" | "merged", by = "ben"): this {
    const held = this.doc.getText(NOTE_TEXT);
    held.insert(held.length, text);
    const { at, stamp, key } = this.who(by);
    const state = base64Of(Y.encodeStateAsUpdate(this.doc));
    this.steps.push({ kind: "whole", key, origin, state, at, by: stamp, arrivedAt: this.now });
    return this;
  }

  get kinds(): readonly string[] {
    return noteVersionsOf(this.steps).map(({ kind, change }) =>
      change ? `${kind} +${String(change.added)} -${String(change.removed)} ${change.excerpt}` : kind,
    );
  }

  private add(update: Uint8Array, by: string): this {
    const { at, stamp, key } = this.who(by);
    this.steps.push({ kind: "typed", key, update, at, by: stamp, apart: this.apart });
    return this;
  }

  private who(by: string) {
    const stamp = { author: `author:${by}`, device: `laptop-${by}` } as const;
    return { at: new Date(this.now).toISOString(), stamp, key: `n${String(this.steps.length)}` };
  }
}

describe("the versions of a note", () => {
  it("are one for what is typed without a rest of five minutes", () => {
    const writing = new Writing().type("推荐性").wait(1).type("标准").wait(4.9).type(" is").wait(5).type(" GB/T.");
    expect(writing.kinds).toEqual(["written +8 -0 推荐性标准 is", "written +6 -0 GB/T."]);
  });

  it("are at most half an hour of typing long", () => {
    const writing = new Writing();
    for (let minute = 0; minute < 60; minute += 1) writing.type("x").wait(1);
    expect(writing.kinds).toHaveLength(2);
  });

  it("keep what was typed right before an earlier text was restored, and what is typed right after", () => {
    const writing = new Writing().type("kept").wait(10).type(" rash").wait(1).restore(4, 5).wait(1).type(" calm");
    const texts = noteVersionsOf(writing.steps).map(({ key }) => noteTextAt(writing.steps, key));
    expect(texts).toEqual(["kept", "kept rash", "kept", "kept calm"]);
  });

  it("are apart for another person or computer", () => {
    expect(new Writing().type("a").type("b", "ben").type("c").kinds).toHaveLength(3);
  });

  it("have the text as it was, which what came later does not change", () => {
    const writing = new Writing().type("first draft").wait(10).erase(0, 6).wait(10).type(" of the minutes");
    const texts = noteVersionsOf(writing.steps).map(({ key }) => noteTextAt(writing.steps, key));
    expect(texts).toEqual(["first draft", "draft", "draft of the minutes"]);
    expect(writing.kinds[1]).toBe("written +0 -6 first");
  });

  it("are also what came from another computer as a whole, unless it says the same", () => {
    const writing = new Writing().type("ours").whole(" theirs", "merged").wait(10).whole("", "taken");
    expect(writing.wait(10).type("!").kinds).toEqual(["written +4 -0 ours", "merged +7 -0 theirs", "written +1 -0 !"]);
  });

  it("have no text while what they build on is not kept, and have one again from the snapshot on", () => {
    const writing = new Writing().type("long ago").wait(10).type(" and more").wait(10).whole(" then", "kept");
    const steps = writing.wait(10).type(" now").steps.slice(1);
    expect(noteVersionsOf(steps).map(({ kind, change }) => [kind, change !== null])).toEqual([
      ["written", false],
      ["start", false],
      ["written", true],
    ]);
    expect(noteTextAt(steps, "n1")).toBeNull();
    expect(noteTextAt(steps, "n3")).toBe("long ago and more then now");
  });
});
