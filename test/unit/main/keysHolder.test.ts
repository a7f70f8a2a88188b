import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type KeyHolder } from "../../../src-main/keys/keyHolder";
import type { KeysState } from "../../../src-main/shared/keys";
import { keyHolderOf, keyOf, resetKeychain, withoutKeychain } from "../../support/keyHolderOf";
import { testKeychain } from "../../support/testKeychain";

const done = { ok: true, value: null };
const failed = (kind: string, more = {}): unknown => ({ ok: false, failure: { kind, ...more } });
const horse = "correct horse";
const battery = "battery staple";
const kitOf = async (holder: KeyHolder): Promise<string> => {
  const made = await holder.makeKit();
  if (!made.ok) throw new Error(made.failure.kind);
  return made.value.words;
};
const someWords = "legal winner thank year wave sausage worth useful legal winner thank yellow";

let folder: string;
const keyringFile = (): string => path.join(folder, "notebook", "keyring.json");
const keyringText = (): Promise<string> => readFile(keyringFile(), "utf8");

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "qiao-keys-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** A clock for pauses and one of the computer, both moved by hand. */
function clocks(): { now: () => Date; ticks: () => number; pass: (ms: number) => void; set: (ms: number) => void } {
  let wall = Date.parse("2026-03-02T06:50:00Z");
  let steady = 0;
  return {
    now: () => new Date(wall),
    ticks: () => steady,
    pass: (ms) => {
      wall += ms;
      steady += ms;
    },
    set: (ms) => (wall += ms),
  };
}

describe("a new notebook", () => {
  it("is sealed by the keychain without a question, and opens by it again", async () => {
    const first = await keyHolderOf(folder);
    expect(first.state()).toEqual({ kind: "open", protection: "keychain", kit: null, keychain: true, rotation: null });
    const again = await keyHolderOf(folder);
    expect([keyOf(again), again.keys()?.notebook]).toEqual([keyOf(first), first.keys()?.notebook]);
    expect(first.keys()?.portable()).toEqual([]);
  });

  it("writes nothing where there is no keychain until that is decided", async () => {
    const holder = await keyHolderOf(folder, { keychain: withoutKeychain });
    expect([holder.state(), holder.keys()]).toEqual([{ kind: "undecided" }, null]);
    expect(await readdir(folder)).toEqual([]);
  });

  it("is asked for a decision where the keychain does not give back what it was given", async () => {
    const forgetful = { ...testKeychain(), reveal: () => Promise.resolve(null) };
    const refusing = { ...testKeychain(), protect: () => Promise.reject(new Error("locked")) };
    for (const keychain of [forgetful, refusing]) {
      expect((await keyHolderOf(folder, { keychain })).state()).toEqual({ kind: "undecided" });
    }
  });

  it("opens by the chosen passphrase alone", async () => {
    const first = await keyHolderOf(folder, { keychain: withoutKeychain });
    expect(await first.begin(horse)).toEqual(done);
    expect(first.state()).toMatchObject({ kind: "open", protection: "passphrase", keychain: false });
    const again = await keyHolderOf(folder);
    expect([again.state(), again.keys()]).toEqual([{ kind: "locked", kit: false }, null]);
    expect(await again.unlock(horse)).toEqual(done);
    expect(keyOf(again)).toBe(keyOf(first));
    expect(JSON.parse(await keyringText())).toMatchObject({ wraps: { passphrase: { kind: "passphrase" } } });
    expect(await keyringText()).not.toContain("keychain");
  });

  it("opens by itself where that was decided", async () => {
    const first = await keyHolderOf(folder, { keychain: withoutKeychain });
    expect(await first.begin(null)).toEqual(done);
    const again = await keyHolderOf(folder, { keychain: withoutKeychain });
    expect(again.state()).toMatchObject({ kind: "open", protection: "none" });
    expect(keyOf(again)).toBe(keyOf(first));
  });

  it("is not begun twice, nor by a passphrase that is too short", async () => {
    const holder = await keyHolderOf(folder, { keychain: withoutKeychain });
    expect(await holder.begin("seven 7")).toEqual(failed("too-short", { limit: 8 }));
    expect(await holder.begin("密码密码")).toEqual(failed("too-short", { limit: 8 }));
    expect(await holder.begin("😀😀😀😀")).toEqual(failed("too-short", { limit: 8 }));
    const both = await Promise.all([holder.begin(horse), holder.begin(null)]);
    expect(both).toEqual([done, failed("not-now")]);
  });

  it("runs in the place that its window had before it was begun, even if Chromium made that", async () => {
    await mkdir(path.join(folder, "Partitions", "store-3"), { recursive: true });
    const holder = await keyHolderOf(folder, { keychain: withoutKeychain });
    const before = holder.partition();
    await mkdir(path.join(folder, "Partitions", "store-4"));
    await holder.begin(null);
    expect([before, holder.partition(), holder.keys()?.partition]).toEqual(Array(3).fill("persist:store-4"));
  });

  it("is not begun beside a ledger whose keys are missing", async () => {
    await mkdir(path.join(folder, "notebook", "ledger-1"), { recursive: true });
    expect((await keyHolderOf(folder)).state()).toMatchObject({ kind: "open" });
    await rm(keyringFile());
    await writeFile(path.join(folder, "notebook", "ledger-1", "0.segment"), "sealed");
    expect((await keyHolderOf(folder)).state()).toEqual({ kind: "damaged", detail: "missing" });
  });
});

