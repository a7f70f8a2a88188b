import type { Content } from "../../domain/record";
import type { LedgerEntry } from "../ledgerEntries";

/** Every version of a record that an entry states: what became of it, and what it came from. */
export function contentsOfEntry(entry: LedgerEntry): readonly Content[] {
  switch (entry.kind) {
    case "put":
      return [entry.content];
    case "puts":
      return entry.records.map(({ content }) => content);
    case "pulled":
      return entry.outcomes.flatMap((outcome) =>
        outcome.kind === "take" ? [outcome.content] : outcome.kind === "merged" ? [outcome.base, outcome.content] : [],
      );
    case "synced":
      return entry.rows.flatMap(({ base }) => base ?? []);
    case "kept":
      return entry.records.flatMap(({ base, content }) => (base ? [base, content] : [content]));
    case "noteUpdate":
    case "erased":
    case "server":
    case "forgotten":
    case "setAside":
    case "released":
    case "identity":
    case "notebook":
      return [];
  }
}
