import { expect, test } from "vitest";
import { changesForLine, shownLines } from "../../../src-renderer/ui/lineItems";

test("an emptied first line keeps its place, an emptied further line leaves", () => {
  expect(changesForLine("phones", "value", { id: "a", text: " " }, { isFirst: true })).toEqual([
    { op: "putItem", field: "phones", item: { id: "a", value: "" } },
  ]);
  expect(changesForLine("formerNames", "text", { id: "b", text: "" }, { isFirst: false })).toEqual([
    { op: "removeItem", field: "formerNames", itemId: "b" },
  ]);
});

test("there is always a first line, and one added stays until it is stored", () => {
  const stored = [{ id: "a", text: "1" }];
  expect(shownLines([], { first: "first", added: null })).toEqual([{ id: "first", text: "" }]);
  expect(shownLines(stored, { first: "first", added: "b" }).map((line) => line.id)).toEqual(["a", "b"]);
  expect(shownLines(stored, { first: "first", added: "a" }).map((line) => line.id)).toEqual(["a"]);
});
