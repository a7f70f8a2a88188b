import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Where a text was found: the file, and how it was written there. */
export interface Trace {
  readonly file: string;
  readonly text: string;
  readonly encoding: "utf8" | "utf16le";
}

/** Every file below the folders that holds one of the texts, in either of the encodings that Chromium and Node write. */
export function tracesOf(texts: readonly string[], folders: readonly string[]): readonly Trace[] {
  const wanted = texts.flatMap((text) =>
    (["utf8", "utf16le"] as const).map((encoding) => ({ text, encoding, bytes: Buffer.from(text, encoding) })),
  );
  return folders.flatMap(filesBelow).flatMap((file) => {
    const content = read(file);
    return wanted
      .filter(({ text, bytes }) => content.includes(bytes) || file.includes(text))
      .map(({ text, encoding }) => ({ file, text, encoding }));
  });
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true);
}

/** A file that goes away meanwhile holds nothing. */
function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}
