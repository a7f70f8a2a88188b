import { parentPort } from "node:worker_threads";
import { argon2Key } from "./argon2Key";
import type { HashRequest } from "./hashInThread";

/** A thread of its own for one key: the memory that was filled goes with it. */
parentPort?.once("message", ({ secret, salt, cost }: HashRequest) => {
  void argon2Key(secret, salt, cost).then((key) => {
    secret.fill(0);
    parentPort?.postMessage(key);
    key.fill(0);
  });
});
