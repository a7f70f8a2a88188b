import { Button, Group } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { SyncStatus } from "../../domain/syncStatus";
import { useNotebook } from "../../platform/notebook";
import { useSyncStatus } from "../../platform/useSyncStatus";
import { ConnectionFields } from "./ConnectionFields";
import { describeConnectFailure, describeDisconnectFailure } from "./failureTexts";
import { KeychainQuestion } from "./KeychainQuestion";
import styles from "./settings.module.css";
import { useConnection, type Connection, type ConnectPhase, type Credentials } from "./useConnection";

const empty: Credentials = { address: "", database: "", user: "", password: "" };

/** The connection to the team's server. The password is typed here once and never comes back from main. */
export function SyncSettings(): ReactNode {
  const { t } = useTranslation(["settings", "common"]);
  const notebook = useNotebook();
  const rejection = rejectionOf(useSyncStatus());
  const [typed, setTyped] = useState<Partial<Credentials>>({});
  const [incomplete, setIncomplete] = useState(false);
  const { connection, phase, connect, cancel, disconnect } = useConnection(() => {
    setTyped({});
  });
  if (connection === undefined) return null;

  const fields: Credentials = { ...empty, ...pick(connection), ...typed };
  const busy = phase.kind === "connecting";
  const isMissing = connection !== null && rejection === "missing";
  const asksForPassword = isMissing || (connection !== null && rejection === "password") || isWrongPassword(phase);

  function submit(): void {
    const { password } = fields;
    const address = fields.address.trim();
    const database = fields.database.trim();
    const user = fields.user.trim();
    if ([address, database, user, password].includes("")) setIncomplete(true);
    else connect({ address, database, user, password });
  }

  return (
    <>
      {connection && <ConnectionText connection={connection} isMissing={isMissing} />}
      <ConnectionFields
        values={fields}
        onChange={(part) => {
          setTyped((before) => ({ ...before, ...part }));
          setIncomplete(false);
        }}
        onEnter={submit}
        disabled={busy}
        asksForPassword={asksForPassword}
      />
      <Problem phase={phase} incomplete={incomplete} />
      {phase.kind === "asking" && (
        <KeychainQuestion
          onStore={(storage) => {
            connect(phase.credentials, storage);
          }}
          onCancel={cancel}
        />
      )}
      {phase.kind === "disconnected" && <p className={styles.quiet}>{t("settings:sync.disconnected")}</p>}
      <Group gap="xs">
        <Button
          onClick={submit}
          disabled={busy || phase.kind === "asking"}
          variant={connection && !isMissing ? "default" : "filled"}
        >
          {busy ? t("settings:sync.connecting") : t("settings:sync.connect")}
        </Button>
        {busy && (
          <Button variant="subtle" onClick={cancel}>
            {t("common:cancel")}
          </Button>
        )}
        {connection && !busy && (
          <>
            <Button
              // Without a password there is nothing to sync with: the text above says what is needed.
              disabled={isMissing}
              variant={isMissing ? "default" : "filled"}
              onClick={() => void notebook.request("syncNow", {}).catch(() => null)}
            >
              {t("settings:sync.syncNow")}
            </Button>
            <Button variant="default" onClick={disconnect}>
              {t("settings:sync.disconnect")}
            </Button>
          </>
        )}
      </Group>
    </>
  );
}

function ConnectionText(props: { readonly connection: Connection; readonly isMissing: boolean }): ReactNode {
  const { t } = useTranslation("settings");
  const { connection, isMissing } = props;
  const stored = {
    keychain: t("sync.storedInKeychain"),
    memory: t("sync.storedInMemory"),
    plain: t("sync.storedPlain"),
  };
  return (
    <p className={styles.text}>
      {isMissing
        ? t("sync.passwordNeeded", { ...pick(connection) })
        : `${t("sync.connected", { ...pick(connection) })} ${stored[connection.passwordStorage]}`}
    </p>
  );
}

function Problem({ phase, incomplete }: { readonly phase: ConnectPhase; readonly incomplete: boolean }): ReactNode {
  const { t } = useTranslation("settings");
  const text = incomplete
    ? t("sync.incomplete")
    : phase.kind === "failed"
      ? describeConnectFailure(t, phase.failure)
      : phase.kind === "not-disconnected"
        ? describeDisconnectFailure(t, phase.failure)
        : null;
  if (text === null) return null;
  return (
    <p className={styles.problem} role="alert">
      {text}
    </p>
  );
}

function rejectionOf(status: SyncStatus | null): string | null {
  return status?.kind === "failed" && status.failure.kind === "credentials-rejected" ? status.failure.reason : null;
}

function isWrongPassword(phase: ConnectPhase): boolean {
  return (
    phase.kind === "failed" && phase.failure.kind === "credentials-rejected" && phase.failure.reason === "password"
  );
}

function pick(connection: Connection | null): Pick<Credentials, "address" | "database" | "user"> {
  return {
    address: connection?.address ?? "",
    database: connection?.database ?? "",
    user: connection?.user ?? "",
  };
}
