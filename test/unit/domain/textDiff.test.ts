import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffText, type TextPart } from "../../../src-renderer/domain/textDiff";

/** `[-removed-]{+added+}`, as word diffs are written. */
function written(parts: readonly TextPart[]): string {
  const marks = { same: ["", ""], added: ["{+", "+}"], removed: ["[-", "-]"] } as const;
  return parts.map(({ kind, text }) => `${marks[kind][0]}${text}${marks[kind][1]}`).join("");
}

describe("what two texts differ in", () => {
  it("is told by words", () => {
    expect(written(diffText("The fee is due in May.", "The fee was due in June."))).toBe(
      "The fee [-is-]{+was+} due in [-May-]{+June+}.",
    );
  });

  it("is told by characters in Chinese", () => {
    expect(written(diffText("推荐性标准由协会发布。", "强制性标准由协会发布。"))).toBe(
      "[-推荐-]{+强制+}性标准由协会发布。",
    );
    expect(written(diffText("下周三开会", "下周五上午开会"))).toBe("下周[-三-]{+五上午+}开会");
  });

  it("takes a rewritten sentence as one change, not as words with the old spaces between", () => {
    expect(written(diffText("- ask about fees", "- send EN 15978"))).toBe("- [-ask about fees-]{+send EN 15978+}");
  });

  it("finds an inserted line among many that are the same", () => {
    const lines = Array.from({ length: 5_000 }, (_, index) => `line ${String(index)}\n`);
    const parts = diffText(lines.join(""), [...lines.slice(0, 2_500), "new\n", ...lines.slice(2_500)].join(""));
    expect(parts.filter(({ kind }) => kind !== "same")).toEqual([{ kind: "added", text: "new\n" }]);
  });

  it("gives up on the details of two long texts that have nothing in common", () => {
    const words = (name: string): string => Array.from({ length: 20_000 }, (_, at) => `${name}${String(at)}`).join(" ");
    expect(diffText(words("a"), words("b")).map(({ kind }) => kind)).toEqual(["removed", "added"]);
  });

  it("says nothing of two empty texts, and all of an added one", () => {
    expect(diffText("", "")).toEqual([]);
    expect(diffText("", "会议 notes")).toEqual([{ kind: "added", text: "会议 notes" }]);
  });

  it("makes up both texts, whatever they are", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b ", "标", "准", "。", "\n", "👩‍🔬", "é", " ") });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const parts = diffText(before, after);
        const without = (kind: TextPart["kind"]): string =>
          parts.flatMap((part) => (part.kind === kind ? [] : [part.text])).join("");
        expect(without("added")).toBe(before);
        expect(without("removed")).toBe(after);
      }),
    );
  });
});
