import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export interface RecordedExchange {
  readonly note?: string;
  readonly as: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: unknown;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: unknown;
    readonly streamed?: boolean;
    readonly json?: unknown;
    readonly arrival?: readonly { readonly after_ms: number; readonly text: string }[];
    readonly ended_after_ms?: number;
  };
}

const folder = fileURLToPath(new URL("../../fixtures/couchdb-3.5", import.meta.url));

/** The recorded scenarios by number ("03"), each with its exchanges in order. */
export function readRecordings(): ReadonlyMap<string, readonly RecordedExchange[]> {
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return new Map(
    files.sort().map((name) => {
      const scenario = JSON.parse(readFileSync(path.join(folder, name), "utf8")) as { exchanges: RecordedExchange[] };
      return [name.slice(0, 2), scenario.exchanges] as const;
    }),
  );
}
