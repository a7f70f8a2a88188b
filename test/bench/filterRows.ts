import type { Filtering, FilterMeasure } from "./app/benchContract";
import { peerNames, type PeerName } from "./app/filterPeers";
import { compared, quantile, type Row } from "./measure";

/** The rows of `filter.p95`: time beside the share of the expected records found, ours and the peers'. */
export function filterRows(measures: readonly FilterMeasure[], progress: (text: string) => void): readonly Row[] {
  const ours = measures.map((measure) => measure.ours);
  const slowest = measures
    .map(({ kind, ours: { samples } }) => ({ kind, p95: quantile(samples, 0.95) }))
    .sort((a, b) => b.p95 - a.p95)
    .slice(0, 4);
  progress(`slowest: ${slowest.map(({ kind, p95 }) => `${kind} ${p95.toFixed(1)} ms`).join(", ")}`);
  for (const { kind, ours: own, peers } of measures) {
    const missed = own.expected - own.found;
    if (missed > 0) progress(`${kind}: ${missed} of ${own.expected} not found`);
    const others = peerNames.map((name) => `${name} ${peers[name].found}`).join(", ");
    progress(`${kind}: expected ${own.expected}, found ${own.found}; ${others}`);
  }
  const all = samplesOf(ours);
  const row = (quarter: number): Readonly<Record<PeerName, number>> =>
    ofPeers(measures, (each) => quantile(samplesOf(each), quarter));
  return [
    compared({ name: "filter.p95", value: quantile(all, 0.95), unit: "ms", n: all.length }, row(0.95)),
    compared({ name: "filter.p50", value: quantile(all, 0.5), unit: "ms", n: all.length }, row(0.5)),
    { name: "filter.recall", value: recallOf(ours), unit: "%", n: measures.length, peers: ofPeers(measures, recallOf) },
  ];
}

function ofPeers(
  measures: readonly FilterMeasure[],
  value: (filterings: readonly Filtering[]) => number,
): Readonly<Record<PeerName, number>> {
  const of = (name: PeerName): number => value(measures.map(({ peers }) => peers[name]));
  return { "fuse.js 7.5.0": of("fuse.js 7.5.0"), "minisearch 7.2.0": of("minisearch 7.2.0") };
}

function samplesOf(filterings: readonly Filtering[]): readonly number[] {
  return filterings.flatMap(({ samples }) => samples);
}

/** The mean over all kinds of query for which anything is expected, in per cent. */
function recallOf(filterings: readonly Filtering[]): number {
  const shares = filterings.filter(({ expected }) => expected > 0).map(({ found, expected }) => found / expected);
  return (100 * shares.reduce((sum, share) => sum + share, 0)) / shares.length;
}
