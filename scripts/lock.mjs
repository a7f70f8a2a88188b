import { mkdirSync, rmSync, statSync, utimesSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";

const heartbeat = 2_000;
const abandonedAfter = 20_000;

/** @param {string} folder */
function isAbandoned(folder) {
  try {
    return Date.now() - statSync(folder).mtimeMs > abandonedAfter;
  } catch {
    return false;
  }
}

/** @param {string} folder */
function tryTake(folder) {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "EEXIST") return false;
    throw error;
  }
}

/**
 * Runs `work` while no other process does work under the same lock, a folder whose time is kept fresh. It only spares
 * doing the same work twice: process ids say nothing across containers, so a lock that went stale is taken over, and
 * what is built under it must appear by one rename.
 *
 * @template Value
 * @param {string} folder
 * @param {() => Promise<Value>} work
 * @returns {Promise<Value>}
 */
export async function withLock(folder, work) {
  while (!tryTake(folder)) {
    if (isAbandoned(folder)) rmSync(folder, { recursive: true, force: true });
    else await wait(250);
  }
  const beat = setInterval(() => {
    const now = new Date();
    try {
      utimesSync(folder, now, now);
    } catch {
      // Taken over by another process after this one was stopped for a while; its result is the same.
    }
  }, heartbeat);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    rmSync(folder, { recursive: true, force: true });
  }
}
