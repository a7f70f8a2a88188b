import { spawn } from "node:child_process";
import { constants } from "node:os";

/**
 * Child processes of the scripts. Every child that still runs is ended with its script, and only those: each is known
 * by its own process id.
 */

/** @typedef {import("node:child_process").ChildProcess} ChildProcess */

/** @type {Set<ChildProcess>} */
const running = new Set();

/** Those that others lean on, such as a display: ended last. @type {Set<ChildProcess>} */
const services = new Set();

let watching = false;

/** @param {Iterable<ChildProcess>} children @param {NodeJS.Signals} signal */
function end(children, signal) {
  for (const child of children) child.kill(signal);
}

function watchSignals() {
  if (watching) return;
  watching = true;
  process.on("exit", () => {
    end(running, "SIGKILL");
    end(services, "SIGTERM");
  });
  /** @type {NodeJS.Signals[]} */
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) {
    process.once(signal, () => {
      const leave = () => process.exit(128 + constants.signals[signal]);
      end(running, "SIGTERM");
      if (running.size === 0) leave();
      setInterval(() => running.size === 0 && leave(), 50);
      setTimeout(leave, 3000);
    });
  }
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnOptions} [options]
 */
export function start(command, args, options = {}) {
  return watch(running, command, args, options);
}

/**
 * Starts a process that others lean on. It has a process group of its own, so that Ctrl-C in a terminal does not
 * reach it before them.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnOptions} options
 */
export function startService(command, args, options) {
  return watch(services, command, args, { ...options, detached: true });
}

/**
 * @param {Set<ChildProcess>} set
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnOptions} options
 */
function watch(set, command, args, options) {
  watchSignals();
  const child = spawn(command, args, { stdio: "inherit", ...options });
  set.add(child);
  child.once("exit", () => set.delete(child));
  child.once("error", () => set.delete(child));
  return child;
}

/**
 * The exit code of a child, as a shell would report it (128 + number of the signal); 127 when it cannot be started.
 *
 * @param {ChildProcess} child
 * @returns {Promise<number>}
 */
export function ended(child) {
  return new Promise((resolve) => {
    child.once("error", () => {
      resolve(127);
    });
    child.once("close", (code, signal) => {
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}

/**
 * Runs a command to its end.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnOptions} [options]
 */
export async function run(command, args, options = {}) {
  return ended(start(command, args, options));
}

/**
 * Runs a command and keeps what it prints. `output` is stdout and `errors` stderr, both as text.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnOptions} [options]
 */
export async function capture(command, args, options = {}) {
  const child = start(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  let errors = "";
  child.stdout?.setEncoding("utf8").on("data", (chunk) => (output += chunk));
  child.stderr?.setEncoding("utf8").on("data", (chunk) => (errors += chunk));
  return { code: await ended(child), output, errors };
}
