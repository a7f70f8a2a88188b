/** Type of the window message that carries the ports `[ledger, gateway]`, same origin only. */
export const PORTS_MESSAGE = "qiao:ports";
