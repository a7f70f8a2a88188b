import { createContext, use } from "react";

/** True around the fields of a record that this version shows and must not change. */
export const ReadOnlyContext = createContext(false);

/** Whether the field is one to read, select and copy from only; it then offers no button that changes the record. */
export function useReadOnly(): boolean {
  return use(ReadOnlyContext);
}
