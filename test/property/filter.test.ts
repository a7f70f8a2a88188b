import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildFilterKeys, parseQuery, score } from "../../src-renderer/language/filter";
import { readingsOf } from "../../src-renderer/language/hanReadings";
import { spellings, toSyllable } from "../../src-renderer/language/syllable";
import { compareSortKeys, sortKey } from "../../src-renderer/language/sortKey";

/** The filter against a slow reference that tries every reading of every character. */

const characters = Array.from("单曾仇解查重行中乐和吕女张王伟安西安一不长");
const chineseName = fc.array(fc.constantFrom(...characters), { minLength: 1, maxLength: 3 });
const word = fc.string({ unit: fc.constantFrom("a", "b", "e", "n", "r"), minLength: 1, maxLength: 6 });
const runs = { numRuns: 1000 };

interface Spoken {
  readonly letters: string;
  readonly tone: number;
}

function spokenWays(name: readonly string[]): readonly (readonly Spoken[])[] {
  return name.reduce<readonly (readonly Spoken[])[]>(
    (ways, character) =>
      ways.flatMap((way) =>
        readingsOf(character).flatMap((reading) => {
          const { letters, tone } = toSyllable(reading);
          return spellings(letters).map((spelling) => [...way, { letters: spelling, tone }]);
        }),
      ),
    [[]],
  );
}

function isHeard(query: string, name: readonly string[]): boolean {
  return spokenWays(name).some((way) => {
    const initials = way.map(({ letters }) => letters.charAt(0)).join("");
    if (query.length > 1 && initials.includes(query)) return true;
    return way.some((_, start) => {
      const rest = way
        .slice(start)
        .map(({ letters }) => letters)
        .join("");
      return rest.startsWith(query) && (start === 0 || query.length > 1);
    });
  });
}

/** Letters that are often, but not always, a way to say or abbreviate the name. */
const nameAndLetters = chineseName.chain((name) => {
  const ways = spokenWays(name);
  const spoken = fc
    .tuple(fc.constantFrom(...ways), fc.nat({ max: 2 }), fc.nat({ max: 12 }))
    .map(([way, start, length]) =>
      way
        .slice(start)
        .map(({ letters }) => letters)
        .join("")
        .slice(0, length + 1),
    );
  const initials = fc.constantFrom(...ways).map((way) => way.map(({ letters }) => letters.charAt(0)).join(""));
  const noise = fc.string({ unit: fc.constantFrom(...Array.from("zhangcsue")), minLength: 1, maxLength: 4 });
  return fc.tuple(
    fc.constant(name),
    fc
      .oneof(
        spoken,
        initials,
        noise,
        fc.tuple(spoken, noise).map(([a, b]) => a + b),
      )
      .filter((query) => query !== ""),
  );
});

describe("the filter", () => {
  it("finds a name by its letters exactly when a slow reference does", () => {
    fc.assert(
      fc.property(nameAndLetters, ([name, query]) => {
        const keys = buildFilterKeys([{ text: name.join(""), kind: "zh-name" }]);
        expect(score(parseQuery(query), keys) > 0).toBe(isHeard(query, name));
      }),
      runs,
    );
  });

  it("finds a name by tones exactly when it has them", () => {
    const tones = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(chineseName, fc.nat(), tones, fc.boolean(), (name, choice, wanted, isRight) => {
        const ways = spokenWays(name);
        const way = ways[choice % ways.length] ?? [];
        const said = way.map(({ letters, tone }, index) => ({ letters, tone: isRight ? tone : (wanted[index] ?? 1) }));
        const query = said.map(({ letters, tone }) => letters + String(tone)).join("");
        const isSaid = ways.some((other) => JSON.stringify(other) === JSON.stringify(said));
        const keys = buildFilterKeys([{ text: name.join(""), kind: "zh-name" }]);
        const isFound = score(parseQuery(query), keys) > 0;
        if (isSaid) expect(isFound).toBe(true);
        // A tone number ends a syllable, so that nothing else can be meant.
        else expect(isFound).toBe(false);
      }),
      runs,
    );
  });

  it("finds Latin names by the beginnings of their words in any order, and by three letters inside", () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 3 }), word, (words, query) => {
        const keys = buildFilterKeys([{ text: words.join(" "), kind: "plain" }]);
        const joined = words.join("");
        const isPart = query.length >= 3 && (words.some((one) => one.includes(query)) || joined.includes(query));
        const expected = words.some((one) => one.startsWith(query)) || joined.startsWith(query) || isPart;
        expect(score(parseQuery(query), keys) > 0).toBe(expected);
        const shuffled = words.toReversed().map((one) => one.slice(0, 3));
        expect(score(parseQuery(shuffled.join(" ")), keys)).toBeGreaterThan(0);
      }),
      runs,
    );
  });

  it("finds any text by any part of its Chinese", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("国", "市", "标", "a", " ", "1", "，", "𠮷"), { minLength: 1, maxLength: 12 }),
        fc.nat(),
        fc.nat(),
        (text, from, length) => {
          const part = text.slice(from % text.length, (from % text.length) + 1 + (length % 4)).join("");
          const keys = buildFilterKeys([{ text: text.join(""), kind: "plain" }]);
          if (/^\p{Script=Han}+$/u.test(part)) expect(score(parseQuery(part), keys)).toBeGreaterThan(0);
          expect(score(parseQuery("部"), keys)).toBe(0);
        },
      ),
      runs,
    );
  });

  it("stands any input", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (text, query) => {
        const points = score(parseQuery(query), buildFilterKeys([{ text, kind: "zh-name", pinyin: query }]));
        expect(points).toBeGreaterThanOrEqual(0);
        expect(score(parseQuery(text), buildFilterKeys([{ text, kind: "latin" }]))).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});

describe("the order of names", () => {
  it("is total and the same whatever the order it started from", () => {
    const someName = fc.oneof(
      chineseName.map((name) => name.join("")),
      fc.string({ unit: "binary", maxLength: 6 }),
      word,
    );
    fc.assert(
      fc.property(fc.array(someName, { maxLength: 12 }), (names) => {
        const keys = names.map((name) => sortKey(name, "name"));
        const once = keys.toSorted(compareSortKeys);
        expect(keys.toReversed().toSorted(compareSortKeys)).toEqual(once);
      }),
      { numRuns: 300 },
    );
  });
});
