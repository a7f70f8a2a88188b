import { Button, Group, Radio } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useMain } from "../../platform/bridge";
import { AttemptProblem } from "./AttemptProblem";
import { KitWordsField } from "./KitWordsField";
import { NewPassphraseFields } from "./NewPassphraseFields";
import { useAttempt } from "./useAttempt";
import { useKitWords } from "./useKitWords";
import { useNewPassphrase } from "./useNewPassphrase";

type NewProtection = "keychain" | "passphrase";

/** Opens the notebook by the words of its kit and says what protects it from then on. */
export function KitRecovery(props: {
  /** What is chosen at first: as it was before, as far as that is possible. */
  readonly proposed: NewProtection;
  readonly onCancel: () => void;
}): ReactNode {
  const { t } = useTranslation(["protection", "common"]);
  const main = useMain();
  const words = useKitWords();
  const [protection, setProtection] = useState(props.proposed);
  const passphrase = useNewPassphrase();
  const attempt = useAttempt();

  async function recover(): Promise<void> {
    const typed = words.check();
    if (typed === null) return;
    const chosen = protection === "passphrase" ? passphrase.check() : null;
    if (protection === "passphrase" && chosen === null) return;
    const recovered = await attempt.run(() => main.invoke("keys:recover", { words: typed, passphrase: chosen }));
    if (recovered?.ok) {
      words.clear();
      passphrase.clear();
    } else if (recovered?.failure.kind === "no-keychain") setProtection("passphrase");
  }

  return (
    <>
      <KitWordsField words={words} onType={attempt.forget} onEnter={() => void recover()} />
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
