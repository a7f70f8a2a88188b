import { appendFileSync, mkdirSync, renameSync, statSync } from "node:fs";
import path from "node:path";

export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** What happened to the program, never what people wrote: no texts of records, no addresses, no secrets. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  error(event: string, error: unknown, fields?: LogFields): void;
}

const maxBytes = 512 * 1024;

/**
 * A log in `folder/main.log`, one JSON object a line; beyond 512 KiB the file becomes `main.old.log`. Lines are
 * written at once, so that the last one before a crash is there. A disk that refuses them stops nothing.
 */
export function openLog(folder: string, clock: () => Date): Log {
  const file = path.join(folder, "main.log");
  const write = (line: Readonly<Record<string, unknown>>): void => {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      rotate(file);
      appendFileSync(file, `${JSON.stringify({ at: clock().toISOString(), ...line })}\n`, { mode: 0o600 });
    } catch {
      // There is nowhere left to say it.
    }
  };
  return {
    info: (event, fields) => {
      write({ event, ...fields });
    },
    error: (event, error, fields) => {
      write({ event, ...fields, ...describe(error) });
    },
  };
}

function rotate(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > maxBytes) renameSync(file, file.replace(/\.log$/, ".old.log"));
}

/** Name, code and place of an error. Its message stays out: messages quote what was being read or parsed. */
function describe(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return {
    error: error.name,
    ...("code" in error ? { code: String(error.code) } : {}),
    stack: frames.slice(0, 12).map((line) => line.trim()),
  };
}
