import { present } from "./present";
import type { Replay } from "./replay";

/**
 * The steps that the recordings leave out, by scenario and number of the exchange they come before. They were found
 * from what the recorded answers show: revisions, numbers in seqs, counts.
 */
export type Preparations = Readonly<Record<string, Readonly<Record<number, (replay: Replay) => void>>>>;

const prefix = "meeting:0190f3c2-7a10-7c4e-9b1a-5d2e8f60";
const zeros = "0".repeat(32);
const times = (letter: string): string => letter.repeat(32);

/** The `n`th document of the recordings, as it was first written. */
export function meeting(n: number, more: object = {}, title = "Kick-off", v = 1): object {
  const day = String(((n - 1) % 28) + 2).padStart(2, "0");
  return { _id: idOf(n), ...more, type: "meeting", v, data: { title, on: `2025-03-${day}` } };
}

export function idOf(n: number): string {
  return prefix + n.toString(16).padStart(4, "0");
}

function revOf(replay: Replay, n: number): string {
  const { body } = replay.admin("GET", `/notebook/${idOf(n)}`);
  return (JSON.parse(body as string) as { _rev: string })._rev;
}

function remove(replay: Replay, n: number): void {
  replay.put({ _id: idOf(n), _rev: revOf(replay, n), _deleted: true });
}

function garble(replay: Replay): void {
  replay.cookies.set("wei", "AuthSession=garbled");
}

function session(replay: Replay, seconds: number): void {
  replay.server.settings.sessionTimeout = seconds * 1000;
  replay.signIn("wei");
  replay.signIn("admin");
}

function members(replay: Replay, names: readonly string[]): void {
  const roles = ["_admin"];
  replay.server.setSecurity("notebook", { admins: { names: [], roles }, members: { names, roles: [] } });
}

function validate(document: Readonly<Record<string, unknown>>, old: Readonly<Record<string, unknown>> | null): void {
  if (document["_deleted"] === true && old?.["locked"] === true) throw thrown("forbidden", "locked");
  if (document["v"] === -1) throw thrown("forbidden", "v must not be negative");
  if (document["v"] === -2) throw thrown("unauthorized", "sign in again");
  if (document["v"] === -3) throw thrown("plain", "plain text");
  if (document["v"] === -4) throw new ReferenceError("'nothing' is not defined");
}

/** What a validation function of CouchDB throws: an object with one field, or a mere text. */
function thrown(kind: "forbidden" | "unauthorized" | "plain", text: string): Error {
  return Object.assign(new Error(text), { [kind]: text });
}

