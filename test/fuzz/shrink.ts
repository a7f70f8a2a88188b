import type { Action, History } from "./actions";

/**
 * A shorter history that still fails, by leaving out ever smaller parts (Zeller and Hildebrandt, "Simplifying and
 * isolating failure-inducing input", 2002). `fails` plays one; at most `budget` are played.
 */
export async function shrink(
  history: History,
  fails: (history: History) => Promise<boolean>,
  budget = 400,
): Promise<History> {
  let actions: readonly Action[] = history.actions;
  let left = budget;
  for (let size = Math.ceil(actions.length / 2); size >= 1 && left > 0;) {
    let isShorter = false;
    for (let from = 0; from < actions.length && left > 0;) {
      const rest = [...actions.slice(0, from), ...actions.slice(from + size)];
      left -= 1;
      if (await fails({ ...history, actions: rest })) {
        actions = rest;
        isShorter = true;
      } else from += size;
    }
    if (size === 1 && !isShorter) break;
    size = size === 1 ? 1 : Math.floor(size / 2);
  }
  return { ...history, actions };
}
