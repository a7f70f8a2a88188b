import type { Notebook } from "../../../src-renderer/data/notebook";
import type { Content } from "../../../src-renderer/domain/record";
import type { Filtering, FilterMeasure } from "./benchContract";
import { createPeers } from "./filterPeers";
import { filterQueries, type FilterQuery } from "./filterQueries";

/** Rounds before the clock counts: the first ones find code that is not compiled yet. */
const WARM_UP = 3;
const PAGE = 100;

/** Filters the lists of the notebook as the page does, and the same records by libraries. */
export async function measureFilter(
  notebook: Notebook,
  contents: readonly Content[],
  rounds: number,
  peerRounds: number,
): Promise<readonly FilterMeasure[]> {
  const contacts = createPeers(contents.filter((content) => typeOf(content) === "contact"));
  const organisations = createPeers(contents.filter((content) => typeOf(content) === "organisation"));
  const measures: FilterMeasure[] = [];
  for (const query of filterQueries) {
    const { kind, type, filter } = query;
    const expected = expectedIds(query, contents);
    const ours = await samplesOf(rounds, () => notebook.list({ type, filter, offset: 0, limit: PAGE }));
    const found = await notebook.ids({ type, filter });
    const peers = type === "contact" ? contacts : organisations;
    measures.push({
      kind,
      ours: { samples: ours, ...recallOf(expected, found) },
      peers: {
        "fuse.js 7.5.0": await filteringOf(peers["fuse.js 7.5.0"], filter, expected, peerRounds),
        "minisearch 7.2.0": await filteringOf(peers["minisearch 7.2.0"], filter, expected, peerRounds),
      },
    });
  }
  return measures;
}

async function filteringOf(
  peer: (filter: string) => readonly string[],
  filter: string,
  expected: ReadonlySet<string>,
  rounds: number,
): Promise<Filtering> {
  const samples = await samplesOf(rounds, () => Promise.resolve(peer(filter)));
  return { samples, ...recallOf(expected, peer(filter)) };
}

async function samplesOf(rounds: number, work: () => Promise<unknown>): Promise<readonly number[]> {
  const samples: number[] = [];
  for (let round = -WARM_UP; round < rounds; round++) {
    const began = performance.now();
    await work();
    if (round >= 0) samples.push(performance.now() - began);
  }
  return samples;
}

function expectedIds({ type, expects }: FilterQuery, contents: readonly Content[]): ReadonlySet<string> {
  const ids = contents.flatMap((content) => {
    if (content.kind !== "known" || content.record.type !== type) return [];
    // The query's own type says what data it expects.
    return (expects as (data: unknown) => boolean)(content.record.data) ? content.record.id : [];
  });
  return new Set(ids);
}

function recallOf(expected: ReadonlySet<string>, found: readonly string[]): Pick<Filtering, "expected" | "found"> {
  return { expected: expected.size, found: found.filter((id) => expected.has(id)).length };
}

function typeOf(content: Content): string {
  return content.kind === "known" ? content.record.type : "";
}
