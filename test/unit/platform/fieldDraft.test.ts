import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { failure, success, type Result } from "../../../src-main/shared/result";
import type { SaveFailure } from "../../../src-renderer/domain/saveFailure";
import { Drafts, type FieldDraft } from "../../../src-renderer/platform/fieldDraft";
import { SaveStates } from "../../../src-renderer/platform/saveStates";

const id = "contact:1";
const diskFull: SaveFailure = { kind: "disk-full" };

/** One field over a record whose stored value the test sets, with every text that was sent to be saved. */
function aField(): {
  draft: FieldDraft;
  drafts: Drafts;
  saves: SaveStates;
  saved: string[];
  answerWith: (answer: () => Promise<Result<null, SaveFailure>>) => void;
  storedIs: (value: string) => void;
} {
  const saves = new SaveStates();
  const drafts = new Drafts(saves);
  const saved: string[] = [];
  let answer: () => Promise<Result<null, SaveFailure>> = () => Promise.resolve(success(null));
  const commit = (text: string): Promise<Result<null, SaveFailure>> => {
    saved.push(text);
    return answer();
  };
  const draft = drafts.of(id, "wechat");
  draft.follow(commit, "");
  drafts.show(draft);
  return {
    draft,
    drafts,
    saves,
    saved,
    answerWith: (next) => {
      answer = next;
    },
    storedIs: (value) => {
      draft.follow(commit, value);
    },
  };
}

describe("what is typed into a field", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("is saved once, 300 ms after the last key", async () => {
    const { draft, saved, saves } = aField();
    draft.type("a");
    await vi.advanceTimersByTimeAsync(200);
    draft.type("ab");
    await vi.advanceTimersByTimeAsync(299);
    expect(saved).toEqual([]);
    expect(saves.of(id)).toEqual({ kind: "saving" });
    await vi.advanceTimersByTimeAsync(1);
    expect(saved).toEqual(["ab"]);
    expect(saves.of(id)).toEqual({ kind: "saved" });
  });

  it("is saved at once when the window closes", async () => {
    const { draft, drafts, saved } = aField();
    draft.type("a");
    await drafts.flushDrafts();
    expect(saved).toEqual(["a"]);
  });

  it("is not called saved before the answer", async () => {
    const { draft, saves, answerWith } = aField();
    let answer: (result: Result<null, SaveFailure>) => void = () => undefined;
    answerWith(() => new Promise((resolve) => (answer = resolve)));
    draft.type("a");
    await vi.advanceTimersByTimeAsync(5_000);
    expect(saves.of(id)).toEqual({ kind: "saving" });
    answer(success(null));
    await vi.advanceTimersByTimeAsync(0);
    expect(saves.of(id)).toEqual({ kind: "saved" });
  });

  it("is not overwritten by a value from another computer while it is unsaved", () => {
    const { draft, storedIs } = aField();
    draft.type("mine");
    storedIs("theirs");
    expect(draft.text).toBe("mine");
  });

  it("gives way to the record once it is saved and the record has come back", async () => {
    const { draft, storedIs } = aField();
    draft.type("mine");
    await draft.flush();
    expect(draft.text).toBe("mine");
    storedIs("mine, merged");
    expect(draft.text).toBeUndefined();
  });

  it("is never saved half-composed, not even when the window closes", async () => {
    const { draft, drafts, saved } = aField();
    draft.type("会");
    draft.composeStart();
    draft.type("会yi");
    await vi.advanceTimersByTimeAsync(5_000);
    expect(saved).toEqual([]);
    await drafts.flushDrafts();
    expect(saved).toEqual(["会"]);
    draft.type("会议");
    draft.composeEnd();
    await vi.advanceTimersByTimeAsync(300);
    expect(saved).toEqual(["会", "会议"]);
  });

  it("stays in the field with the reason when it cannot be saved, and is tried again", async () => {
    const { draft, saved, saves, answerWith } = aField();
    answerWith(() => Promise.resolve(failure(diskFull)));
    draft.type("a");
    await vi.advanceTimersByTimeAsync(300);
    expect(draft.text).toBe("a");
    expect(draft.failure).toEqual(diskFull);
    expect(saves.of(id)).toEqual({ kind: "not-saved", failure: diskFull });

    answerWith(() => Promise.resolve(success(null)));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(saved).toEqual(["a", "a"]);
    expect(saves.of(id)).toEqual({ kind: "saved" });
  });

  it("is not sent again and again when the value itself is refused", async () => {
    const { draft, saved, answerWith } = aField();
    answerWith(() => Promise.resolve(failure({ kind: "too-large", field: "wechat", limit: 10 })));
    draft.type("a");
    await vi.advanceTimersByTimeAsync(120_000);
    expect(saved).toEqual(["a"]);
  });

  it("is found again when the record is opened again while the disk is full", async () => {
    const saves = new SaveStates();
    const drafts = new Drafts(saves);
    const draft = drafts.of(id, "wechat");
    draft.follow(() => Promise.resolve(failure(diskFull)), "");
    const leave = drafts.show(draft);
    draft.type("a");
    leave();
    await vi.advanceTimersByTimeAsync(300);
    expect(drafts.of(id, "wechat").text).toBe("a");
  });
});
