import { PORTS_MESSAGE } from "../../../src-main/shared/portsMessage";
import { connect, type Client } from "../../../src-main/shared/rpc";
import { wireOf } from "../../../src-renderer/ports/wires";
import { answerQuestions } from "../app/questions";
import { ourContract, peerContract, type PeerContract } from "./syncContract";

/** The page of the measuring app: hands main's ports to our worker; the peers' worker is started when it is asked. */

const worker = watched(new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "notebook" }));
window.addEventListener("message", (message: MessageEvent<unknown>) => {
  if (message.data === PORTS_MESSAGE) worker.postMessage(PORTS_MESSAGE, [...message.ports]);
});
const ours = connect(wireOf(worker), ourContract);
let peers: Client<PeerContract> | undefined;

function peersClient(): Client<PeerContract> {
  peers ??= connect(
    wireOf(watched(new Worker(new URL("./peers.ts", import.meta.url), { type: "module", name: "peers" }))),
    peerContract,
  );
  return peers;
}

function watched(started: Worker): Worker {
  started.addEventListener("error", (event) => {
    console.error(event.message);
  });
  return started;
}

answerQuestions((name, args) =>
  name in ourContract.requests
    ? ours.request(name as never, args as never)
    : peersClient().request(name as never, args as never),
);
