import { PORTS_MESSAGE } from "../../../src-main/shared/portsMessage";
import { connect } from "../../../src-main/shared/rpc";
import { wireOf } from "../../../src-renderer/ports/wires";
import { benchContract, type BenchContract } from "./benchContract";
import { watchBlocks } from "./blocks";

/** The page of the measuring app: hands the ledger's port to the worker and passes questions on. */

declare global {
  interface Window {
    /** Asks the worker, and says for how long the page itself was blocked meanwhile. */
    ask(
      name: keyof BenchContract["requests"],
      args: object,
    ): Promise<{ readonly answer: unknown; readonly pageBlock: number }>;
  }
}

const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "notebook" });
window.addEventListener("message", (message: MessageEvent<unknown>) => {
  if (message.data === PORTS_MESSAGE) worker.postMessage(PORTS_MESSAGE, [...message.ports]);
});
worker.addEventListener("error", (event) => {
  console.error(event.message);
});
const client = connect(wireOf(worker), benchContract);

window.ask = async (name, args) => {
  const blocks = watchBlocks();
  const answer: unknown = await client.request(name, args as never);
  return { answer, pageBlock: blocks.longest() };
};