describe("a passphrase", () => {
  it("takes the place of the keychain, whose wrap goes", async () => {
    const holder = await keyHolderOf(folder);
    const key = keyOf(holder);
    expect(await holder.setPassphrase({ current: null, next: horse, unprotected: false })).toEqual(done);
    expect(holder.state()).toMatchObject({ protection: "passphrase", keychain: true });
    expect(await keyringText()).not.toContain("keychain");
    const again = await keyHolderOf(folder);
    expect(again.state()).toEqual({ kind: "locked", kit: false });
    await again.unlock(horse);
    expect(keyOf(again)).toBe(key);
  });

  it("is changed only by who knows it, and the former one opens nothing", async () => {
    const time = clocks();
    const holder = await keyHolderOf(folder, time);
    await holder.setPassphrase({ current: null, next: horse, unprotected: false });
    const wrong = await holder.setPassphrase({ current: "correct house", next: battery, unprotected: false });
    expect(wrong).toEqual(failed("wrong-passphrase", { waitMs: 1_000 }));
    expect(await holder.setPassphrase({ current: null, next: battery, unprotected: false })).toEqual(failed("not-now"));
    time.pass(1_000);
    expect(await holder.setPassphrase({ current: horse, next: battery, unprotected: false })).toEqual(done);
    await holder.lock();
    expect(await holder.unlock(horse)).toEqual(failed("wrong-passphrase", { waitMs: 1_000 }));
    time.pass(1_000);
    expect(await holder.unlock("")).toEqual(failed("wrong-passphrase", { waitMs: 2_000 }));
    time.pass(2_000);
    expect(await holder.unlock(battery)).toEqual(done);
  });

  it("is removed for the keychain, which then opens the notebook", async () => {
    const holder = await keyHolderOf(folder);
    await holder.setPassphrase({ current: null, next: horse, unprotected: false });
    expect(await holder.setPassphrase({ current: horse, next: null, unprotected: false })).toEqual(done);
    expect((await keyHolderOf(folder)).state()).toMatchObject({ kind: "open", protection: "keychain" });
  });

  it("is removed without a keychain only if that is said", async () => {
    const holder = await keyHolderOf(folder, { keychain: withoutKeychain });
    await holder.begin(horse);
    const removed = (unprotected: boolean): Promise<unknown> =>
      holder.setPassphrase({ current: horse, next: null, unprotected });
    expect(await removed(false)).toEqual(failed("no-keychain"));
    expect(holder.state()).toMatchObject({ protection: "passphrase" });
    expect(await removed(true)).toEqual(done);
    expect(holder.state()).toMatchObject({ protection: "none" });
  });

  it("is not asked for where there is none", async () => {
    const holder = await keyHolderOf(folder);
    expect(await holder.setPassphrase({ current: horse, next: battery, unprotected: false })).toEqual(
      failed("not-now"),
    );
    expect(await holder.setPassphrase({ current: null, next: "short", unprotected: false })).toEqual(
      failed("too-short", { limit: 8 }),
    );
  });

  it("is the same whichever system composed its letters and whatever width they have", async () => {
    const holder = await keyHolderOf(folder);
    await holder.setPassphrase({ current: null, next: "Zu\u0308rich 2026 桥", unprotected: false });
    await holder.lock();
    expect(await holder.unlock("Ｚürich\u3000２０２６ 桥")).toEqual(done);
  });

  it("locks the notebook, whose keys are then gone", async () => {
    const holder = await keyHolderOf(folder);
    expect(await holder.lock()).toEqual(failed("not-now"));
    await holder.setPassphrase({ current: null, next: horse, unprotected: false });
    const keys = holder.keys();
    expect(await holder.lock()).toEqual(done);
    expect(holder.keys()).toBeNull();
    expect(() => keys?.derive("store")).toThrow("dropped");
    expect(await holder.lock()).toEqual(failed("not-now"));
    expect(await holder.makeKit()).toEqual(failed("not-now"));
    expect(await holder.setPassphrase({ current: horse, next: null, unprotected: false })).toEqual(failed("not-now"));
  });
});

