/// <reference types="electron-vite/node" />
import createWorker from "./argon2Worker?nodeWorker";
import { hashInThread } from "./hashInThread";
import type { PassphraseHash } from "./passphraseHash";

/** Argon2id as the app runs it. Imported by the composition alone: only the bundler knows where the thread's code lies. */
export const passphraseHash: PassphraseHash = hashInThread(() => createWorker({}));
