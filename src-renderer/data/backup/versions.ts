import { canonicalText } from "../../domain/jsonValue";
import { idOfContent } from "../../domain/parseRecord";
import type { Content } from "../../domain/record";

/** What two versions of a record have to do with each other, as the histories of both notebooks show it. */
export type Kinship =
  /** The backup's version is one that the present one descends from. */
  | { readonly kind: "older" }
  /** They were changed apart, or the present one is what the backup's descends from; `base` is the last both had. */
  | { readonly kind: "apart"; readonly base: Content | undefined };

interface Pair {
  readonly present: string;
  readonly backup: string;
  isOlder: boolean;
  /** Versions that the present notebook had; empty once the answer is known. */
  readonly had: Set<string>;
  base: Content | undefined;
}

/**
 * Finds out which of two versions of a record is the older one, by content and never by the clock: a version that occurs
 * in a notebook's own history is one that its present version descends from. First the present notebook's whole history
 * is given to `had`, then that of the backup to `backupHad`.
 */
export class Versions {
  private readonly pairs = new Map<string, Pair>();

  add(id: string, present: Content, backup: Content): void {
    const texts = { present: textOf(present), backup: textOf(backup) };
    this.pairs.set(id, { ...texts, isOlder: false, had: new Set([texts.present]), base: undefined });
  }

  get size(): number {
    return this.pairs.size;
  }

  /** A version that the present notebook had at some time. */
  had(content: Content): void {
    const pair = this.pairs.get(idOfContent(content));
    if (!pair || pair.isOlder) return;
    const text = textOf(content);
    if (text === pair.backup) {
      pair.isOlder = true;
      pair.had.clear();
    } else pair.had.add(text);
  }

  /** Whether the backup's history is needed as well. */
  get isOpen(): boolean {
    return [...this.pairs.values()].some(({ isOlder }) => !isOlder);
  }

  /** A version that the backup's notebook had, oldest first. */
  backupHad(content: Content): void {
    const pair = this.pairs.get(idOfContent(content));
    if (!pair || pair.isOlder) return;
    // Nothing is nearer to the backup's version than the present one itself.
    if (pair.base !== undefined && textOf(pair.base) === pair.present) return;
    if (pair.had.has(textOf(content))) pair.base = content;
  }

  /** `older` also for what was never given to `add`. */
  of(id: string): Kinship {
    const pair = this.pairs.get(id);
    return pair && !pair.isOlder ? { kind: "apart", base: pair.base } : { kind: "older" };
  }
}

/** The same for versions that are the same, however their keys were ordered. */
function textOf(content: Content): string {
  return content.kind === "opaque" ? content.json : canonicalText(content.record);
}
