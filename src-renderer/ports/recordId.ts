import { z } from "zod";
import { recordTypes } from "../domain/ids";

/** The id of a record as the page may send it. */
export const recordId = z.templateLiteral([z.enum(recordTypes), ":", z.string().min(1)]);
