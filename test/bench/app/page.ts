import { PORTS_MESSAGE } from "../../../src-main/shared/portsMessage";
import { connect } from "../../../src-main/shared/rpc";
import { wireOf } from "../../../src-renderer/ports/wires";
import { benchContract } from "./benchContract";
import { answerQuestions } from "./questions";

/** The page of the measuring app: hands the ledger's port to the worker and passes questions on. */

const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "notebook" });
window.addEventListener("message", (message: MessageEvent<unknown>) => {
  if (message.data === PORTS_MESSAGE) worker.postMessage(PORTS_MESSAGE, [...message.ports]);
});
worker.addEventListener("error", (event) => {
  console.error(event.message);
});
const client = connect(wireOf(worker), benchContract);

answerQuestions((name, args) => client.request(name as never, args as never));
