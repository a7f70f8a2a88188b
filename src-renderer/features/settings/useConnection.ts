import { useCallback, useEffect, useRef, useState } from "react";
import type { ConnectionInfo } from "../../../src-main/shared/gateway";
import type { ConnectFailure, PasswordStorage } from "../../../src-main/shared/ipc";
import { useMain } from "../../platform/bridge";

export interface Credentials {
  readonly address: string;
  readonly database: string;
  readonly user: string;
  readonly password: string;
}

export type Connection = ConnectionInfo & { readonly passwordStorage: PasswordStorage };

export type ConnectPhase =
  | { readonly kind: "idle" }
  | { readonly kind: "connecting" }
  /** The system has no keychain: the person says where the password goes. */
  | { readonly kind: "asking"; readonly credentials: Credentials }
  | { readonly kind: "failed"; readonly failure: ConnectFailure }
  | { readonly kind: "disconnected" };

export interface ConnectionControl {
  /** Undefined until main has answered once. */
  readonly connection: Connection | null | undefined;
  readonly phase: ConnectPhase;
  readonly connect: (credentials: Credentials, storage?: PasswordStorage) => void;
  /** Gives an attempt or a question up; a connection made before stays. */
  readonly cancel: () => void;
  readonly disconnect: () => void;
}

/** Connecting to the server, as main does it. `onConnected` is called once the connection is kept. */
export function useConnection(onConnected: () => void): ConnectionControl {
  const main = useMain();
  const [connection, setConnection] = useState<Connection | null | undefined>(undefined);
  const [phase, setPhase] = useState<ConnectPhase>({ kind: "idle" });
  const attempt = useRef(0);

  const refresh = useCallback(async () => {
    setConnection(await main.invoke("sync:connection", {}));
  }, [main]);
  useEffect(() => {
    void main.invoke("sync:connection", {}).then(setConnection);
  }, [main]);

  async function tryToConnect(credentials: Credentials, storage: PasswordStorage): Promise<void> {
    const mine = ++attempt.current;
    setPhase({ kind: "connecting" });
    const result = await main.invoke("sync:connect", { ...credentials, passwordStorage: storage });
    if (mine !== attempt.current) {
      // Given up meanwhile, but main has connected all the same. It is taken back unless a connection stood before or
      // another attempt follows; then the screen says what is true now.
      if (result.ok && !connection && attempt.current === mine + 1) await main.invoke("sync:disconnect", {});
      await refresh();
      return;
    }
    if (result.ok) {
      setPhase({ kind: "idle" });
      await refresh();
      onConnected();
    } else if (result.failure.kind === "no-keychain") setPhase({ kind: "asking", credentials });
    else setPhase({ kind: "failed", failure: result.failure });
  }

  return {
    connection,
    phase,
    connect: (credentials, storage = "keychain") => void tryToConnect(credentials, storage),
    cancel: () => {
      attempt.current += 1;
      setPhase({ kind: "idle" });
    },
    disconnect: () => {
      void main
        .invoke("sync:disconnect", {})
        .then(refresh)
        .then(() => {
          setPhase({ kind: "disconnected" });
        });
    },
  };
}
