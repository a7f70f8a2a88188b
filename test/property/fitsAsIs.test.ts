import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { envelope } from "../../src-renderer/domain/envelope";
import { fitsAsIs } from "../../src-renderer/domain/fitsAsIs";
import { parseContent, serializeContent } from "../../src-renderer/domain/parseRecord";
import { recordKinds } from "../../src-renderer/domain/recordKinds";
import { mixedRecords, notesAndTerms } from "../bench/app/records";
import { divergence } from "./recordArbitraries";

const SEED = 20_261_122;

const stamp = z.object({ author: z.templateLiteral(["author:", z.string().min(1)]), at: z.iso.datetime().optional() });
const schema = z.looseObject({
  a: z.string().optional(),
  b: z.array(z.looseObject({ id: z.string(), n: z.number().int().optional() })).default([]),
  c: z.enum(["x", "y"]).default("x"),
  d: z.unknown(),
  e: z.string().trim().optional(),
  f: z.union([z.null(), stamp]).optional(),
  g: stamp.optional(),
  h: z.string().default("h").optional(),
  i: z
    .base64()
    .refine((text) => text !== "AAAA")
    .optional(),
  j: z.record(z.string(), z.number()).optional(),
});

const leaf = fc.oneof(
  fc.constantFrom("x", "y", "", " x ", "AAAA", "AAE=", "author:a", "2026-01-01T00:00:00.000Z"),
  fc.constantFrom(null, true, 0, 1, 1.5),
);
const part = fc.oneof(
  leaf,
  fc.dictionary(fc.constantFrom("author", "at", "id", "n", "odd"), leaf, { maxKeys: 3 }),
  fc.array(fc.dictionary(fc.constantFrom("id", "n", "odd"), leaf, { maxKeys: 3 }), { maxLength: 2 }),
);
/** Near to what fits: what must be there is, most of the time, and in its place. */
const value = fc
  .tuple(
    fc.array(fc.tuple(fc.constantFrom(...Array.from("aefgij"), "odd", "1"), part), { maxLength: 4 }),
    fc.array(fc.constantFrom(...Array.from("abcdefghijo")), { maxLength: 1 }),
    fc.boolean(),
  )
  .map(([fields, absent, inOrder]): unknown => {
    const all = { b: [], c: "x", d: 1, h: "h", ...Object.fromEntries(fields) };
    const entries = Object.entries(all).filter(([name]) => !absent.includes(name));
    return Object.fromEntries(inOrder ? entries.sort(([a], [b]) => (a < b ? -1 : 1)) : entries);
  });

describe("what needs no parsing", () => {
  const fits = fitsAsIs(schema);

  it("would come back as it is, field by field and in the same order", () => {
    let fitting = 0;
    fc.assert(
      fc.property(fc.oneof({ weight: 9, arbitrary: value }, { weight: 1, arbitrary: part }), (json) => {
        if (!fits(json)) return;
        fitting += 1;
        expect(JSON.stringify(schema.parse(json))).toBe(JSON.stringify(json));
      }),
      { seed: SEED, numRuns: 8_000 },
    );
    expect(fitting).toBeGreaterThan(100);
  });

  it("is refused where something is missing, is too much or stands in another order", () => {
    const whole = { a: "1", b: [{ id: "1", odd: 1 }], c: "y", d: 1, g: { author: "author:a" }, h: "", odd: [] };
    expect(fits(whole)).toBe(true);
    const { b: _b, ...withoutList } = whole;
    const { h: _h, ...withoutDefault } = whole;
    const { d, ...others } = whole;
    const refused = [
      withoutList,
      withoutDefault,
      { ...others, d },
      { ...whole, g: { author: "author:a", odd: 1 } },
      { ...whole, g: { author: "person:a" } },
      { ...whole, b: [{ odd: 1, id: "1" }] },
      { ...whole, a: undefined },
      JSON.parse('{"b":[],"c":"x","d":1,"__proto__":{}}'),
    ];
    expect(refused.map(fits)).toEqual(refused.map(() => false));
  });
});

describe("records as they are written", () => {
  const fits = new Map(
    Object.entries(recordKinds).map(([type, kind]) => [type, fitsAsIs(envelope.loose().extend({ data: kind.schema }))]),
  );

  it("need no parsing, of whatever type", () => {
    for (const content of [...notesAndTerms(3), ...mixedRecords(20)]) {
      const json: unknown = JSON.parse(JSON.stringify(serializeContent(content)));
      expect(content.kind === "known" && fits.get(content.record.type)?.(json)).toBe(true);
    }
  });

  it("are the same as those that zod reads, after any history", () => {
    fc.assert(
      fc.property(divergence, ({ base, versions }) => {
        for (const record of [base, ...versions]) {
          const json = JSON.parse(JSON.stringify(record)) as unknown;
          const parsed = parseContent(json);
          const whole = envelope.loose().extend({ data: recordKinds[record.type].schema });
          expect(parsed.ok && JSON.stringify(serializeContent(parsed.value))).toBe(JSON.stringify(whole.parse(json)));
        }
      }),
      { seed: SEED, numRuns: 200 },
    );
  });
});
