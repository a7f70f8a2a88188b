import { spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { ended, startService } from "./children.mjs";
import { Told } from "./report.mjs";

/**
 * Starts a display that nobody sees, for machines without one, with a number the server itself finds free. It ends
 * with the script or by `stop`.
 *
 * @returns {Promise<{ display: string, stop: () => Promise<void> }>} `display` is a value for DISPLAY
 */
export async function startVirtualDisplay() {
  const args = ["-displayfd", "3", "-screen", "0", "1440x900x24", "-nolisten", "tcp", "-dpi", "96"];
  const server = startService("Xvfb", args, { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const numbers = createInterface({ input: /** @type {import("node:stream").Readable} */ (server.stdio[3]) });
  const end = ended(server);
  const number = await Promise.race([
    /** @type {Promise<string>} */ (new Promise((resolve) => numbers.once("line", resolve))),
    end.then((code) => {
      throw new Told(`Xvfb could not be started (code ${String(code)}).`);
    }),
  ]);
  numbers.close();
  server.unref();
  return {
    display: `:${number}`,
    stop: async () => {
      server.ref();
      server.kill("SIGTERM");
      await end;
    },
  };
}

export function hasDisplay() {
  return process.platform !== "linux" || Boolean(process.env["DISPLAY"] || process.env["WAYLAND_DISPLAY"]);
}

/**
 * Whether Chromium's sandbox works for this user. Root never has one; others need user namespaces, which Ubuntu 24.04
 * refuses to programs it does not know.
 */
export function sandboxObstacle() {
  if (process.platform !== "linux" || process.getuid?.() === 0) return null;
  const probe = spawnSync("unshare", ["--user", "--map-root-user", "true"], { stdio: "ignore" });
  if (probe.error || probe.status === 0) return null;
  return [
    "This system does not let programs of ordinary users make user namespaces, which the sandbox of the app needs.",
    "Until the next start of the computer this allows it:",
    "  sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0 kernel.unprivileged_userns_clone=1",
  ].join("\n");
}
