import { createInterface } from "node:readline";
import { exitCodes, Trouble } from "./trouble.mjs";

/** @typedef {{ text: (question: string) => Promise<string>, secret: (question: string) => Promise<string>,
 *   isTerminal: boolean, close: () => void }} Asker */
/** @typedef {import("node:stream").Readable & { isTTY?: boolean, setRawMode?: (raw: boolean) => unknown }} Input */

/** Arrows and function keys, which mean nothing here (ECMA-48: CSI and SS3 sequences). */
const functionKeys = /\u001b(?:\[[0-9;]*[ -~]|O.)?/g;

/**
 * Asks a person. At a terminal a secret is typed without being shown; elsewhere each answer is one line of the input.
 *
 * @param {Input} input @param {import("node:stream").Writable} output where questions go @returns {Asker}
 */
export function createAsker(input, output) {
  if (input.isTTY === true) {
    return {
      isTerminal: true,
      text: (question) => askAtTerminal(input, output, question, true),
      secret: (question) => askAtTerminal(input, output, question, false),
      close: () => input.pause(),
    };
  }
  /** @type {import("node:readline").Interface | undefined} */
  let reader;
  /** @type {AsyncIterator<string> | undefined} */
  let lines;
  /** @param {string} question */
  const line = async (question) => {
    reader ??= createInterface({ input, crlfDelay: Infinity });
    lines ??= reader[Symbol.asyncIterator]();
    const next = await lines.next();
    if (next.done === true) throw new Trouble(exitCodes.usage, `Nothing answered "${question}": the input has ended.`);
    return next.value;
  };
  return { isTerminal: false, text: line, secret: line, close: () => reader?.close() };
}

/**
 * One line, key by key: Enter ends it, Backspace takes one character back, Ctrl-U all, Ctrl-C gives up.
 *
 * @param {Input} input @param {import("node:stream").Writable} output @param {string} question @param {boolean} shows
 * @returns {Promise<string>}
 */
function askAtTerminal(input, output, question, shows) {
  output.write(`${question}: `);
  input.setRawMode?.(true);
  input.setEncoding("utf8");
  input.resume();
  return new Promise((resolve, reject) => {
    /** @type {string[]} */
    let typed = [];
    /** @param {Error | null} trouble */
    const end = (trouble) => {
      input.off("data", onKeys);
      input.off("end", onEnd);
      input.setRawMode?.(false);
      input.pause();
      output.write("\n");
      if (trouble) reject(trouble);
      else resolve(typed.join(""));
    };
    const onEnd = () => end(new Trouble(exitCodes.usage, `Nothing answered "${question}".`));
    /** @param {string} key */
    const onKey = (key) => {
      if (key === "\u007f" || key === "\b") {
        if (typed.length > 0 && shows) output.write("\b \b");
        typed = typed.slice(0, -1);
      } else if (key === "\u0015") {
        if (shows) output.write("\b \b".repeat(typed.length));
        typed = [];
      } else if (!/\p{Cc}/u.test(key)) {
        typed.push(key);
        if (shows) output.write(key);
      }
    };
    /** @param {string} keys */
    const onKeys = (keys) => {
      for (const key of keys.replace(functionKeys, "")) {
        if (key === "\r" || key === "\n") end(null);
        else if (key === "\u0003") end(new Trouble(exitCodes.interrupted, "Given up."));
        else if (key === "\u0004" && typed.length === 0) onEnd();
        else {
          onKey(key);
          continue;
        }
        return;
      }
    };
    input.on("data", onKeys);
    input.once("end", onEnd);
  });
}
