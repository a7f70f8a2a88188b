import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";

/** A disk of its own size, to be filled up or made read-only. */
export interface SmallDisk {
  readonly folder: string;
  setWritable(writable: boolean): Promise<void>;
  dispose(): Promise<void>;
}

/**
 * Mounts a disk of `kilobytes` in a namespace of its own, which needs no rights on most Linux systems, and reaches it
 * through the process that holds the namespace. Rejects where the system does not allow that: a test of a full disk
 * must not pass without one.
 */
export async function mountSmallDisk(kilobytes: number): Promise<SmallDisk> {
  const mountPoint = await mkdtemp(path.join(tmpdir(), "qiao-small-disk-"));
  const script = `mount -t tmpfs -o size=${kilobytes}k qiao '${mountPoint}' && echo $$ && while read -r mode; do
    mount -o "remount,$mode" '${mountPoint}' && echo done; done`;
  const holder = spawn("unshare", ["--user", "--map-root-user", "--mount", "sh", "-c", script], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  let complaints = "";
  holder.stderr.on("data", (chunk: Buffer) => (complaints += chunk.toString()));
  const lines = createInterface({ input: holder.stdout });
  const nextLine = (): Promise<string> =>
    new Promise((resolve, reject) => {
      lines.once("line", resolve);
      lines.once("close", () => reject(new Error(`No small disk on this system: ${complaints}`)));
      holder.once("error", reject);
    });
  const pid = Number(await nextLine());
  return {
    folder: `/proc/${pid}/root${mountPoint}`,
    setWritable: async (writable) => {
      const answered = nextLine();
      holder.stdin.write(writable ? "rw\n" : "ro\n");
      await answered;
    },
    dispose: async () => {
      const ended = new Promise((resolve) => holder.once("exit", resolve));
      holder.stdin.end();
      await ended;
      await rm(mountPoint, { recursive: true, force: true });
    },
  };
}
