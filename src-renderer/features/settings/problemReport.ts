import type { AppInfo } from "../../../src-main/shared/ipc";
import type { Language } from "../../../src-main/shared/settings";
import type { SyncStatus } from "../../domain/syncStatus";

/** What a report is made of. A log is null when whoever keeps it did not answer. */
export interface ReportParts {
  readonly at: Date;
  readonly info: AppInfo;
  readonly language: Language;
  readonly sync: SyncStatus | null;
  readonly syncLog: readonly string[] | null;
  readonly mainLog: readonly string[] | null;
}

/**
 * What a person who helps needs to know of this installation, as text to paste. It is in English whatever the language
 * on screen, since it is read by the helper, and holds nothing that anyone wrote: kinds of failures instead of their
 * details, no folder, no address, no account.
 */
export function problemReport({ at, info, language, sync, syncLog, mainLog }: ReportParts): string {
  const { electron, chromium, node } = info.versions;
  return [
    `Qiao ${info.version}, report of ${at.toISOString()}`,
    `System: ${info.system}, language ${info.systemLanguage}, Qiao in ${language}`,
    `Electron ${electron}, Chromium ${chromium}, Node.js ${node}`,
    `Put aside at start: ${info.notices.map(({ kind }) => kind).join(", ") || "nothing"}`,
    `Sync: ${sync ? syncLine(sync) : "no answer"}`,
    ...part("Sync log", syncLog),
    ...part("Log of the program", mainLog),
    "",
  ].join("\n");
}

function syncLine(sync: SyncStatus): string {
  const state = sync.kind === "failed" ? `failed (${failureLine(sync.failure)})` : sync.kind;
  return `${state}, ${sync.waiting} waiting`;
}

/** The kind and what it is told apart by, never the words of server, network or disk. */
function failureLine(failure: Extract<SyncStatus, { kind: "failed" }>["failure"]): string {
  switch (failure.kind) {
    case "credentials-rejected":
      return `${failure.kind}: ${failure.reason}`;
    case "not-couchdb":
    case "server-error":
      return `${failure.kind}: ${failure.status}`;
    case "not-saved":
      return `${failure.kind}: ${failure.failure.kind}`;
    case "database-missing":
    case "insecure-connection":
    case "unexpected":
      return failure.kind;
  }
}

function part(title: string, lines: readonly string[] | null): readonly string[] {
  return ["", `${title}:`, ...(lines === null ? ["no answer"] : lines.length === 0 ? ["empty"] : lines)];
}
