import type { KeyboardEvent } from "react";

/** How going to a row selects: it alone, or all from where the selection began. */
export type SelectHow = "one" | "range";

/** What a key does in a list. */
export type ListMove =
  | { readonly kind: "go"; readonly to: number; readonly how: SelectHow }
  | { readonly kind: "all" }
  | { readonly kind: "one" }
  | { readonly kind: "open" };

export interface ListKeyContext {
  /** The row that the keys start from. */
  readonly at: number;
  /** It is chosen; if not, the first step chooses it instead of skipping it. */
  readonly isChosen: boolean;
  readonly count: number;
  /** Rows of one screen. */
  readonly page: number;
  readonly multiple: boolean;
  /** More than one is selected. */
  readonly isMany: boolean;
}

/**
 * The keys of a listbox (WAI-ARIA Authoring Practices, "Listbox", recommended selection model), but for Ctrl+Space and the
 * Ctrl+arrows that lead up to it: input methods own that key. Single rows are added and taken away by Ctrl+click.
 */
export function listMove(event: KeyboardEvent, context: ListKeyContext): ListMove | null {
  const { at, isChosen, count, page, multiple, isMany } = context;
  const command = event.ctrlKey || event.metaKey;
  if (event.altKey || count === 0) return null;
  if (command) return multiple && event.key.toLowerCase() === "a" && !event.shiftKey ? { kind: "all" } : null;
  if (event.key === " ") return { kind: "go", to: at, how: "one" };
  if (event.key === "Escape" && isMany) return { kind: "one" };
  if (event.key === "Enter") return { kind: "open" };
  const how = event.shiftKey && multiple ? "range" : "one";
  const step = isChosen || how !== "one" ? 1 : 0;
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: at + step,
    ArrowUp: at - step,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: count - 1,
  };
  const to = moves[event.key];
  return to === undefined ? null : { kind: "go", to: Math.min(Math.max(0, to), count - 1), how };
}
