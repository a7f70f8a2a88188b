import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openLog } from "../../../src-main/log/log";
import { tailOfLog } from "../../../src-main/log/logTail";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "qiao-log-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** The last lines, as they would be handed to a helper. */
const tail = (lines: number, home = "/home/nobody"): Promise<readonly string[]> => tailOfLog(folder, lines, home);

describe("the end of the log", () => {
  it("is nothing when there is no log", async () => {
    expect(await tail(10)).toEqual([]);
  });

  it("is the last lines, oldest first", async () => {
    const log = openLog(folder, () => new Date("2026-03-02T06:50:00Z"));
    for (const event of ["one", "two", "three"]) log.info(event);
    expect((await tail(2)).map((line) => (JSON.parse(line) as { event: string }).event)).toEqual(["two", "three"]);
  });

  it("goes back before a change of files", async () => {
    await writeFile(path.join(folder, "main.old.log"), "a\nb\n");
    await writeFile(path.join(folder, "main.log"), "c\n");
    expect(await tail(2)).toEqual(["b", "c"]);
  });

  it("holds whole lines only, however long the log is", async () => {
    const line = `{"event":"${"x".repeat(1_000)}"}`;
    await writeFile(path.join(folder, "main.log"), `${line}\n`.repeat(400));
    const found = await tail(1_000);
    expect(found.length).toBeGreaterThan(100);
    expect(new Set(found)).toEqual(new Set([line]));
  });

  it.each([
    ["/home/anna.weber", "at load (file:///home/anna.weber/qiao/main.js:3:5)"],
    ["/home/单 磊", `at load (file://${encodeURI("/home/单 磊")}/main.js:3:5)`],
    [String.raw`C:\Users\Anna Weber`, String.raw`at load (C:\Users\Anna Weber\AppData\qiao\main.js:3:5)`],
    [String.raw`C:\Users\Anna Weber`, "at load (file:///C:/Users/Anna%20Weber/AppData/qiao/main.js:3:5)"],
  ])("does not name the person's own folder %s", async (home, frame) => {
    const log = openLog(folder, () => new Date("2026-03-02T06:50:00Z"));
    const error = new Error("secret text");
    error.stack = `Error: secret text\n    ${frame}`;
    log.error("start failed", error);
    const [line = ""] = await tail(10, home);
    expect(line).toContain("main.js:3:5");
    expect(line).toContain("~");
    expect(line).not.toMatch(/anna|weber|单|%E5|secret/i);
  });
});
