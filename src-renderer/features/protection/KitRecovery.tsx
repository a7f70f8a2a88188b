import { Button, Group, Radio } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useMain } from "../../platform/bridge";
import { AttemptProblem } from "./AttemptProblem";
import { KitWordsField } from "./KitWordsField";
import { NewPassphraseFields } from "./NewPassphraseFields";
import styles from "./protection.module.css";
import { useAttempt } from "./useAttempt";
import { useNewPassphrase } from "./useNewPassphrase";
import { KIT_WORDS, readWords } from "./words";

type NewProtection = "keychain" | "passphrase";

/** Opens the notebook by the words of its kit and says what protects it from then on. */
export function KitRecovery(props: {
  /** What is chosen at first: as it was before, as far as that is possible. */
  readonly proposed: NewProtection;
  readonly onCancel: () => void;
}): ReactNode {
  const { t } = useTranslation(["protection", "common"]);
  const main = useMain();
  const [words, setWords] = useState("");
  const [protection, setProtection] = useState(props.proposed);
  const [isIncomplete, setIsIncomplete] = useState(false);
  const passphrase = useNewPassphrase();
  const attempt = useAttempt();

  async function recover(): Promise<void> {
    const read = readWords(words);
    setIsIncomplete(read.length !== KIT_WORDS);
    if (read.length !== KIT_WORDS) return;
    const chosen = protection === "passphrase" ? passphrase.check() : null;
    if (protection === "passphrase" && chosen === null) return;
    const recovered = await attempt.run(() =>
      main.invoke("keys:recover", { words: read.join(" "), passphrase: chosen }),
    );
    if (recovered?.ok) {
      setWords("");
      passphrase.clear();
    } else if (recovered?.failure.kind === "no-keychain") setProtection("passphrase");
  }

  return (
    <>
      <KitWordsField
        value={words}
        autoFocus
        onChange={(text) => {
          setWords(text);
          setIsIncomplete(false);
          attempt.forget();
        }}
        onEnter={() => void recover()}
      />
      {isIncomplete && (
        <p className={styles.problem} role="alert">
          {t("protection:kit.incomplete", { count: readWords(words).length, total: KIT_WORDS })}
        </p>
      )}
      <Radio.Group
        label={t("protection:recover.from")}
        value={protection}
        onChange={(chosen) => {
          setProtection(chosen === "keychain" ? "keychain" : "passphrase");
        }}
      >
        <Group gap="lg" mt={6}>
          <Radio value="passphrase" label={t("protection:recover.passphrase")} size="xs" />
          <Radio value="keychain" label={t("protection:recover.keychain")} size="xs" />
        </Group>
      </Radio.Group>
      {protection === "passphrase" && (
        <NewPassphraseFields
          label={t("protection:newPassphrase")}
          passphrase={passphrase}
          onEnter={() => void recover()}
        />
      )}
      <AttemptProblem attempt={attempt} />
      <Group gap="xs">
        <Button loading={attempt.isBusy} disabled={attempt.wait > 0} onClick={() => void recover()}>
          {t("protection:recover.open")}
        </Button>
        <Button variant="subtle" disabled={attempt.isBusy} onClick={props.onCancel}>
          {t("common:cancel")}
        </Button>
      </Group>
    </>
  );
}
