import { useCallback, useEffect, useRef, useState } from "react";
import type { ConnectionInfo } from "../../../src-main/shared/gateway";
import type { ConnectFailure, PasswordStorage, SettingsNotSaved } from "../../../src-main/shared/ipc";
import { useMain } from "../../platform/bridge";
import { useSyncStatus } from "../../platform/useSyncStatus";

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
  | { readonly kind: "failed"; readonly failure: ConnectFailure | Unexpected }
  | { readonly kind: "disconnected" }
  | { readonly kind: "not-disconnected"; readonly failure: SettingsNotSaved | Unexpected };

/** Main did not answer as promised: a bug. */
export interface Unexpected {
  readonly kind: "unexpected";
}

export interface ConnectionControl {
  /** Undefined until main has answered once. */
  readonly connection: Connection | null | undefined;
  readonly phase: ConnectPhase;
  readonly connect: (credentials: Credentials, storage?: PasswordStorage) => void;
  /** Gives an attempt or a question up; a connection made before stays. */
  readonly cancel: () => void;
  readonly disconnect: () => void;
}

const unexpected = { ok: false, failure: { kind: "unexpected" } } as const;

/** Connecting to the server, as main does it. `onConnected` is called once the connection is kept. */
export function useConnection(onConnected: () => void): ConnectionControl {
  const main = useMain();
  const [connection, setConnection] = useState<Connection | null | undefined>(undefined);
  const [phase, setPhase] = useState<ConnectPhase>({ kind: "idle" });
  /** Counts what was begun or given up, so that a late answer of something older is known as such. */
  const turn = useRef(0);

  const refresh = useCallback(
    // Should main not answer, what was known stays on screen.
    () =>
      main.invoke("sync:connection", {}).then(setConnection, () => {
        setConnection((known) => known ?? null);
      }),
    [main],
  );
  const syncing = useSyncStatus()?.kind;
  useEffect(() => {
    void refresh();
    // An attempt goes on while another section is shown, so the connection is asked for again when the sync changes.
  }, [refresh, syncing]);

  async function tryToConnect(credentials: Credentials, storage: PasswordStorage): Promise<void> {
    const mine = ++turn.current;
    setPhase({ kind: "connecting" });
    const result = await main
      .invoke("sync:connect", { ...credentials, passwordStorage: storage })
      .catch(() => unexpected);
    if (result.ok) await refresh();
    // Given up meanwhile. Main keeps nothing of it, unless it was kept already: then the connection says so.
    if (mine !== turn.current) return;
    if (result.ok) {
      setPhase({ kind: "idle" });
      onConnected();
    } else if (result.failure.kind === "no-keychain") setPhase({ kind: "asking", credentials });
    else setPhase({ kind: "failed", failure: result.failure });
  }

  async function giveUpConnection(): Promise<void> {
    const mine = ++turn.current;
    const result = await main.invoke("sync:disconnect", {}).catch(() => unexpected);
    await refresh();
    if (mine !== turn.current) return;
    setPhase(result.ok ? { kind: "disconnected" } : { kind: "not-disconnected", failure: result.failure });
  }

  return {
    connection,
    phase,
    connect: (credentials, storage = "keychain") => void tryToConnect(credentials, storage),
    cancel: () => {
      turn.current += 1;
      setPhase({ kind: "idle" });
      void main.invoke("sync:cancel-connect", {});
    },
    disconnect: () => void giveUpConnection(),
  };
}
