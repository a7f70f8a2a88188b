import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalText } from "../../src-renderer/domain/jsonValue";
import { mergeRecords, recordsEqual } from "../../src-renderer/domain/merge";
import { parseContent, serializeContent } from "../../src-renderer/domain/parseRecord";
import type { AnyRecord } from "../../src-renderer/domain/record";
import { divergence, textsOf, typedTexts } from "./recordArbitraries";

/** fast-check prints the seed of a failure; run it again with `fc.assert(property, { seed, path })`. */
const runs = { numRuns: 500 };

/** Texts that a version has and the base had not. */
function added(version: AnyRecord, base: AnyRecord | undefined): readonly string[] {
  const known = base === undefined ? new Set<string>() : typedTexts(base);
  return [...typedTexts(version)].filter((text) => !known.has(text));
}

describe("merging two versions of a record", () => {
  it("gives the same record whichever side is one's own", () => {
    fc.assert(
      fc.property(divergence, fc.boolean(), ({ base, versions: [a, b] }, hasBase) => {
        const from = hasBase ? base : undefined;
        expect(canonicalText(mergeRecords(from, a, b))).toBe(canonicalText(mergeRecords(from, b, a)));
      }),
      runs,
    );
  });

  it("changes nothing when the versions are the same, and takes the changed one when only one is", () => {
    fc.assert(
      fc.property(divergence, ({ base, versions: [a] }) => {
        expect(mergeRecords(base, a, structuredClone(a))).toBe(a);
        expect(mergeRecords(undefined, a, a)).toBe(a);
        expect(recordsEqual(mergeRecords(base, base, a), a)).toBe(true);
        expect(recordsEqual(mergeRecords(base, a, base), a)).toBe(true);
      }),
      runs,
    );
  });

  it("changes nothing when a version comes a second time", () => {
    fc.assert(
      fc.property(divergence, fc.boolean(), ({ base, versions: [a, b] }, hasBase) => {
        const from = hasBase ? base : undefined;
        const merged = mergeRecords(from, a, b);
        expect(canonicalText(mergeRecords(from, merged, b))).toBe(canonicalText(merged));
        expect(canonicalText(mergeRecords(from, merged, a))).toBe(canonicalText(merged));
      }),
      runs,
    );
  });

  it("loses nothing that was typed on either side, whatever the clocks say", () => {
    fc.assert(
      fc.property(divergence, fc.boolean(), ({ base, versions: [a, b] }, hasBase) => {
        const from = hasBase ? base : undefined;
        const present = typedTexts(mergeRecords(from, a, b));
        for (const text of [...added(a, from), ...added(b, from)]) expect(present.has(text), text).toBe(true);
      }),
      runs,
    );
  });

  it("invents no text", () => {
    fc.assert(
      fc.property(divergence, fc.boolean(), ({ base, versions: [a, b] }, hasBase) => {
        const merged = mergeRecords(hasBase ? base : undefined, a, b);
        const known = new Set([...textsOf(a), ...textsOf(b)]);
        const shown = textsOf({ ...merged, kept: merged.kept?.map(({ value, by, at }) => ({ value, by, at })) });
        for (const text of shown) expect(known.has(text), text).toBe(true);
      }),
      runs,
    );
  });

  it("gives back what only one side removed", () => {
    fc.assert(
      fc.property(divergence, ({ base, versions: [a, b] }) => {
        const merged = new Set(textsOf(mergeRecords(base, a, b).data));
        const [inA, inB] = [new Set(textsOf(a.data)), new Set(textsOf(b.data))];
        // A text of the base that both removed stays removed.
        for (const text of textsOf(base.data)) {
          if (!inA.has(text) && !inB.has(text)) expect(merged.has(text), text).toBe(false);
        }
      }),
      runs,
    );
  });

  it("keeps a record alive that one side deleted and the other changed", () => {
    fc.assert(
      fc.property(divergence, ({ base, versions: [a, b] }) => {
        const merged = mergeRecords(base, a, b);
        if (a.deletedAt === undefined && b.deletedAt === undefined) expect(merged.deletedAt).toBeUndefined();
        if (a.deletedAt !== undefined && b.deletedAt !== undefined) expect(merged.deletedAt).toBeDefined();
        const alive = a.deletedAt === undefined ? a : b;
        const isEdited = canonicalText(alive.data) !== canonicalText(base.data);
        if (alive.deletedAt === undefined && isEdited) expect(merged.deletedAt).toBeUndefined();
      }),
      runs,
    );
  });

  it("writes a record that can be read back", () => {
    fc.assert(
      fc.property(divergence, fc.boolean(), ({ base, versions: [a, b] }, hasBase) => {
        const record = mergeRecords(hasBase ? base : undefined, a, b);
        const stored: unknown = JSON.parse(JSON.stringify(serializeContent({ kind: "known", record })));
        const read = parseContent(stored);
        expect(read).toEqual({ ok: true, value: { kind: "known", record } });
      }),
      runs,
    );
  });
});

describe("merging the versions of three devices through a server, in any order", () => {
  /** The first version is on the server; each of the others merges what is there with its own and sends it. */
  function throughServer(base: AnyRecord, versions: readonly AnyRecord[]): AnyRecord {
    return versions.reduce((server, own) => mergeRecords(base, own, server));
  }
  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ] as const;

  it("loses nothing", () => {
    fc.assert(
      fc.property(divergence, ({ base, versions }) => {
        for (const order of orders) {
          const present = typedTexts(
            throughServer(
              base,
              order.map((index) => versions[index]),
            ),
          );
          for (const version of versions)
            for (const text of added(version, base)) expect(present.has(text), text).toBe(true);
        }
      }),
      runs,
    );
  });

  it("shows the same fields where no two devices changed the same one", () => {
    fc.assert(
      fc.property(divergence, ({ base, versions }) => {
        const merged = orders.map((order) =>
          throughServer(
            base,
            order.map((index) => versions[index]),
          ),
        );
        for (const field of Object.keys(base.data)) {
          const changedBy = versions.filter((version) => text(version, field) !== text(base, field));
          if (changedBy.length > 1) continue;
          const expected = changedBy[0] ?? base;
          for (const record of merged) expect(text(record, field)).toBe(text(expected, field));
        }
      }),
      runs,
    );
  });

  it("shows the same members of sets and the same items of lists", () => {
    fc.assert(
      fc.property(divergence, ({ base, versions }) => {
        const members = orders.map((order) => {
          const merged = throughServer(
            base,
            order.map((index) => versions[index]),
          );
          return Object.values(merged.data)
            .filter(Array.isArray)
            .map((list) =>
              list.map((item: unknown) => (typeof item === "string" ? item : (item as { id: string }).id)).sort(),
            );
        });
        for (const other of members) expect(other).toEqual(members[0]);
      }),
      runs,
    );
  });

  function text(record: AnyRecord, field: string): string {
    return canonicalText((record.data as Record<string, unknown>)[field]);
  }
});
