import { session } from "electron";
import type { Fetch } from "./exchange";

/**
 * Chromium's network in a session of its own: system proxy and certificates, no cookies kept by it, nothing on disk.
 * Electron reports an unfollowed redirect as an error; here it is an answer again, as the fetch standard's servers see it.
 */
export function electronFetch(): Fetch {
  const network = session.fromPartition("gateway", { cache: false });
  network.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  return async (url, options) => {
    try {
      return await network.fetch(url, { ...options, bypassCustomProtocolHandlers: true });
    } catch (error) {
      if (error instanceof Error && error.message === "Redirect was cancelled")
        return new Response(null, { status: 302 });
      throw error;
    }
  };
}
