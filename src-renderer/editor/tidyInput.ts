import {
  EditorState,
  Transaction,
  type ChangeSpec,
  type Extension,
  type Text,
  type TransactionSpec,
} from "@codemirror/state";
import { ySyncAnnotation } from "y-codemirror.next";

/**
 * What every local change obeys before it reaches the shared text; changes from elsewhere and undo pass untouched, so
 * that two computers never answer each other's repairs.
 *
 * 1. Line breaks are `\n` alone, whatever was pasted.
 * 2. No change begins or ends inside a surrogate pair (𠮷, emoji): Yjs replaces split halves by U+FFFD. Input methods
 *    cause such changes, since the editor reads the smallest difference and many rare characters share a first half.
 * 3. A note that is not empty ends in a line break, so that two notes begun offline do not glue their lines together
 *    when they merge. The caret stays before it. While composing the rule waits (`finalNewline` is applied afterwards).
 */
export const tidyInput: Extension = EditorState.transactionFilter.of((transaction) => {
  if (!transaction.docChanged || transaction.annotation(ySyncAnnotation)) return transaction;
  const keepsFinalNewline = keepFinalNewline(transaction);
  if (keepsFinalNewline) return keepsFinalNewline;
  const repairs = [...lineBreakRepairs(transaction), ...surrogateRepairs(transaction)];
  if (!transaction.isUserEvent("input.type.compose")) repairs.push(...finalNewline(transaction.newDoc));
  return repairs.length === 0 ? transaction : [transaction, { changes: repairs, sequential: true }];
});

/** The line break that a text is missing at its end. */
export function finalNewline(text: Text): { readonly from: number; readonly insert: string }[] {
  if (text.length === 0 || text.line(text.lines).length === 0) return [];
  return [{ from: text.length, insert: "\n" }];
}

/**
 * A change that takes the final line break away is narrowed to leave it, rather than deleting it and inserting a new
 * one: two computers doing so at once would end up with two.
 */
function keepFinalNewline(transaction: Transaction): TransactionSpec | null {
  const before = transaction.startState.doc;
  const after = transaction.newDoc;
  if (after.length === 0 || before.length === 0 || finalNewline(before).length > 0) return null;
  if (finalNewline(after).length === 0 || transaction.isUserEvent("input.type.compose")) return null;
  const changes: { from: number; to: number; insert: string }[] = [];
  transaction.changes.iterChanges((from, to, _fromAfter, _toAfter, insert) => {
    changes.push({ from, to, insert: insert.sliceString(0) });
  });
  const last = changes.at(-1);
  // Text was added after the final line break: one more is needed, nothing is to be kept.
  if (!last || last.to < before.length || last.from === last.to) return null;
  last.to -= 1;
  const userEvent = transaction.annotation(Transaction.userEvent);
  return {
    changes: changes.filter((change) => change.from !== change.to || change.insert !== ""),
    ...(transaction.selection && { selection: transaction.selection }),
    effects: transaction.effects,
    scrollIntoView: transaction.scrollIntoView,
    ...(userEvent !== undefined && { userEvent }),
  };
}

function lineBreakRepairs(transaction: Transaction): ChangeSpec[] {
  const repairs: ChangeSpec[] = [];
  transaction.changes.iterChanges((_from, _to, fromAfter, _toAfter, insert) => {
    for (const match of insert.sliceString(0).matchAll(/\r\n?/g)) {
      const from = fromAfter + match.index;
      repairs.push({ from, to: from + match[0].length, insert: "\n" });
    }
  });
  return repairs;
}

/**
 * Replaces the characters at a split by themselves where a change touched only one half of a pair: the composed change
 * then covers both halves. A half that lost its partner becomes U+FFFD, as every other computer would read it.
 */
function surrogateRepairs(transaction: Transaction): ChangeSpec[] {
  const text = transaction.newDoc;
  const old = transaction.startState.doc;
  const repairs: ChangeSpec[] = [];
  let repairedTo = 0;
  const repair = (from: number, to: number): void => {
    if (from < repairedTo) return;
    repairedTo = to;
    const insert = text.sliceString(from, to);
    repairs.push({ from, to, insert: to - from === 2 ? insert : "\ufffd" });
  };
  transaction.changes.iterChanges((from, to, fromAfter, toAfter) => {
    if (isInsidePair(old, from)) repair(fromAfter - 1, isInsidePair(text, fromAfter) ? fromAfter + 1 : fromAfter);
    if (isInsidePair(old, to)) repair(isInsidePair(text, toAfter) ? toAfter - 1 : toAfter, toAfter + 1);
  });
  return repairs;
}

function isInsidePair(text: Text, position: number): boolean {
  if (position < 1 || position >= text.length) return false;
  const pair = text.sliceString(position - 1, position + 1);
  return isHigh(pair.charCodeAt(0)) && isLow(pair.charCodeAt(1));
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
