/**
 * JSON as text, cut into pieces without parsing them: what is kept for a newer version of the app keeps every digit
 * of its numbers and the order of its fields, which `JSON.parse` and `JSON.stringify` would not promise. The text must
 * be valid JSON already. Nothing here recurses, so depth cannot hurt.
 */
export interface Member {
  readonly key: string;
  /** The value's own text. */
  readonly text: string;
}

/** The members of an object, in their order. */
export function membersOf(objectText: string): Member[] {
  const members: Member[] = [];
  let at = afterSpace(objectText, objectText.indexOf("{") + 1);
  while (at < objectText.length && objectText[at] !== "}") {
    const keyEnd = endOfValue(objectText, at);
    const key = JSON.parse(objectText.slice(at, keyEnd)) as string;
    const start = afterSpace(objectText, afterSpace(objectText, keyEnd) + 1);
    const end = endOfValue(objectText, start);
    members.push({ key, text: objectText.slice(start, end) });
    at = afterSeparator(objectText, end);
  }
  return members;
}

/** The texts of the items of an array, in their order. */
export function itemsOf(arrayText: string): string[] {
  const items: string[] = [];
  let at = afterSpace(arrayText, arrayText.indexOf("[") + 1);
  while (at < arrayText.length && arrayText[at] !== "]") {
    const end = endOfValue(arrayText, at);
    items.push(arrayText.slice(at, end));
    at = afterSeparator(arrayText, end);
  }
  return items;
}

/** Where a key occurs twice, the last one counts, as for `JSON.parse`. */
export function memberText(objectText: string, key: string): string | undefined {
  return membersOf(objectText).findLast((member) => member.key === key)?.text;
}

export function objectText(members: readonly Member[]): string {
  return `{${members.map(({ key, text }) => `${JSON.stringify(key)}:${text}`).join(",")}}`;
}

function afterSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && " \t\r\n".includes(text.charAt(at))) at += 1;
  return at;
}

function afterSeparator(text: string, from: number): number {
  const at = afterSpace(text, from);
  return text[at] === "," ? afterSpace(text, at + 1) : at;
}

function endOfText(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

function endOfValue(text: string, from: number): number {
  if (text[from] === '"') return endOfText(text, from);
  let depth = 0;
  let at = from;
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === '"') {
      at = endOfText(text, at);
      continue;
    }
    if (depth === 0 && ",]} \t\r\n".includes(char)) return at;
    if (char === "{" || char === "[") depth += 1;
    if (char === "}" || char === "]") depth -= 1;
    at += 1;
    if (depth === 0 && (char === "}" || char === "]")) return at;
  }
  return at;
}
