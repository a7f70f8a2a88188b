import { expect, test } from "vitest";
import { itemsOf, memberText, membersOf, objectText } from "../../../src-renderer/sync/jsonText";

test("members keep their text: digits, escapes, spaces inside and order", () => {
  const text = ` { "b" : 12345678901234567890123 , "a\\"}" : [1, {"x": "]}"}, 1.10] , "c":"\\\\", "d":-0.0e5 } `;
  expect(membersOf(text)).toEqual([
    { key: "b", text: "12345678901234567890123" },
    { key: 'a"}', text: `[1, {"x": "]}"}, 1.10]` },
    { key: "c", text: `"\\\\"` },
    { key: "d", text: "-0.0e5" },
  ]);
});

test("items of an array", () => {
  expect(itemsOf(`[ {"a":1} ,\r\n[2,[3]], "x,y" ,null,4]`)).toEqual([`{"a":1}`, "[2,[3]]", `"x,y"`, "null", "4"]);
  expect(itemsOf("[]")).toEqual([]);
  expect(membersOf("{ }")).toEqual([]);
});

test("of two members with one key the last counts, as for JSON.parse", () => {
  expect(memberText(`{"a":1,"a":2}`, "a")).toBe("2");
});

test("100,000 levels do no harm", () => {
  const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  expect(memberText(`{"deep":${deep},"after":1}`, "after")).toBe("1");
});

test("what was cut is put together again", () => {
  expect(objectText(membersOf(`{ "a" : 1.0, "b" : {} }`))).toBe(`{"a":1.0,"b":{}}`);
});
