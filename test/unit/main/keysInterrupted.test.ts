import type * as FsPromises from "node:fs/promises";
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { KeyHolder } from "../../../src-main/keys/keyHolder";
import { failingDisk, type Fault } from "../../support/failingDisk";
import { keyHolderOf, keyOf, resetKeychain, withoutKeychain } from "../../support/keyHolderOf";

vi.mock("node:fs/promises", async (real) => {
  const { failingPromises } = await import("../../support/failingDisk");
  return failingPromises(await real<typeof FsPromises>());
});

const horse = "correct horse";
const battery = "battery staple";
const faults: readonly Fault[] = ["killed", "refused", "full"];

let prepared: string;
let folder: string;
beforeEach(async () => {
  prepared = await mkdtemp(path.join(tmpdir(), "qiao-keys-before-"));
  folder = path.join(prepared, "..", `${path.basename(prepared)}-run`);
});
afterEach(async () => {
  failingDisk.heal();
  await rm(prepared, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
});

const succeeded = ({ ok }: { readonly ok: boolean }): boolean => ok;
/** Makes the kit and keeps its words for when it is tried. */
let words = "";
const makesKit = async (holder: KeyHolder): Promise<boolean> => {
  const made = await holder.makeKit();
  if (made.ok) words = made.value.words;
  return made.ok;
};

interface Story {
  readonly what: string;
  readonly before: () => Promise<unknown>;
  /** In `folder`, a copy of what `before` left; whether it says that it was done. */
  readonly change: (holder: KeyHolder) => Promise<boolean>;
  readonly start?: () => Promise<KeyHolder>;
  /** Opens `folder` as a person would who knows whether the change was said to be done; answers the root key's mark. */
  readonly opens: (wasDone: boolean) => Promise<string | undefined>;
}

const begunWith = async (passphrase: string): Promise<KeyHolder> => {
  const holder = await keyHolderOf(prepared, { keychain: withoutKeychain });
  await holder.begin(passphrase);
  return holder;
};
const unlocked = async (passphrase: string): Promise<KeyHolder> => {
  const holder = await keyHolderOf(folder);
  if (holder.state().kind === "locked") await holder.unlock(passphrase);
  return holder;
};
/** Of what was not said to be done both outcomes are fair, and whatever was typed last may be the one that counts. */
const openedByEither = async (wasDone: boolean, present: string, former: string): Promise<string | undefined> => {
  const holder = await keyHolderOf(folder);
  if (holder.state().kind !== "locked") return keyOf(holder);
  const opened = await holder.unlock(present);
  if (opened.ok || wasDone) return keyOf(holder);
  const later = await keyHolderOf(folder, { now: () => new Date(Date.now() + 60_000) });
  await later.unlock(former);
  return keyOf(later);
};

const stories: readonly Story[] = [
  {
    what: "setting a passphrase",
    before: () => keyHolderOf(prepared),
    change: (holder) => holder.setPassphrase({ current: null, next: horse, unprotected: false }).then(succeeded),
    opens: (wasDone) => openedByEither(wasDone, horse, horse),
  },
  {
    what: "changing the passphrase",
    before: () => begunWith(horse),
    start: () => unlocked(horse),
    change: (holder) => holder.setPassphrase({ current: horse, next: battery, unprotected: false }).then(succeeded),
    opens: (wasDone) => openedByEither(wasDone, battery, horse),
  },
  {
    what: "removing the passphrase",
    before: () => begunWith(horse),
    start: () => unlocked(horse),
    change: (holder) => holder.setPassphrase({ current: horse, next: null, unprotected: false }).then(succeeded),
    opens: (wasDone) => (wasDone ? keyHolderOf(folder).then(keyOf) : openedByEither(false, horse, horse)),
  },
  {
    what: "a wrong passphrase",
    before: () => begunWith(horse),
    change: (holder) => holder.unlock("wrong guess").then(() => false),
    opens: async () => {
      const holder = await keyHolderOf(folder, { now: () => new Date(Date.now() + 60_000) });
      await holder.unlock(horse);
      return keyOf(holder);
    },
  },
  {
    what: "making a recovery kit",
    before: () => keyHolderOf(prepared),
    change: makesKit,
    opens: async (wasDone) => {
      if (!wasDone) return keyOf(await keyHolderOf(folder));
      const sealed = await keyHolderOf(folder, { keychain: resetKeychain });
      await sealed.recover(words, null);
      return keyOf(sealed);
    },
  },
  {
    what: "recovering by the kit",
    before: async () => {
      const holder = await keyHolderOf(prepared, { keychain: resetKeychain });
      await makesKit(holder);
    },
    change: (holder) => holder.recover(words, horse).then(succeeded),
    opens: async (wasDone) => {
      const holder = await keyHolderOf(folder);
      if (holder.state().kind === "locked") await holder.unlock(horse);
      else if (!wasDone) await holder.recover(words, null);
      return keyOf(holder);
    },
  },
  {
    what: "renewing the store",
    before: () => keyHolderOf(prepared),
    change: (holder) => (holder.keys()?.renewStore() ?? Promise.reject(new Error("not open"))).then(() => true),
    opens: () => keyHolderOf(folder).then(keyOf),
  },
  {
    what: "beginning to change the root key",
    before: () => keyHolderOf(prepared),
    change: (holder) => holder.beginRotation(null).then(succeeded),
    opens: () => keyHolderOf(folder).then(keyOf),
  },
];

/** Runs the story with the disk failing at each of its steps in turn, and answers at how many it did. */
async function atEachStep(story: Story, fault: Fault): Promise<number> {
  await story.before();
  await cp(prepared, folder, { recursive: true });
  const untouched = await (story.start ?? ((): Promise<KeyHolder> => keyHolderOf(folder)))();
  const key = keyOf(untouched) ?? (await story.opens(false));
  expect(key).toMatch(/^[0-9a-f]{64}$/);
  for (let step = 1; ; step += 1) {
    await rm(folder, { recursive: true });
    await cp(prepared, folder, { recursive: true });
    const holder = await (story.start ?? ((): Promise<KeyHolder> => keyHolderOf(folder)))();
    failingDisk.failFrom(step, fault);
    const wasDone = await story.change(holder).catch(() => false);
    const wasReached = failingDisk.heal();
    expect([step, await story.opens(wasDone)]).toEqual([step, key]);
    if (!wasReached) return step - 1;
  }
}

describe.each(faults)("a disk that is %s at any step", (fault) => {
  it.each(stories.map((story) => [story.what, story] as const))(
    "of %s leaves the notebook openable",
    async (_what, story) => {
      const steps = await atEachStep(story, fault);
      expect(steps).toBeGreaterThan(fault === "full" ? 1 : 5);
    },
  );
});

describe("a new notebook", () => {
  it.each(faults)("whose disk is %s at any step is begun or not begun, never half", async (fault) => {
    for (let step = 1; ; step += 1) {
      await rm(folder, { recursive: true, force: true });
      failingDisk.failFrom(step, fault);
      const first = await keyHolderOf(folder).catch(() => null);
      const key = first && keyOf(first);
      const wasReached = failingDisk.heal();
      const next = await keyHolderOf(folder);
      expect(next.state()).toMatchObject({ kind: "open", protection: "keychain" });
      if (key) expect(keyOf(next)).toBe(key);
      if (!wasReached) return;
    }
  });
});

describe("what is on its way out", () => {
  it("is not left behind in a draft by a kill", async () => {
    await begunWith(horse);
    for (let step = 1; ; step += 1) {
      await rm(folder, { recursive: true, force: true });
      await cp(prepared, folder, { recursive: true });
      const holder = await unlocked(horse);
      failingDisk.failFrom(step, "killed");
      const removed = await holder.setPassphrase({ current: horse, next: null, unprotected: false });
      const wasReached = failingDisk.heal();
      const again = await keyHolderOf(folder);
      // Either it is removed, or there is no way around the passphrase.
      const draft = await readFile(path.join(folder, "notebook", "keyring.json.new"), "utf8").catch(() => null);
      expect(draft).toBeNull();
      if (again.state().kind === "locked") expect(removed.ok).toBe(false);
      if (!wasReached) return;
    }
  });
});