describe("wrong secrets", () => {
  it("slow down, to half a minute at most, and never lock out", async () => {
    const time = clocks();
    const holder = await keyHolderOf(folder, time);
    await holder.setPassphrase({ current: null, next: horse, unprotected: false });
    await holder.lock();
    for (const waitMs of [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
      expect(await holder.unlock("wrong guess")).toEqual(failed("wrong-passphrase", { waitMs }));
      time.pass(waitMs - 1);
      expect(await holder.unlock(horse)).toEqual(failed("too-soon", { waitMs: 1 }));
      time.pass(1);
    }
    expect(await holder.unlock(horse)).toEqual(done);
    await holder.lock();
    expect(await holder.unlock("wrong guess")).toEqual(failed("wrong-passphrase", { waitMs: 1_000 }));
  });

  it("are looked at one by one, however many come at once", async () => {
    const time = clocks();
    const holder = await keyHolderOf(folder, time);
    await holder.setPassphrase({ current: null, next: horse, unprotected: false });
    await holder.lock();
    const answers = await Promise.all(["guess one", "guess two", horse].map((guess) => holder.unlock(guess)));
    expect(answers).toEqual([
      failed("wrong-passphrase", { waitMs: 1_000 }),
      failed("too-soon", { waitMs: 1_000 }),
      failed("too-soon", { waitMs: 1_000 }),
    ]);
  });

  /** Four wrong ones, then the program begins anew after the clock was moved: how long the next must wait. */
  const waitAfterRestart = async (moved: number): Promise<{ waits: readonly number[]; opens: unknown }> => {
    const time = clocks();
    const first = await keyHolderOf(folder, time);
    await first.setPassphrase({ current: null, next: horse, unprotected: false });
    await first.lock();
    for (const waitMs of [1_000, 2_000, 4_000, 8_000]) {
      await first.unlock("wrong guess");
      if (waitMs < 8_000) time.pass(waitMs);
    }
    time.set(moved);
    const again = await keyHolderOf(folder, time);
    const waits: number[] = [];
    let opens = await again.unlock(horse);
    while (!opens.ok && opens.failure.kind === "too-soon" && waits.length < 5) {
      waits.push(opens.failure.waitMs);
      time.pass(opens.failure.waitMs);
      opens = await again.unlock(horse);
    }
    return { waits, opens };
  };

  it.each([
    ["at once", 0, [8_000]],
    ["after five seconds", 5_000, [3_000]],
    ["with the clock put forward a year", 365 * 86_400_000, []],
    ["with the clock put back a year", -365 * 86_400_000, [8_000]],
  ])("go on slowing down after a restart %s", async (_when, moved, expected) => {
    expect(await waitAfterRestart(moved)).toEqual({ waits: expected, opens: done });
  });

  it("are forgotten after the right one, also by the next start", async () => {
    const time = clocks();
    const holder = await keyHolderOf(folder, time);
    await holder.setPassphrase({ current: null, next: horse, unprotected: false });
    await holder.lock();
    await holder.unlock("wrong guess");
    expect(await keyringText()).toContain("attempts");
    time.pass(1_000);
    await holder.unlock(horse);
    expect(await keyringText()).not.toContain("attempts");
  });
});

describe("a keychain that does not open the notebook", () => {
  it("leaves it sealed, and as it is", async () => {
    const key = keyOf(await keyHolderOf(folder));
    const before = await keyringText();
    const sealed = await keyHolderOf(folder, { keychain: resetKeychain });
    expect([sealed.state(), sealed.keys()]).toEqual([{ kind: "sealed", kit: false }, null]);
    expect(await sealed.tryKeychain()).toEqual(failed("no-keychain"));
    expect(await sealed.unlock(horse)).toEqual(failed("not-now"));
    expect(await sealed.recover(someWords, null)).toEqual(failed("not-now"));
    expect(await keyringText()).toBe(before);
    expect(keyOf(await keyHolderOf(folder))).toBe(key);
  });

  it("opens it when it is there again", async () => {
    const key = keyOf(await keyHolderOf(folder));
    let isThere = false;
    const usual = testKeychain();
    const keychain = { ...usual, reveal: (text: string) => (isThere ? usual.reveal(text) : Promise.resolve(null)) };
    const holder = await keyHolderOf(folder, { keychain });
    expect(holder.state()).toEqual({ kind: "sealed", kit: false });
    isThere = true;
    expect(await holder.tryKeychain()).toEqual(done);
    expect(keyOf(holder)).toBe(key);
  });

  it("is replaced by the words of a kit, and the notebook sealed by what is there now", async () => {
    const first = await keyHolderOf(folder);
    const words = await kitOf(first);
    const sealed = await keyHolderOf(folder, { keychain: resetKeychain });
    expect(sealed.state()).toEqual({ kind: "sealed", kit: true });
    expect(await sealed.recover(words, null)).toEqual(done);
    expect(keyOf(sealed)).toBe(keyOf(first));
    const again = await keyHolderOf(folder, { keychain: resetKeychain });
    expect(again.state()).toMatchObject({ kind: "open", protection: "keychain" });
    expect((await keyHolderOf(folder)).state()).toEqual({ kind: "sealed", kit: true });
  });
});

describe("a recovery kit", () => {
  it("opens a notebook whose passphrase was forgotten, and gives it another", async () => {
    const holder = await keyHolderOf(folder, { keychain: withoutKeychain });
    await holder.begin(horse);
    const key = keyOf(holder);
    const words = await kitOf(holder);
    await holder.lock();
    expect(holder.state()).toEqual({ kind: "locked", kit: true });
    expect(await holder.recover(words, "short")).toEqual(failed("too-short", { limit: 8 }));
    expect(await holder.recover(words, null)).toEqual(failed("no-keychain"));
    expect(holder.state()).toEqual({ kind: "locked", kit: true });
    expect(await holder.recover(words.toUpperCase(), battery)).toEqual(done);
    expect(keyOf(holder)).toBe(key);
    await holder.lock();
    expect(await holder.unlock(battery)).toEqual(done);
  });

  it("is known with its dates, and travels with backups", async () => {
    const time = clocks();
    const holder = await keyHolderOf(folder, time);
    const words = await kitOf(holder);
    const madeAt = "2026-03-02T06:50:00.000Z";
    expect(holder.state()).toMatchObject({ kit: { madeAt, rehearsedAt: null } });
    expect(holder.keys()?.portable()).toMatchObject([{ kind: "recovery", madeAt }]);
    time.pass(60_000);
    expect(await holder.rehearse(words)).toEqual(done);
    const rehearsed = { kit: { madeAt, rehearsedAt: "2026-03-02T06:51:00.000Z" } };
    expect(holder.state()).toMatchObject(rehearsed);
    expect((await keyHolderOf(folder)).state()).toMatchObject(rehearsed);
  });

  it("says which notebook its words open", async () => {
    const holder = await keyHolderOf(folder);
    expect(await holder.makeKit()).toMatchObject({ ok: true, value: { notebook: holder.keys()?.notebook } });
  });

  it("is void once another was made", async () => {
    const time = clocks();
    const holder = await keyHolderOf(folder, time);
    const former = await kitOf(holder);
    const present = await kitOf(holder);
    expect(former).not.toBe(present);
    expect(await holder.rehearse(former)).toEqual(failed("wrong-words", { waitMs: 1_000 }));
    time.pass(1_000);
    expect(await holder.rehearse(present)).toEqual(done);
  });

  it("outlives a change of passphrase", async () => {
    const holder = await keyHolderOf(folder);
    const words = await kitOf(holder);
    await holder.setPassphrase({ current: null, next: horse, unprotected: false });
    expect(
      holder
        .keys()
        ?.portable()
        .map(({ kind }) => kind),
    ).toEqual(["passphrase", "recovery"]);
    expect(await holder.rehearse(words)).toEqual(done);
  });

  it("says what is wrong with the words, which is no attempt", async () => {
    const holder = await keyHolderOf(folder, clocks());
    expect(await holder.rehearse(someWords)).toEqual(failed("not-now"));
    await kitOf(holder);
    expect(await holder.rehearse("legal winer thank")).toEqual(failed("bad-words", { word: 2 }));
    expect(await holder.rehearse(someWords)).toEqual(failed("wrong-words", { waitMs: 1_000 }));
    expect(await holder.rehearse(someWords)).toMatchObject(failed("too-soon") as object);
    expect(await holder.rehearse("legal winer thank")).toEqual(failed("bad-words", { word: 2 }));
  });
});

describe("the place of a notebook", () => {
  it("is taken at the first start, and stays where nothing is moved", async () => {
    expect((await keyHolderOf(folder)).keys()?.copied).toBe(false);
    expect((await keyHolderOf(folder)).keys()?.copied).toBe(false);
  });

  it("is another after copying, until that is said to be taken", async () => {
    await keyHolderOf(folder);
    const copy = await mkdtemp(path.join(tmpdir(), "qiao-keys-copy-"));
    await cp(folder, copy, { recursive: true });
    const holder = await keyHolderOf(copy);
    expect(holder.keys()?.copied).toBe(true);
    expect((await keyHolderOf(copy)).keys()?.copied).toBe(true);
    await holder.keys()?.placeTaken();
    expect(holder.keys()?.copied).toBe(false);
    expect((await keyHolderOf(copy)).keys()?.copied).toBe(false);
    expect((await keyHolderOf(folder)).keys()?.copied).toBe(false);
    await rm(copy, { recursive: true });
  });

  it("is another after a copy was put where the notebook was", async () => {
    await keyHolderOf(folder);
    await cp(path.join(folder, "notebook"), path.join(folder, "copy"), { recursive: true });
    await rm(path.join(folder, "notebook"), { recursive: true });
    await cp(path.join(folder, "copy"), path.join(folder, "notebook"), { recursive: true });
    expect((await keyHolderOf(folder)).keys()?.copied).toBe(true);
  });
});

describe("the store", () => {
  it("is renewed by a name of its own, and the notebook knows it at once and later", async () => {
    const holder = await keyHolderOf(folder);
    await mkdir(path.join(folder, "Partitions", "store-7"), { recursive: true });
    await holder.keys()?.renewStore();
    expect([holder.keys()?.partition, holder.partition()]).toEqual(["persist:store-8", "persist:store-8"]);
    expect((await keyHolderOf(folder)).keys()?.partition).toBe("persist:store-8");
    expect(holder.keys()?.ledgerFolder).toBe(path.join(folder, "notebook", "ledger-1"));
  });

  it("is not renewed once the notebook is locked", async () => {
    const holder = await keyHolderOf(folder);
    await holder.setPassphrase({ current: null, next: horse, unprotected: false });
    const keys = holder.keys();
    await holder.lock();
    await expect(keys?.renewStore()).rejects.toThrow("not open");
  });
});

describe("a notebook that cannot be opened", () => {
  it("is put aside, whole, and another begins", async () => {
    const former = keyOf(await keyHolderOf(folder));
    await mkdir(path.join(folder, "Partitions", "store-1"), { recursive: true });
    const now = (): Date => new Date("2026-03-02T06:50:00.123Z");
    const sealed = await keyHolderOf(folder, { keychain: resetKeychain, now });
    const keptAs = "notebook.sealed-2026-03-02T06-50-00-123Z";
    expect(await sealed.setAside()).toEqual({ ok: true, value: { keptAs } });
    expect(sealed.state()).toMatchObject({ kind: "open", protection: "keychain" });
    expect(sealed.partition()).toBe("persist:store-2");
    expect(keyOf(sealed)).not.toBe(former);
    await rm(path.join(folder, "notebook"), { recursive: true });
    await cp(path.join(folder, keptAs), path.join(folder, "notebook"), { recursive: true });
    expect(keyOf(await keyHolderOf(folder))).toBe(former);
  });

  it.each(["", "{oops", "null", '{"format":2}', '{"format":1,"wraps":{}}'])(
    "because its keyring reads %j is left as it is, until it is put aside",
    async (text) => {
      await mkdir(path.join(folder, "notebook"));
      await writeFile(keyringFile(), text);
      const holder = await keyHolderOf(folder);
      expect(holder.state().kind).toBe("damaged");
      expect([holder.keys(), holder.partition()]).toEqual([null, "qiao-closed"]);
      const refused = await Promise.all([
        holder.begin(null),
        holder.unlock(horse),
        holder.tryKeychain(),
        holder.recover(someWords, null),
        holder.lock(),
        holder.makeKit(),
        holder.beginRotation(null),
      ]);
      expect(refused).toEqual(refused.map(() => failed("not-now")));
      expect(await keyringText()).toBe(text);
      const aside = await holder.setAside();
      expect(holder.state().kind).toBe("open");
      if (!aside.ok) throw new Error(aside.failure.detail);
      expect(await readFile(path.join(folder, aside.value.keptAs, "keyring.json"), "utf8")).toBe(text);
    },
  );

  it("opens when its keyring was put back and is tried again", async () => {
    const whole = await keyHolderOf(folder);
    const key = keyOf(whole);
    const text = await keyringText();
    await writeFile(keyringFile(), "{oops");
    const holder = await keyHolderOf(folder);
    expect(await holder.tryKeychain()).toEqual(failed("not-now"));
    await writeFile(keyringFile(), text);
    expect((await holder.tryKeychain()).ok).toBe(true);
    expect(keyOf(holder)).toBe(key);
  });

  it("of a newer version is told apart from a broken one", async () => {
    await mkdir(path.join(folder, "notebook"));
    await writeFile(keyringFile(), '{"format":2,"seals":[]}');
    expect((await keyHolderOf(folder)).state()).toEqual({ kind: "damaged", detail: "newer format" });
    await writeFile(keyringFile(), '{"format":1,"notebook":"secret value"}');
    const { detail } = (await keyHolderOf(folder)).state() as KeysState & { kind: "damaged" };
    expect(detail).toMatch(/^fields: notebook, ledger/);
    expect(detail).not.toContain("secret value");
  });

  it("is not what an open one is", async () => {
    const holder = await keyHolderOf(folder);
    expect(await holder.setAside()).toEqual(failed("settings-not-saved", { detail: "not-now" }));
    expect(await readdir(folder)).toEqual(["notebook"]);
  });
});

describe("the state", () => {
  it("is told at every change until that is ended", async () => {
    const holder = await keyHolderOf(folder, { keychain: withoutKeychain });
    const told: string[] = [];
    const stop = holder.onState(({ kind }) => told.push(kind));
    await holder.begin(horse);
    await holder.lock();
    await holder.unlock(horse);
    stop();
    await holder.lock();
    expect(told).toEqual(["open", "locked", "open"]);
  });

  it("keeps what a newer version wrote into the keyring beside it", async () => {
    await keyHolderOf(folder);
    const text = await keyringText();
    await writeFile(keyringFile(), text.replace('"format": 1', '"format": 1, "colour": "red"'));
    const holder = await keyHolderOf(folder);
    await kitOf(holder);
    expect(JSON.parse(await keyringText())).toMatchObject({ colour: "red", kit: { rehearsedAt: null } });
  });
});
