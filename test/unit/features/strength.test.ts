import { expect, it } from "vitest";
import { strengthOf } from "../../../src-renderer/features/protection/strength";
import { readWords } from "../../../src-renderer/features/protection/words";

it.each([
  ["rain", "short"],
  ["1234567", "short"],
  ["12345678", "weak"],
  ["aaaaaaaaaaaaaaaaaaaa", "weak"],
  ["password123", "weak"],
  ["Passw0rd!", "weak"],
  ["qwertyuiop", "weak"],
  ["Beijing2026", "weak"],
  ["woaini1314520", "weak"],
  ["rain rain rain rain rain", "weak"],
  ["correct horse battery", "weak"],
  ["correct horse battery staple", "fair"],
  ["rain carpet lever old minister", "strong"],
  ["x7#Kp9$mQ2!v", "strong"],
  ["雨天地毯", "short"],
  ["雨天地毯老桥灯火", "fair"],
  ["雨天地毯老桥灯火青鱼", "strong"],
])("calls “%s” %s", (passphrase, strength) => {
  expect(strengthOf(passphrase)).toBe(strength);
});

it.each([
  ["  Abandon,ability\n able ", ["abandon", "ability", "able"]],
  ["1. abandon 2. ability 12) able", ["abandon", "ability", "able"]],
  ["ａｂａｎｄｏｎ　ability", ["abandon", "ability"]],
  ["的一是 在不", ["的", "一", "是", "在", "不"]],
  ["", []],
])("reads the words of “%s”", (typed, words) => {
  expect(readWords(typed)).toEqual(words);
});
