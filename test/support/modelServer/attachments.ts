import { entriesOf, field, isObject, type JsonValue } from "./exactJson";
import { Refusal } from "./exchange";
import { md5InPlace } from "./md5";
import type { Attachment } from "./revisionTree";

/** Inline attachments only, as far as the recordings show them: data, stubs that keep one, stubs of nothing. */
export type SentAttachment =
  | { readonly kind: "data"; readonly name: string; readonly type: string; readonly data: string }
  | { readonly kind: "stub"; readonly name: string };

export type Gzip = (bytes: Uint8Array) => Uint8Array;

export function readAttachments(value: JsonValue): SentAttachment[] {
  if (!isObject(value)) throw new Refusal(400, "doc_validation", "_attachments isn't an object.");
  return entriesOf(value).map(([name, sent]) => {
    if (isObject(sent)) {
      if (field(sent, "stub") === true) return { kind: "stub", name };
      const data = field(sent, "data");
      const type = field(sent, "content_type");
      if (typeof data === "string") {
        return { kind: "data", name, data, type: typeof type === "string" ? type : "application/octet-stream" };
      }
    }
    throw new Refusal(400, "bad_request", "Invalid attachment data");
  });
}

/** What a new revision number `revpos` keeps; `before` is the revision it follows. */
export function keptAttachments(
  id: string,
  sent: readonly SentAttachment[],
  before: readonly Attachment[],
  revpos: number,
  gzip: Gzip,
): Attachment[] {
  return sent.map((attachment) => {
    if (attachment.kind === "data") return stored(attachment, revpos, gzip);
    const kept = before.find(({ name }) => name === attachment.name);
    if (kept === undefined) {
      throw new Refusal(412, "missing_stub", `Invalid attachment stub in ${id} for ${attachment.name}`);
    }
    return kept;
  });
}

function stored(
  { name, type, data }: Extract<SentAttachment, { kind: "data" }>,
  revpos: number,
  gzip: Gzip,
): Attachment {
  const binary = atob(data);
  const plain = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  // Text is kept compressed, and the digest is of what is kept.
  const kept = /^(text\/|application\/(javascript|json|xml))/.test(type) ? gzip(plain) : plain;
  const room = new Uint8Array(kept.length + 72);
  room.set(kept);
  const md5 = md5InPlace(room, kept.length);
  const digest = `md5-${btoa(String.fromCharCode(...md5))}`;
  return { name, type, revpos, data, length: binary.length, md5, digest };
}

export function attachmentsText(attachments: readonly Attachment[], withData: boolean): string {
  const shown = attachments.map(({ name, type, revpos, digest, data, length }) => {
    const rest = withData ? { data } : { length, stub: true };
    return `${JSON.stringify(name)}:${JSON.stringify({ content_type: type, revpos, digest, ...rest })}`;
  });
  return `"_attachments":{${shown.join(",")}}`;
}
