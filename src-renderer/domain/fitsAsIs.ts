import type { z } from "zod";
import { isJsonObject } from "./jsonValue";

/** Whether a value needs no parsing; false also where that cannot be told. */
export type FitsAsIs = (value: unknown) => boolean;

/**
 * Whether the schema would give back the very value: nothing to refuse, to leave out, to add or to put in another order.
 * That is so of nearly every record, since it was parsed before it was written, and answered without the copy of every
 * object and the result of every field that zod makes. For values of JSON.
 *
 * Objects and lists are looked into here; whatever else there is, zod itself is asked. A schema that this does not know
 * makes a new value of an object, so that the answer is no and the value is parsed.
 */
export function fitsAsIs(schema: z.core.$ZodType): FitsAsIs {
  if (!isKnown(schema) || hasChecks(schema)) return unchangedBy(schema);
  const { def } = schema._zod;
  switch (def.type) {
    case "object":
      return objectFits(def);
    case "array": {
      const element = fitsAsIs(def.element);
      return (value) => Array.isArray(value) && value.every(element);
    }
    case "optional":
    case "default": {
      // What is absent is the object's matter; in JSON nothing that is there is `undefined`.
      const inner = fitsAsIs(def.innerType);
      return (value) => value !== undefined && inner(value);
    }
    case "string":
      return (value) => typeof value === "string";
    case "unknown":
      return () => true;
  }
}

type Known =
  | z.core.$ZodObject
  | z.core.$ZodArray
  | z.core.$ZodOptional
  | z.core.$ZodDefault
  | z.core.$ZodString
  | z.core.$ZodUnknown;
const known: ReadonlySet<string> = new Set<Known["_zod"]["def"]["type"]>([
  "object",
  "array",
  "optional",
  "default",
  "string",
  "unknown",
]);

function isKnown(schema: z.core.$ZodType): schema is Known {
  return known.has(schema._zod.def.type);
}

/** A text of a format is a check of itself. */
function hasChecks({ _zod: { def } }: z.core.$ZodType): boolean {
  return (def.checks?.length ?? 0) > 0 || "format" in def || "coerce" in def;
}

function unchangedBy(schema: z.core.$ZodType): FitsAsIs {
  return (value) => {
    const parsed = schema._zod.run({ value, issues: [] }, { async: false });
    return !(parsed instanceof Promise) && parsed.issues.length === 0 && parsed.value === value;
  };
}

/** Zod writes the fields that it knows in the order of the shape, and after them those that it does not. */
function objectFits({ shape, catchall }: z.core.$ZodObjectDef): FitsAsIs {
  const keepsOthers = catchall?._zod.def.type === "unknown";
  const fields = Object.entries(shape).map(([name, schema], place) => ({
    name,
    place,
    fits: fitsAsIs(schema),
    // Neither refused where it is absent nor given a value.
    isOptional: schema._zod.def.type === "optional" && schema._zod.optin === "optional",
  }));
  const byName = new Map(fields.map((field) => [field.name, field]));
  const required = fields.filter(({ isOptional }) => !isOptional).length;
  return (value) => {
    if (!isJsonObject(value)) return false;
    let last = -1;
    let found = 0;
    for (const name of Object.keys(value)) {
      const field = byName.get(name);
      if (!field) {
        if (!keepsOthers || name === "__proto__") return false;
        last = fields.length;
        continue;
      }
      if (field.place < last || !field.fits(value[name])) return false;
      last = field.place;
      if (!field.isOptional) found += 1;
    }
    return found === required;
  };
}
