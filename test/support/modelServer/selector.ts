import { Refusal } from "./exchange";

type Fields = Readonly<Record<string, unknown>>;

/** The part of Mango's selectors that feeds are filtered with in practice: fields by path, compared with constants. */
export function readSelector(selector: unknown): (document: Fields) => boolean {
  if (!isFields(selector)) throw new Refusal(400, "bad_request", "Selector error: expected a JSON object");
  const tests = Object.entries(selector).map(([path, condition]) => readCondition(path.split("."), condition));
  return (document) => tests.every((test) => test(document));
}

type Comparison = (value: unknown, constant: unknown) => boolean;

const isSame: Comparison = (value, constant) => JSON.stringify(value) === JSON.stringify(constant);

const comparisons: Readonly<Record<string, Comparison>> = {
  $eq: isSame,
  $ne: (value, constant) => !isSame(value, constant),
  $gt: (value, constant) => comparable(value, constant) && (value as string) > (constant as string),
  $gte: (value, constant) => comparable(value, constant) && (value as string) >= (constant as string),
  $lt: (value, constant) => comparable(value, constant) && (value as string) < (constant as string),
  $lte: (value, constant) => comparable(value, constant) && (value as string) <= (constant as string),
  $in: (value, constant) => Array.isArray(constant) && constant.some((one) => isSame(value, one)),
  $exists: (value, constant) => (value !== undefined) === constant,
};

function readCondition(path: readonly string[], condition: unknown): (document: Fields) => boolean {
  const operators = isFields(condition) && Object.keys(condition).some((name) => name.startsWith("$"));
  const tests = (operators ? Object.entries(condition) : [["$eq", condition] as const]).map(([name, constant]) => {
    const holds = comparisons[name];
    if (holds === undefined) throw new Refusal(400, "bad_request", `Invalid operator: ${name}`);
    return { holds, constant };
  });
  return (document) => {
    let value: unknown = document;
    for (const step of path) value = isFields(value) ? value[step] : undefined;
    return tests.every(({ holds, constant }) => holds(value, constant));
  };
}

function comparable(value: unknown, constant: unknown): boolean {
  return typeof value === typeof constant && (typeof value === "string" || typeof value === "number");
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
