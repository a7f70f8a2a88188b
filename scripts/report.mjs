/** Progress for people goes to stderr, so that stdout stays free for what a script answers. */

/** @param {string} text */
export function say(text) {
  process.stderr.write(`[qiao] ${text}\n`);
}

/**
 * Says what is done now and, while it lasts, every few seconds how far it is.
 *
 * @template Value
 * @param {string} text
 * @param {() => Promise<Value>} work
 * @param {() => string} [progress] e.g. "80 of 196 MB"; seconds are always shown
 * @returns {Promise<Value>}
 */
export async function during(text, work, progress = () => "") {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  say(`${text} …`);
  const timer = setInterval(() => {
    const far = progress();
    say(`${text}: ${far ? `${far}, ` : ""}${String(seconds())} s`);
  }, 4000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** A failure whose message says all a person needs: shown without a stack. */
export class Told extends Error {}

/**
 * Runs a script's main function; a `Told` failure is shown as text, a bug with its stack, and both end with 1.
 *
 * @param {() => Promise<number | void>} main answers the exit code, 0 unless told
 */
export async function runScript(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    if (error instanceof Told) say(error.message);
    else console.error(error);
    process.exitCode = 1;
  }
}
