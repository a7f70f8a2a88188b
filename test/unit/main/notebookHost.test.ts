import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { NotebookPorts } from "../../../src-main/ipc/notebookPorts";
import type { NotebookKeys } from "../../../src-main/keys/notebookKeys";
import { NotebookHost } from "../../../src-main/notebook/notebookHost";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "qiao-host-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const quiet = { info: () => undefined, error: () => undefined };

/** A host over one notebook's keys; `open` says whether they are there. */
function host(): { host: NotebookHost; keys: { open: boolean; ledger: string } } {
  const keys = { open: true, ledger: "ledger-1" };
  const made = new NotebookHost({
    keys: () =>
      keys.open
        ? ({
            notebook: "0191d3c0-0000-7000-8000-000000000001",
            ledgerFolder: path.join(folder, keys.ledger),
            derive: () => Buffer.alloc(32, keys.ledger),
          } as unknown as NotebookKeys)
        : null,
    ports: { close: () => undefined } as unknown as NotebookPorts,
    backup: () => null,
    now: () => Date.parse("2026-11-22T08:00:00Z"),
    log: quiet,
    onStoreRenewed: () => undefined,
  });
  return { host: made, keys };
}

describe("the notebook's host", () => {
  it("opens one ledger, however many ask for it at once", async () => {
    const { host: notebook } = host();
    const [first, second, third] = await Promise.all([notebook.ledger(), notebook.ledger(), notebook.ledger()]);
    if (!first.ok || !second.ok || !third.ok) throw new Error("not opened");
    expect(second.value).toBe(first.value);
    expect(third.value).toBe(first.value);
    await notebook.close();
  });

  it("opens it again only when it has let go of it", async () => {
    const { host: notebook } = host();
    const before = await notebook.ledger();
    if (!before.ok) throw new Error("not opened");
    const appended = before.value.append(["typed in the last moment"]);
    const closing = notebook.close();
    const after = await notebook.ledger();
    if (!after.ok) throw new Error("not opened again");
    expect(after.value).not.toBe(before.value);
    expect((await appended).ok).toBe(true);
    const page = await after.value.read(0);
    expect(page.ok && page.value.entries.map(({ entry }) => entry)).toEqual(["typed in the last moment"]);
    expect((await before.value.append(["too late"])).ok).toBe(false);
    await closing;
    await notebook.close();
  });

  it("follows the keys to another ledger", async () => {
    const { host: notebook, keys } = host();
    expect((await notebook.ledger()).ok).toBe(true);
    keys.ledger = "ledger-2";
    expect((await notebook.ledger()).ok).toBe(true);
    expect(await readdir(folder)).toEqual(["ledger-1", "ledger-2"]);
    await notebook.close();
  });

  it("has no ledger while the notebook is locked", async () => {
    const { host: notebook, keys } = host();
    keys.open = false;
    expect(await notebook.ledger()).toEqual({ ok: false, failure: { kind: "ledger-unavailable", detail: "locked" } });
    expect(await readdir(folder)).toEqual([]);
  });
});
