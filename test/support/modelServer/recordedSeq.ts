import { present } from "./present";
import { inflateSync } from "node:zlib";

/** What CouchDB packs in a seq: for each half of the ring the number and the first digits of the file's uuid. */
export type RecordedPosition = { readonly seq: number; readonly uuid: string } | 0;

/** Reads a real seq: base64 of a compressed Erlang term `[{Node, Range, {Seq, Uuid, Node}}, …]`. Null if it is none. */
export function unpackRecorded(seq: string): readonly [RecordedPosition, RecordedPosition] | null {
  const packed = /^\d+-(g1A[\w-]+)$/.exec(seq)?.[1];
  if (packed === undefined) return null;
  const bytes = Buffer.from(packed, "base64url");
  let term: unknown;
  try {
    term = new TermReader(inflateSync(bytes.subarray(6))).term();
  } catch {
    return null;
  }
  const positions: RecordedPosition[] = [0, 0];
  for (const [, range, position] of term as readonly (readonly [string, readonly [number, number], unknown])[]) {
    const [number, uuid] = Array.isArray(position) ? (position as [number, string]) : [0, ""];
    positions[range[0] === 0 ? 0 : 1] = Array.isArray(position) ? { seq: number, uuid } : 0;
  }
  return [present(positions[0]), present(positions[1])];
}

/** The few tags of the external term format that seqs use. */
class TermReader {
  private at = 0;
  constructor(private readonly bytes: Buffer) {}

  term(): unknown {
    const tag = this.bytes.readUInt8(this.at++);
    switch (tag) {
      case 97:
        return this.bytes.readUInt8(this.at++);
      case 98:
        return this.bytes.readInt32BE(this.skip(4));
      case 100:
        return this.text(this.bytes.readUInt16BE(this.skip(2)));
      case 104:
        return this.terms(this.bytes.readUInt8(this.at++));
      case 106:
        return [];
      case 108: {
        const items = this.terms(this.bytes.readUInt32BE(this.skip(4)));
        this.at++;
        return items;
      }
      case 109:
        return this.text(this.bytes.readUInt32BE(this.skip(4)));
      case 110: {
        const length = this.bytes.readUInt8(this.at);
        return this.bytes.readUIntLE(this.skip(2 + length) + 2, length);
      }
      default:
        throw new Error(`unknown tag ${tag}`);
    }
  }

  private terms(count: number): unknown[] {
    return Array.from({ length: count }, () => this.term());
  }

  private text(length: number): string {
    const start = this.skip(length);
    return this.bytes.toString("latin1", start, start + length);
  }

  private skip(length: number): number {
    this.at += length;
    return this.at - length;
  }
}
