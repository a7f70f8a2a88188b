import { MessageChannelMain, type MessagePortMain, type WebFrameMain } from "electron";
import { gatewayContract, type GatewayContract } from "../shared/gateway";
import { ledgerContract, type LedgerContract } from "../shared/ledger";
import { PORTS_MESSAGE } from "../shared/portsMessage";
import { serve, type Contract, type Handlers, type Server } from "../shared/rpc";
import { portWire } from "./portWire";

interface Served<C extends Contract> {
  readonly server: Server<C>;
  readonly farEnd: MessagePortMain;
  dispose(): void;
}

function open<C extends Contract>(contract: C, handlers: Handlers<C>, onFarEndGone: () => void): Served<C> {
  const { port1, port2 } = new MessageChannelMain();
  const server = serve(portWire(port1), contract, handlers);
  const dispose = (): void => {
    server.dispose();
    port1.close();
  };
  // The far end is gone with its worker: what it asked for has no reader any more.
  port1.once("close", () => {
    server.dispose();
    onFarEndGone();
  });
  return { server, farEnd: port2, dispose };
}

/** The notebook worker's way to ledger and gateway: one pair of ports at a time, the latest. */
export class NotebookPorts {
  #current: readonly { dispose(): void }[] = [];
  #gateway: Server<GatewayContract> | null = null;

  /** `onGone`: the worker with the latest ports has ended, and nobody here wanted it. */
  constructor(
    private readonly gateway: Handlers<GatewayContract>,
    private readonly onGone: () => void,
  ) {}

  /** Whether a page has taken ports, and so may hold work that is not flushed. */
  get areOpen(): boolean {
    return this.#current.length > 0;
  }

  /** Closes the ports handed out before and gives new ones to the frame, ledger first. */
  handTo(frame: WebFrameMain, ledgerHandlers: Handlers<LedgerContract>): void {
    this.close();
    const ledger = open(ledgerContract, ledgerHandlers, () => {
      if (this.#current !== served) return;
      this.close();
      this.onGone();
    });
    const gateway = open(gatewayContract, this.gateway, () => undefined);
    const served: readonly { dispose(): void }[] = [ledger, gateway];
    this.#current = served;
    this.#gateway = gateway.server;
    frame.postMessage(PORTS_MESSAGE, null, [ledger.farEnd, gateway.farEnd]);
  }

  emit: Server<GatewayContract>["emit"] = (event, payload) => {
    this.#gateway?.emit(event, payload);
  };

  close(): void {
    const closing = this.#current;
    this.#current = [];
    this.#gateway = null;
    for (const served of closing) served.dispose();
  }
}
