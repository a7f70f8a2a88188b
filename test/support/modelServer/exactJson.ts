/**
 * JSON as CouchDB's parser (jiffy) reads it: whole numbers keep every digit, other numbers stay floats even when whole
 * (`1.0`), objects keep the order of their names, the last of two equal names wins, nesting has no limit. A lone
 * surrogate, a number that a double cannot hold and anything that is not RFC 8259 is refused.
 *
 * Nearly all texts mean the same to `JSON.parse`, which is much faster; `readJson` uses it whenever that is certain.
 */
export class Float {
  constructor(readonly value: number) {}
}
export interface JsonObject {
  readonly [name: string]: JsonValue;
}
export type JsonValue =
  | null
  | boolean
  | string
  /** A whole number within ±(2^53 − 1). */
  | number
  | bigint
  | Float
  | readonly JsonValue[]
  | ReadonlyMap<string, JsonValue>
  | JsonObject;

export class NotJson extends Error {}

/** Where `JSON.parse` could differ: a float or a long number, a name that is a number, a surrogate's escape. */
const special = /[0-9][.eE]|[0-9]{16}|-0|"[0-9]+"\s*:|\\u[dD][89a-fA-F]/;

export function readJson(text: string): JsonValue {
  if (special.test(text)) return new Reader(text).read();
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    throw new NotJson();
  }
}

type Open = { readonly array: JsonValue[] } | { readonly object: Map<string, JsonValue>; name: string };

const numberPattern = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const space = /[ \t\n\r]*/y;

class Reader {
  private at = 0;
  constructor(private readonly text: string) {}

  read(): JsonValue {
    const open: Open[] = [];
    for (;;) {
      let value = this.opening(open);
      if (value === undefined) continue;
      // A value is complete: it belongs to the innermost open array or object, which it may close, and so on outward.
      for (;;) {
        const inner = open.at(-1);
        if (inner === undefined) {
          this.skip();
          if (this.at !== this.text.length) throw new NotJson();
          return value;
        }
        if ("array" in inner) inner.array.push(value);
        else {
          inner.object.delete(inner.name);
          inner.object.set(inner.name, value);
        }
        this.skip();
        const next = this.text[this.at++];
        if (next === ",") {
          if ("object" in inner) inner.name = this.name();
          break;
        }
        if (next !== ("array" in inner ? "]" : "}")) throw new NotJson();
        open.pop();
        value = "array" in inner ? inner.array : inner.object;
      }
    }
  }

  /** The next value when it is complete, or undefined after an array or object was opened. */
  private opening(open: Open[]): JsonValue | undefined {
    this.skip();
    const start = this.text[this.at];
    if (start === "[" || start === "{") {
      this.at++;
      this.skip();
      if (this.text[this.at] === (start === "[" ? "]" : "}")) {
        this.at++;
        return start === "[" ? [] : new Map();
      }
      open.push(start === "[" ? { array: [] } : { object: new Map(), name: this.name() });
      return undefined;
    }
    if (start === '"') return this.string();
    for (const [word, value] of [
      ["true", true],
      ["false", false],
      ["null", null],
    ] as const) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    }
    return this.number();
  }

  private name(): string {
    this.skip();
    const name = this.string();
    this.skip();
    if (this.text[this.at++] !== ":") throw new NotJson();
    return name;
  }

  private string(): string {
    const start = this.at;
    if (this.text[start] !== '"') throw new NotJson();
    // By hand: a pattern for strings needs a stack as deep as the string is long.
    do {
      this.at += this.text[this.at] === "\\" ? 2 : 1;
      if (this.at >= this.text.length) throw new NotJson();
    } while (this.text[this.at] !== '"');
    this.at++;
    const value = parsedString(this.text.slice(start, this.at));
    if (!value.isWellFormed()) throw new NotJson();
    return value;
  }

  private number(): JsonValue {
    const [token, fraction, exponent] = this.match(numberPattern);
    const value = Number(token);
    if (!Number.isFinite(value)) throw new NotJson();
    if (fraction !== undefined || exponent !== undefined) {
      // What is too small for a normal double becomes zero (recorded for 5e-324 and 1e-400).
      return new Float(value !== 0 && Math.abs(value) < 2.2250738585072014e-308 ? 0 : value);
    }
    if (value === 0) return 0;
    return Number.isSafeInteger(value) ? value : BigInt(token);
  }

  private match(pattern: RegExp): RegExpExecArray {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) throw new NotJson();
    this.at = pattern.lastIndex;
    return found;
  }

  private skip(): void {
    space.lastIndex = this.at;
    space.exec(this.text);
    this.at = space.lastIndex;
  }
}

function parsedString(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    throw new NotJson();
  }
}

export function isObject(value: JsonValue | undefined): value is JsonObject | ReadonlyMap<string, JsonValue> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Float);
}

export function isArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

export function field(object: JsonObject | ReadonlyMap<string, JsonValue>, name: string): JsonValue | undefined {
  if (object instanceof Map) return (object as ReadonlyMap<string, JsonValue>).get(name);
  return Object.hasOwn(object, name) ? (object as JsonObject)[name] : undefined;
}

export function entriesOf(object: JsonObject | ReadonlyMap<string, JsonValue>): [string, JsonValue][] {
  return object instanceof Map
    ? [...(object as ReadonlyMap<string, JsonValue>)]
    : Object.entries<JsonValue>(object as JsonObject);
}
