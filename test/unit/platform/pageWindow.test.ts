// @vitest-environment happy-dom
import { describe, expect, it, vi } from "vitest";
import type { Client } from "../../../src-main/shared/rpc";
import type { AuthorRow, RosterRow } from "../../../src-renderer/domain/rosterRow";
import { PageWindow } from "../../../src-renderer/platform/pageWindow";
import { rosterSource } from "../../../src-renderer/platform/useList";
import type { NotebookContract, RosterPage } from "../../../src-renderer/ports/notebook";

interface Asked {
  readonly filter: string;
  readonly offset: number;
  answer(page: RosterPage): Promise<void>;
}

/** A list over a notebook that answers only when the test says so. */
function aList(): { list: PageWindow<AuthorRow>; asked: Asked[]; change: () => void } {
  const asked: Asked[] = [];
  let onChanged: (event: { records: { id: string; type: string; origin: "local" }[] }) => void = () => undefined;
  const client = {
    request: (_name: string, args: { filter: string; offset: number }) =>
      new Promise((resolve) => {
        const { filter, offset } = args;
        asked.push({
          filter,
          offset,
          answer: async (page) => {
            resolve(page);
            await Promise.resolve();
            await Promise.resolve();
          },
        });
      }),
    on: (_event: string, listener: typeof onChanged) => {
      onChanged = listener;
      return () => undefined;
    },
    dispose: () => undefined,
  } as unknown as Client<NotebookContract>;
  const list = new PageWindow<AuthorRow>(client, rosterSource({ type: "author" }));
  list.subscribe(() => undefined);
  return {
    list,
    asked,
    change: () => {
      onChanged({ records: [{ id: "author:x", type: "author", origin: "local" }] });
    },
  };
}

function authors(total: number, offset = 0): RosterPage {
  const rows = Array.from({ length: Math.min(100, total - offset) }, (_, index): RosterRow => {
    const name = `Author ${offset + index}`;
    return { type: "author", id: `author:${offset + index}`, name, devices: [], bin: false, waiting: false };
  });
  return { total, rows };
}

describe("a list on screen", () => {
  it("asks once for an empty list and is then at rest", async () => {
    const { list, asked } = aList();
    await asked[0]?.answer({ total: 0, rows: [] });
    expect(list.snapshot()).toMatchObject({ total: 0, loading: false });
    expect(asked).toHaveLength(1);
  });

  it("fetches only the pages on screen", async () => {
    const { list, asked } = aList();
    await asked[0]?.answer(authors(50_000));
    list.showRange(30_150, 30_210);
    expect(asked.slice(1).map(({ offset }) => offset)).toEqual([30_100, 30_200]);
    await asked[1]?.answer(authors(50_000, 30_100));
    expect(list.snapshot().rowAt(30_150)).toMatchObject({ name: "Author 30150" });
    expect(list.snapshot().rowAt(40_000)).toBeUndefined();
  });

  it("keeps its rows while a new filter is on its way, and shows only the newest answer", async () => {
    const { list, asked } = aList();
    await asked[0]?.answer(authors(3));
    list.setSource(rosterSource({ type: "author", filter: "a" }));
    list.setSource(rosterSource({ type: "author", filter: "ab" }));
    expect(list.snapshot()).toMatchObject({ total: 3, loading: true, filter: "" });
    await asked[2]?.answer(authors(1));
    await asked[1]?.answer(authors(2));
    expect(list.snapshot()).toMatchObject({ total: 1, loading: false, filter: "ab" });
  });

  it("asks again once for many changes, and keeps its rows meanwhile", async () => {
    const { list, asked, change } = aList();
    await asked[0]?.answer(authors(3));
    for (let each = 0; each < 50; each += 1) change();
    await vi.waitFor(() => {
      expect(asked).toHaveLength(2);
    });
    expect(list.snapshot().rowAt(2)).toBeDefined();
    await asked[1]?.answer(authors(2));
    expect(list.snapshot().total).toBe(2);
    expect(asked).toHaveLength(2);
  });
});
