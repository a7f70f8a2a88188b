import { entriesOf, Float, isArray, isObject, type JsonValue } from "./exactJson";

/** Told what a value is made of, in order. Nesting may be deeper than the call stack, so nothing here recurses. */
export interface Visitor {
  scalar(value: null | boolean | string | number | bigint | Float): void;
  openArray(items: readonly JsonValue[]): void;
  closeArray(): void;
  openObject(size: number): void;
  name(name: string, first: boolean): void;
  closeObject(): void;
  /** Before each item of an array. */
  item(first: boolean): void;
}

type Frame =
  { readonly items: readonly JsonValue[]; next: number } | { readonly entries: [string, JsonValue][]; next: number };

export function walk(root: JsonValue, visitor: Visitor): void {
  const frames: Frame[] = [];
  const enter = (value: JsonValue): void => {
    if (isArray(value)) {
      visitor.openArray(value);
      frames.push({ items: value, next: 0 });
    } else if (isObject(value)) {
      const entries = entriesOf(value);
      visitor.openObject(entries.length);
      frames.push({ entries, next: 0 });
    } else visitor.scalar(value);
  };
  enter(root);
  for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
    const at = frame.next++;
    if ("items" in frame) {
      if (at === frame.items.length) {
        visitor.closeArray();
        frames.pop();
      } else {
        visitor.item(at === 0);
        enter(frame.items[at] ?? null);
      }
    } else {
      const entry = frame.entries[at];
      if (entry === undefined) {
        visitor.closeObject();
        frames.pop();
      } else {
        visitor.name(entry[0], at === 0);
        enter(entry[1]);
      }
    }
  }
}

function floatText(value: number): string {
  // As jiffy writes doubles: always with a point or an exponent.
  if (Object.is(value, -0)) return "0.0";
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** The JSON text that CouchDB answers for a value. */
export function jsonText(value: JsonValue): string {
  let text = "";
  walk(value, {
    scalar: (scalar) => {
      if (typeof scalar === "string") text += JSON.stringify(scalar);
      else text += scalar instanceof Float ? floatText(scalar.value) : String(scalar);
    },
    openArray: () => (text += "["),
    closeArray: () => (text += "]"),
    openObject: () => (text += "{"),
    closeObject: () => (text += "}"),
    name: (name, first) => (text += `${first ? "" : ","}${JSON.stringify(name)}:`),
    item: (first) => (text += first ? "" : ","),
  });
  return text;
}
