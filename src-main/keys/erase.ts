import { randomBytes } from "node:crypto";
import { closeSync, existsSync, fstatSync, fsyncSync, openSync, readdirSync, rmSync, writeSync } from "node:fs";
import path from "node:path";
import { KEYRING_NAMES } from "./keyringFile";
import { isOfProfile } from "./profileFiles";
import { ASIDE } from "./setAside";

/** What could not be removed, as names in the profile folder. */
export interface Erased {
  /** Keys are still there: then nothing else was touched, and the notebook is as it was. */
  readonly keys: readonly string[];
  /** Sealed by keys that are gone, or free of content. */
  readonly others: readonly string[];
}

const MARKER = "erasing";

/**
 * Erases the notebook from a profile folder: first its keys, without which all else cannot be read, then the rest. The
 * keys of notebooks that were put aside go as well. `releaseStore` ends what holds files of the store open; Chromium has
 * others open as long as the program runs, so `finishErasing` must take them away at the next start. A marker makes it
 * go on there, after a kill at any step as well.
 */
export async function eraseNotebook(profile: string, releaseStore: () => Promise<void>): Promise<Erased> {
  // A full disk may refuse the marker, but must not keep the keys.
  attempt(() => mark(profile));
  const keys = eraseKeys(profile);
  if (keys.length > 0) {
    attempt(() => unmark(profile));
    return { keys, others: [] };
  }
  attempt(() => mark(profile));
  await releaseStore().catch(() => undefined);
  return { keys, others: removeAll(profile) };
}

/**
 * Ends an erasure that was begun; null where there is none. Must come before Electron is ready, while Chromium has no
 * file open, and before anything of the profile is read. Throws where the marker cannot be removed: a notebook begun
 * then would be erased by the next start.
 */
export function finishErasing(profile: string): Erased | null {
  if (!existsSync(path.join(profile, MARKER))) return null;
  const keys = eraseKeys(profile);
  const others = removeAll(profile);
  unmark(profile);
  return { keys, others };
}

function mark(profile: string): void {
  const handle = openSync(path.join(profile, MARKER), "a", 0o600);
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  syncFolder(profile);
}

function unmark(profile: string): void {
  rmSync(path.join(profile, MARKER), { force: true });
  attempt(() => syncFolder(profile));
}

/** Overwrites and removes, either of which is enough; answers what let neither be done. */
function eraseKeys(profile: string): readonly string[] {
  const notebooks = namesIn(profile).filter((name) => name === "notebook" || name.startsWith(ASIDE));
  return notebooks.flatMap((notebook) => {
    const names = KEYRING_NAMES.map((name) => path.join(notebook, name)).filter((name) =>
      existsSync(path.join(profile, name)),
    );
    const kept = names.filter((name) => {
      const file = path.join(profile, name);
      const isOverwritten = attempt(() => overwrite(file));
      const isRemoved = attempt(() => rmSync(file, { force: true }));
      return !isOverwritten && !isRemoved;
    });
    attempt(() => syncFolder(path.join(profile, notebook)));
    return kept;
  });
}

/** Answers what is still there. */
function removeAll(profile: string): readonly string[] {
  const names = namesIn(profile).filter(isOfProfile);
  for (const name of names) attempt(() => rmSync(path.join(profile, name), { recursive: true, force: true }));
  attempt(() => syncFolder(profile));
  return names.filter((name) => existsSync(path.join(profile, name)));
}

/** In place: a disk that writes elsewhere (flash, copy on write) keeps the old bytes until it needs the room. */
function overwrite(file: string): void {
  const handle = openSync(file, "r+");
  try {
    const { size } = fstatSync(handle);
    writeSync(handle, randomBytes(size), 0, size, 0);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** One step of many, of which each is worth trying whatever became of the others; answers whether it was done. */
function attempt(step: () => void): boolean {
  try {
    step();
    return true;
  } catch {
    return false;
  }
}
