/** One number of `bench/results.json`. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: "ms" | "×" | "%" | "requests" | "records" | "characters" | "values" | "MB" | "kB";
  /** How many samples or records it was made of. */
  readonly n: number;
  /** The same work done by others, in the same run and unit. */
  readonly peers?: Readonly<Record<string, number>>;
  /** The best peer's value divided by ours: 2 is twice as good as the best peer. */
  readonly ratio?: number;
}

/** Something that is measured by itself: `npm run bench -- NAME`. */
export interface Bench {
  readonly name: string;
  /** What is done, for the table. */
  readonly work: string;
  /** Too long to be among all: measured only when it is named. */
  readonly isOnlyByName?: boolean;
  /** `progress` says what is being done now. */
  run(progress: (text: string) => void): Promise<readonly Row[]>;
}

/** The smallest sample that at least this share of all samples does not exceed. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error("no samples");
  return value;
}

export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}

/** A row beside its peers. */
export function compared(row: Omit<Row, "ratio" | "peers">, peers: Readonly<Record<string, number>>): Row {
  return { ...row, peers, ratio: Math.min(...Object.values(peers)) / row.value };
}
