import { Button, Group } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useNotebook } from "../../platform/notebook";
import { TextField } from "../../ui/TextField";
import { describeConnectFailure } from "./failureTexts";
import { KeychainQuestion } from "./KeychainQuestion";
import styles from "./settings.module.css";
import { useConnection, type Connection, type Credentials } from "./useConnection";

const empty: Credentials = { address: "", database: "", user: "", password: "" };

/** The connection to the team's server. The password is typed here once and never comes back from main. */
export function SyncSettings(): ReactNode {
  const { t } = useTranslation(["settings", "common"]);
  const notebook = useNotebook();
  const [typed, setTyped] = useState<Partial<Credentials>>({});
  const [incomplete, setIncomplete] = useState(false);
  const { connection, phase, connect, cancel, disconnect } = useConnection(() => {
    setTyped({});
  });
  if (connection === undefined) return null;

  const fields: Credentials = { ...empty, ...pick(connection), ...typed };
  const busy = phase.kind === "connecting";

  function change(part: Partial<Credentials>): void {
    setTyped((before) => ({ ...before, ...part }));
    setIncomplete(false);
  }

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
      {connection && <ConnectedText connection={connection} />}
      <div className={styles.fields}>
        <TextField
          label={t("settings:sync.address")}
          placeholder={t("settings:sync.addressExample")}
          value={fields.address}
          onChange={(address) => {
            change({ address });
          }}
          onEnter={submit}
          disabled={busy}
          autoComplete="off"
          type="url"
        />
        <TextField
          label={t("settings:sync.database")}
          value={fields.database}
          onChange={(database) => {
            change({ database });
          }}
          onEnter={submit}
          disabled={busy}
          autoComplete="off"
        />
        <TextField
          label={t("settings:sync.user")}
          value={fields.user}
          onChange={(user) => {
            change({ user });
          }}
          onEnter={submit}
          disabled={busy}
          autoComplete="off"
        />
        <TextField
          label={t("settings:sync.password")}
          value={fields.password}
          onChange={(password) => {
            change({ password });
          }}
          onEnter={submit}
          disabled={busy}
          type="password"
          autoComplete="off"
        />
      </div>
      {incomplete && (
        <p className={styles.problem} role="alert">
          {t("settings:sync.incomplete")}
        </p>
      )}
      {phase.kind === "failed" && (
        <p className={styles.problem} role="alert">
          {describeConnectFailure(t, phase.failure)}
        </p>
      )}
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
        <Button onClick={submit} disabled={busy || phase.kind === "asking"} variant={connection ? "default" : "filled"}>
          {busy ? t("settings:sync.connecting") : t("settings:sync.connect")}
        </Button>
        {busy && (
          <Button variant="subtle" onClick={cancel}>
            {t("common:cancel")}
          </Button>
        )}
        {connection && !busy && (
          <>
            <Button onClick={() => void notebook.request("syncNow", {}).catch(() => null)}>
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

function ConnectedText({ connection }: { readonly connection: Connection }): ReactNode {
  const { t } = useTranslation("settings");
  const stored = {
    keychain: t("sync.storedInKeychain"),
    memory: t("sync.storedInMemory"),
    plain: t("sync.storedPlain"),
  };
  return (
    <p className={styles.text}>
      {t("sync.connected", { ...pick(connection) })} {stored[connection.passwordStorage]}
    </p>
  );
}

function pick(connection: Connection | null): Pick<Credentials, "address" | "database" | "user"> {
  return {
    address: connection?.address ?? "",
    database: connection?.database ?? "",
    user: connection?.user ?? "",
  };
}