export const preparations: Preparations = {
  "01": {
    8: garble,
    10: (replay) => replay.cookies.set("wei", "AuthSession="),
    11: (replay) => {
      replay.signIn("wei");
      const cookie = present(replay.cookies.get("wei"));
      replay.cookies.set("wei", cookie.slice(0, -1) + (cookie.endsWith("0") ? "4" : "0"));
    },
    12: garble,
    13: (replay) => replay.signIn("wei"),
    15: (replay) => {
      session(replay, 4);
      replay.scheduler.advance(1500);
    },
    17: (replay) => replay.scheduler.advance(5000),
    22: (replay) => {
      replay.signIn("wei");
      replay.server.setUser("wei", "changed");
    },
    24: (replay) => {
      replay.server.setUser("wei", "pw");
      session(replay, 600);
    },
  },
  "04": {
    0: (replay) => {
      for (let n = 1; n <= 7; n++) replay.put(meeting(n));
    },
    9: (replay) => {
      replay.put(meeting(1, { _rev: revOf(replay, 1) }, "Moved", 2));
      remove(replay, 2);
      replay.graft(meeting(3, { _rev: `1-${times("b")}` }, "Branch"));
      replay.put({ _id: "_design/notebook", validate_doc_update: "function(n,o,u){}" });
    },
    45: (replay) =>
      replay.put({
        ...meeting(0x14, {}, "With a file"),
        _attachments: { "note.txt": { content_type: "text/plain", data: "aGVsbG8=" } },
      }),
    57: (replay) => (replay.meanwhile = [{ after: 1809, act: () => replay.put(meeting(0x1e)) }]),
    58: (replay) => (replay.meanwhile = [{ after: 1704, act: () => replay.put(meeting(0x1f)) }]),
    59: (replay) =>
      (replay.meanwhile = [{ after: 1007, act: () => replay.put(meeting(0x20), meeting(0x21), meeting(0x22)) }]),
    60: (replay) => (replay.meanwhile = [{ after: 500, act: () => void replay.admin("PUT", "/notebook/_local/x") }]),
    61: (replay) => (replay.meanwhile = [{ after: 606, act: () => replay.put(meeting(0x23)) }]),
    62: (replay) => {
      session(replay, 3);
      const act = (): void => {
        replay.signIn("admin");
        replay.put(meeting(0x24));
      };
      replay.meanwhile = [{ after: 4505, act }];
    },
    63: (replay) => {
      session(replay, 600);
      replay.meanwhile = [
        { after: 800, act: () => members(replay, ["mei"]) },
        { after: 1606, act: () => replay.put(meeting(0x25)) },
      ];
    },
    65: (replay) => {
      members(replay, ["wei"]);
      replay.meanwhile = [{ after: 1205, act: () => replay.server.deleteDatabase("notebook") }];
    },
    67: (replay) => {
      replay.server.createDatabase("notebook", ["wei"]);
      replay.put(meeting(1), meeting(2));
    },
  },
  "05": {
    0: (replay) => {
      replay.put(meeting(1), meeting(2), meeting(3), meeting(4), meeting(5));
      remove(replay, 2);
      replay.graft(
        meeting(3, { _rev: `1-${times("b")}` }, "Branch b"),
        meeting(3, { _revisions: { start: 2, ids: [times("a"), times("b")] } }, "Branch a", 2),
        meeting(3, { _rev: `1-${times("c")}` }, "Branch c"),
      );
    },
    45: (replay) => replay.graft(meeting(5, { _rev: `1-${times("e")}` }, "Branch z", 2)),
    50: (replay) => {
      replay.put(meeting(6));
      replay.graft(meeting(6, { _rev: `1-${zeros}` }, "Other leaf"));
    },
  },
  "06": {
    0: (replay) => replay.server.setValidations("notebook", [validate]),
    34: (replay) => (replay.nextBody = bytes('{"docs":[{"_id":"u1","t":"', [0xff, 0xfe], '"}]}')),
    38: (replay) => (replay.nextBody = nested(100)),
    40: (replay) => (replay.nextBody = nested(1000)),
    42: (replay) => (replay.nextBody = nested(10_000)),
    44: (replay) => (replay.nextBody = nested(100_000)),
    48: (replay) => (replay.nextBody = bytes('{"docs":[{"_id":"sur3","t":"a', [0xed, 0xa0, 0x80], 'b"}]}')),
    55: (replay) => (replay.nextBody = bytes('{"docs":[{"_id":"nul2","t":"a', [0], 'b"}]}')),
    67: (replay) => (replay.server.settings.maxDocumentSize = 1500),
    75: (replay) => {
      replay.server.settings.maxDocumentSize = 8_000_000;
      replay.server.settings.maxRequestSize = 3000;
    },
    78: (replay) => (replay.nextBody = `{"docs":[{"_id":"x","t":"${"y".repeat(2_999_971)}"}]}`),
    79: (replay) => (replay.server.settings.maxRequestSize = 4_294_967_296),
  },
  "08": {
    13: (replay) => {
      for (let v = 3; v <= 7; v++) replay.put(meeting(1, { _rev: revOf(replay, 1) }, `Edit ${v}`, v));
    },
  },
  "09": {
    4: (replay) => {
      replay.scheduler.advance(1000);
      replay.server.recreateDatabase("notebook");
    },
    11: (replay) => {
      replay.scheduler.advance(1000);
      replay.server.recreateDatabase("notebook");
      replay.put(meeting(1), meeting(2), meeting(3));
    },
    12: (replay) => replay.server.recreateDatabase("notebook"),
    13: (replay) => replay.put(meeting(4)),
    14: (replay) => {
      replay.server.recreateDatabase("notebook");
      replay.put(meeting(1), meeting(2));
    },
    16: (replay) => {
      replay.server.stop();
      replay.server.start();
    },
    18: (replay) => replay.copyFiles(),
    21: (replay) => replay.restoreFiles(),
  },
};

function nested(levels: number): string {
  return `{"docs":[{"_id":"nest${levels}","d":${"[".repeat(levels)}${"]".repeat(levels)}}]}`;
}

function bytes(before: string, between: readonly number[], after: string): Uint8Array {
  const encoder = new TextEncoder();
  return Uint8Array.from([...encoder.encode(before), ...between, ...encoder.encode(after)]);
}
