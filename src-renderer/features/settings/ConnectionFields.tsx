import { useEffect, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { TextField } from "../../ui/TextField";
import styles from "./settings.module.css";
import type { Credentials } from "./useConnection";

/** Where the notebook is and who asks for it. */
export function ConnectionFields(props: {
  readonly values: Credentials;
  readonly onChange: (part: Partial<Credentials>) => void;
  readonly onEnter: () => void;
  readonly disabled: boolean;
  /** Everything else is known: the caret goes to the password, unless the person is busy in another field. */
  readonly asksForPassword: boolean;
}): ReactNode {
  const { t } = useTranslation("settings");
  const { values, onChange, onEnter, disabled, asksForPassword } = props;
  const passwordBox = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const isTyping = document.activeElement instanceof HTMLInputElement && document.activeElement.type !== "radio";
    if (asksForPassword && !disabled && !isTyping) passwordBox.current?.querySelector("input")?.focus();
  }, [asksForPassword, disabled]);
  const shared = { onEnter, disabled, autoComplete: "off" };
  return (
    <div className={styles.fields}>
      <TextField
        {...shared}
        label={t("sync.address")}
        placeholder={t("sync.addressExample")}
        value={values.address}
        onChange={(address) => {
          onChange({ address });
        }}
        type="url"
      />
      <TextField
        {...shared}
        label={t("sync.database")}
        value={values.database}
        onChange={(database) => {
          onChange({ database });
        }}
      />
      <TextField
        {...shared}
        label={t("sync.user")}
        value={values.user}
        onChange={(user) => {
          onChange({ user });
        }}
      />
      <div ref={passwordBox}>
        <TextField
          {...shared}
          label={t("sync.password")}
          value={values.password}
          onChange={(password) => {
            onChange({ password });
          }}
          type="password"
        />
      </div>
    </div>
  );
}
