import type { Worker } from "node:worker_threads";
import { usualCost, type HashCost, type PassphraseHash } from "./passphraseHash";

/** What the thread is asked; it gets copies. */
export interface HashRequest {
  readonly secret: Uint8Array;
  readonly salt: Uint8Array;
  readonly cost: HashCost;
}

/**
 * Argon2id in a thread that is made for each secret, so that nothing else waits for it. Rejects if the thread fails, as
 * for want of memory.
 */
export function hashInThread(createWorker: () => Worker): PassphraseHash {
  return {
    cost: usualCost,
    derive: async (secret, salt, cost) => {
      const worker = createWorker();
      try {
        return await answerOf(worker, { secret, salt, cost });
      } finally {
        await worker.terminate();
      }
    },
  };
}

function answerOf(worker: Worker, request: HashRequest): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    worker.once("message", (key: Uint8Array) => resolve(Buffer.from(key.buffer, key.byteOffset, key.byteLength)));
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`the thread ended with ${code}`)));
    worker.postMessage(request);
  });
}
