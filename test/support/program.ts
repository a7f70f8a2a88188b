import { expect, type Page } from "@playwright/test";
import type { ChildProcess } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readNetLog, type NetworkUse } from "./netLog";

/** What starting the program from the checkout and starting the packaged one have in common. */

export const isRoot = process.getuid?.() === 0;

export interface LaunchOptions {
  /** Folder of an installation; a new one each time unless given. Give the same again to restart one. */
  readonly userDataDir?: string;
  /** The system's language that the app finds; English unless told. */
  readonly language?: "en" | "zh-CN";
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Records all network use of the app, to be read by `networkUse` after it has closed. */
  readonly netLog?: boolean;
  /** With an unlocked keychain of its own; otherwise the system seems to have none. */
  readonly keychain?: boolean;
}

/** A started program with its window, however it was started. */
export interface Program {
  /** The main window. */
  readonly page: Page;
  readonly userDataDir: string;
  /** False once the main process has ended, in whatever way. */
  readonly isRunning: () => boolean;
  /** Problems seen so far: errors on a page's or worker's console, uncaught ones, failures in the main process. */
  readonly problems: () => readonly string[];
  /** Takes problems that a test provokes out of the list; each pattern must have matched one. */
  readonly expectProblems: (...patterns: readonly RegExp[]) => void;
  /** Quits as a person would, and waits for the end. */
  readonly close: () => Promise<void>;
  /** Ends the main process, and with it all others, by SIGKILL: a battery pull. */
  readonly kill: () => Promise<void>;
  readonly networkUse: () => NetworkUse;
}

export function netLogFile(userDataDir: string): string {
  return `${userDataDir}.netlog.json`;
}

/** Switches of a start; the folder of an application comes before them. */
export function switchesFor(options: LaunchOptions, userDataDir: string): string[] {
  return [
    `--user-data-dir=${userDataDir}`,
    `--lang=${options.language ?? "en"}`,
    `--password-store=${options.keychain ? "gnome-libsecret" : "basic"}`,
    ...(options.netLog ? [`--log-net-log=${netLogFile(userDataDir)}`, "--net-log-capture-mode=IncludeSensitive"] : []),
    ...(options.args ?? []),
  ];
}

export function environmentFor(options: LaunchOptions): Record<string, string> {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const language = options.language === "zh-CN" ? "zh_CN.UTF-8" : "en_US.UTF-8";
  return {
    ...Object.fromEntries(inherited.filter(([name]) => !name.startsWith("ELECTRON_") && name !== "LC_ALL")),
    LANGUAGE: language,
    TZ: "Asia/Shanghai",
    ...options.env,
  };
}

/** What Chromium noted of all sessions and processes. */
export function recordedNetworkUse(userDataDir: string): NetworkUse {
  const file = netLogFile(userDataDir);
  if (!existsSync(file)) throw new Error("launch with { netLog: true } to record network use");
  return readNetLog(file);
}

/** Settles when a process has ended, in whatever way. */
export function watchEnd(child: ChildProcess): { readonly ended: Promise<void>; readonly isRunning: () => boolean } {
  let isRunning = child.exitCode === null && child.signalCode === null;
  const ended = new Promise<void>((resolve) => {
    const end = (): void => {
      isRunning = false;
      resolve();
    };
    if (isRunning) child.once("exit", end);
    else end();
  });
  return { ended, isRunning: () => isRunning };
}

/** Lines of the main process that tell of a bug, whatever else it prints. */
const mainFailure = /Unhandled|Uncaught|ERR_[A-Z_]+\b.*\n? {4}at /;

/** Lines of the app's own log that tell of an error. */
function errorLines(log: string): string[] {
  if (!existsSync(log)) return [];
  const lines = readFileSync(log, "utf8").split("\n");
  return lines.filter((line) => line.includes('"error":'));
}

/** Everything that went wrong in one run of the program, from its first moment. */
export class Problems {
  readonly #seen: string[] = [];
  readonly #log: string;
  readonly #output: string[] = [];
  #linesOfLog: number;

  constructor(userDataDir: string) {
    this.#log = join(userDataDir, "logs", "main.log");
    this.#linesOfLog = errorLines(this.#log).length;
  }

  watchProcess(child: ChildProcess): void {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (chunk: string) => {
        this.#output.push(chunk);
        if (mainFailure.test(chunk)) this.#seen.push(`main process: ${chunk.trim()}`);
      });
    }
  }

  watchPage(page: Page): void {
    page.on("console", (message) => {
      if (message.type() === "error") this.#seen.push(`console: ${message.text()} (${message.location().url})`);
    });
    page.on("pageerror", (error) => this.#seen.push(`page: ${error.stack ?? error.message}`));
  }

  /** All that the process printed. */
  output(): string {
    return this.#output.join("");
  }

  all(): readonly string[] {
    const lines = errorLines(this.#log);
    this.#seen.push(...lines.slice(this.#linesOfLog).map((line) => `log of the main process: ${line}`));
    this.#linesOfLog = lines.length;
    return this.#seen;
  }

  expect(patterns: readonly RegExp[]): void {
    this.all();
    for (const pattern of patterns) {
      const matching = this.#seen.filter((problem) => pattern.test(problem));
      expect(matching, `a problem like ${String(pattern)} among: ${this.#seen.join("\n")}`).not.toHaveLength(0);
      for (const problem of matching) this.#seen.splice(this.#seen.indexOf(problem), 1);
    }
  }
}
