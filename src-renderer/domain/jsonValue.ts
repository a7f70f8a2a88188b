/**
 * Values as JSON has them: what a record's data is made of, compared and ordered by structure. A key whose value is
 * `undefined` counts as absent, as it does in JSON text.
 */

export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether two values are the same JSON, whatever the order of their keys. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => sameJson(item, b[index]));
  }
  if (!isJsonObject(a) || !isJsonObject(b)) return a === b;
  const keysA = presentKeys(a);
  return (
    keysA.length === presentKeys(b).length && keysA.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
  );
}

/** The same value with the keys of every object in ascending code unit order, so that equal values have equal text. */
export function canonicalJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonicalJson);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    presentKeys(value)
      .sort()
      .map((key) => [key, canonicalJson(value[key])]),
  );
}

/** Text that is equal exactly when the values are; `undefined` (an absent value) has a text of its own. */
export function canonicalText(value: unknown): string {
  return value === undefined ? "" : JSON.stringify(canonicalJson(value));
}

function presentKeys(value: JsonObject): string[] {
  return Object.keys(value).filter((key) => value[key] !== undefined);
}
