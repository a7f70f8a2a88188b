import { failure, success, type Result } from "../../src-main/shared/result";
import type { KnownRecords } from "../data/knownRecords";
import type { QuarantineEntry } from "../domain/syncStatus";
import type { AsideFailure } from "../ports/setAside";
import { createAsk, troubleOfReply, type SyncGateway } from "./exchange";
import { itemsOf, memberText } from "./jsonText";
import { defaultLimits } from "./limits";
import type { Trouble } from "./trouble";
import { documentText } from "./wire";

export interface AsideParts {
  readonly known: KnownRecords;
  readonly gateway: SyncGateway;
}

/**
 * The document that was set aside, as JSON text: what would be sent, or what the server has and cannot be read here, to
 * the character.
 */
export function asideText(
  parts: AsideParts,
  { id, direction }: Pick<QuarantineEntry, "id" | "direction">,
  signal: AbortSignal,
): Promise<Result<string, AsideFailure>> {
  return direction === "push" ? ofHere(parts, id) : ofServer(parts, id, signal);
}

async function ofHere({ known }: AsideParts, id: string): Promise<Result<string, AsideFailure>> {
  const [here] = await known.load([id]);
  if (here?.stored.kind !== "record") return failure({ kind: "not-found" });
  return success(documentText(here.stored.content, here.stored.rev));
}

async function ofServer(
  { gateway }: AsideParts,
  id: string,
  signal: AbortSignal,
): Promise<Result<string, AsideFailure>> {
  const ask = createAsk(gateway, defaultLimits.answerSilence);
  // By a body and not by its path: the id may be anything.
  const answer = await ask(
    { method: "POST", path: "_all_docs", query: { include_docs: true }, body: JSON.stringify({ keys: [id] }) },
    signal,
  );
  if (!answer.ok) return failure(failureOf(answer.failure));
  if (answer.value.status !== 200) return failure(failureOf(troubleOfReply(answer.value)));
  const [row] = itemsOf(memberText(answer.value.text, "rows") ?? "[]");
  const text = row === undefined ? undefined : memberText(row, "doc");
  return text === undefined || text === "null" ? failure({ kind: "not-found" }) : success(text);
}

function failureOf(trouble: Trouble): AsideFailure {
  switch (trouble.kind) {
    case "offline":
    case "stopped":
    case "server-changed":
      return { kind: "offline" };
    default:
      return trouble;
  }
}
