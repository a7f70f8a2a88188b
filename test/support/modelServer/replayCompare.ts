import { present } from "./present";
import { isDeepStrictEqual } from "node:util";
import { unpackRecorded } from "./recordedSeq";
import type { RecordedExchange } from "./recordings";
import type { Replay, Replayed } from "./replay";
import { unpackSeq } from "./sequence";

/**
 * How an answer of the model differs from the recorded one; empty when it does not. Left out of the comparison is only
 * what CouchDB draws or computes by itself: a seq's letters (the numbers in it are compared, and whose file it is),
 * ids and boundaries drawn at random, `ref`, sizes of files, dates, ETags that are no revision, a cookie's value.
 */
export function differences(replay: Replay, { note, request, response }: RecordedExchange, got: Replayed): string[] {
  const found: string[] = [];
  const expect = (what: string, actual: unknown, recorded: unknown): void => {
    if (isDeepStrictEqual(actual, recorded)) return;
    found.push(`${what}: ${short(actual)} instead of ${short(recorded)}`);
  };
  expect("status", got.status, response.status);
  const whole = /length of the answer (\d+) characters/.exec(note ?? "")?.[1];
  if (whole !== undefined && typeof response.body === "string") {
    // Of a long answer that was read back, the recording has only the beginning, the end and the length.
    const [start = "", end = response.body] = response.body.split("…");
    expect("length", got.body.length, Number(whole));
    expect("beginning", got.body.slice(0, start.length), start);
    expect("end", got.body.slice(-end.length), end);
    return found;
  }
  const names = ["content-type", "etag", "location", "retry-after", "set-cookie"];
  for (const name of names) expect(name, header(name, got.headers[name]), header(name, response.headers[name]));
  if (response.body === undefined) expect("body", got.body, "");
  else if (typeof response.body === "string") {
    const boundary = /boundary="(.*)"/;
    const ours = withoutBoundary(got.body, boundary.exec(got.headers["content-type"] ?? "")?.[1]);
    const theirs = withoutBoundary(response.body, boundary.exec(response.headers["content-type"] ?? "")?.[1]);
    compareText(replay, ours, theirs, expect);
  } else {
    const [ours, theirs] = [updateSeq(JSON.parse(got.body)), updateSeq(response.body)];
    if (ours !== null && theirs !== null) expect("update_seq", ...bothSeqs(replay, ours, theirs));
    expect("body", settled(replay, JSON.parse(got.body), found), settled(replay, response.body, found, true));
  }
  for (const [at, piece] of (response.arrival ?? []).entries()) {
    const ours = got.arrival[at];
    if (ours === undefined || Math.abs(ours.after - piece.after_ms) > 60) {
      found.push(`piece ${at} came after ${ours?.after} ms instead of ${piece.after_ms}`);
    }
  }
  if (response.arrival !== undefined) expect("pieces", got.arrival.length, response.arrival.length);
  return found.map((difference) => `${request.method} ${request.path.slice(0, 60)}: ${difference}`);
}

type Expect = (what: string, actual: unknown, recorded: unknown) => void;

const seqInText = /"(\d+-g1A[\w-]+)"/g;

function compareText(replay: Replay, ours: string, theirs: string, expect: Expect): void {
  expect("text", ours.replace(seqInText, '"SEQ"'), theirs.replace(seqInText, '"SEQ"'));
  const recorded = [...theirs.matchAll(seqInText)].map((match) => present(match[1]));
  for (const [at, match] of [...ours.matchAll(seqInText)].entries()) {
    expect(`seq ${at}`, ...bothSeqs(replay, present(match[1]), recorded[at] ?? ""));
  }
}

/** Both seqs as positions, ours with the identities of the recorded files. */
function bothSeqs(replay: Replay, ours: string, recorded: string): [unknown, unknown] {
  const theirs = unpackRecorded(recorded);
  const own = unpackSeq(ours).map((position, at) => {
    const their = theirs?.[at];
    if (position === 0 || their === undefined || their === 0) return position;
    // The first sight of a recorded file ties it to ours; from then on they must go together.
    if (!replay.uuids.has(their.uuid)) replay.uuids.set(their.uuid, position.uuid);
    return { seq: position.seq, uuid: replay.uuids.get(their.uuid) === position.uuid ? their.uuid : "another file" };
  });
  return [own, theirs === null ? recorded : [...theirs]];
}

function updateSeq(body: unknown): string | null {
  if (typeof body !== "object" || body === null || !("update_seq" in body)) return null;
  return typeof body.update_seq === "string" ? body.update_seq : null;
}

const drawn = new Set(["ref", "uuid"]);

/** A JSON value with what is drawn or measured replaced, and its seqs compared. */
function settled(replay: Replay, value: unknown, found: string[], recorded = false): unknown {
  if (Array.isArray(value)) return value.map((item) => settled(replay, item, found, recorded));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      if (drawn.has(name)) return [name, typeof inner];
      if (name === "update_seq" || name === "purge_seq")
        return [name, typeof inner === "string" ? inner.split("-")[0] : inner];
      if (name === "sizes") return [name, Object.keys(inner as object)];
      if (name === "instance_start_time") return [name, replay.sameTime(String(inner), recorded)];
      if (name === "id" && typeof inner === "string" && /^[0-9a-f]{32}$/.test(inner)) return [name, "drawn"];
      return [name, settled(replay, inner, found, recorded)];
    }),
  );
}

function header(name: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (name === "etag") return /^"\d+-[0-9a-f]{32}"$/.test(value) ? value : '"opaque"';
  if (name === "location") return value.replace(/^https?:\/\/[^/]+/, "");
  if (name === "content-type") return value.replace(/boundary=".*"/, "boundary");
  return value
    .replace(/AuthSession=[^;]+/, "AuthSession=…")
    .replace(/Expires=\w{3}, \d\d-\w{3}-\d{4} [\d:]{8} GMT/, "Expires");
}

function withoutBoundary(text: string, boundary: string | undefined): string {
  return boundary === undefined ? text : text.replaceAll(boundary, "BOUNDARY");
}

function short(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value ?? "nothing");
  return text.length > 600 ? `${text.slice(0, 600)}…` : text;
}
