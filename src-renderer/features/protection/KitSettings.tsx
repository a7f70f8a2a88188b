import { Button, Group, Modal } from "@mantine/core";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/formats";
import { useMain } from "../../platform/bridge";
import { AttemptProblem } from "./AttemptProblem";
import { KitDialog } from "./KitDialog";
import type { Kit } from "./KitSheet";
import styles from "./protection.module.css";
import type { OpenKeys } from "./openKeys";
import { Rehearsal } from "./Rehearsal";
import { useAttempt } from "./useAttempt";

/** Of the notebook's id, enough to tell one's own notebooks apart. */
const SHORT_ID = 8;

/** The recovery kit: made, made anew, tried. Its words are in memory only while their dialog is open. */
export function KitSettings({ state }: { readonly state: OpenKeys }): ReactNode {
  const { t } = useTranslation(["protection", "common"]);
  const formats = useFormats();
  const main = useMain();
  const attempt = useAttempt();
  const [isAsking, setIsAsking] = useState(false);
  const [isTrying, setIsTrying] = useState(false);
  /** The keys go back to the button that opened the rehearsal. */
  const [hasTried, setHasTried] = useState(false);
  const [made, setMade] = useState<Kit | null>(null);
  const tryButton = useRef<HTMLButtonElement>(null);
  const wasShown = useRef(false);
  useEffect(() => {
    // What comes after the sheet is to try it; the button that made it was busy, so the dialog cannot go back there.
    if (wasShown.current && made === null) tryButton.current?.focus();
    wasShown.current = made !== null;
  }, [made]);
  const { kit, rotation } = state;

  async function make(): Promise<void> {
    setIsAsking(false);
    const answer = await attempt.run(() => main.invoke("keys:make-kit", {}));
    if (!answer?.ok) return;
    const { words, notebook } = answer.value;
    setMade({
      words: words.split(" "),
      notebook: notebook.slice(0, SHORT_ID),
      madeAt: new Date().toISOString(),
    });
  }

  return (
    <section className={styles.part} aria-labelledby="protection-kit">
      <h3 id="protection-kit" className={styles.partTitle}>
        {t("protection:kit.title")}
      </h3>
      <p className={styles.text}>{t("protection:kit.text")}</p>
      {kit && (
        <ul className={styles.points}>
          <li>{t("protection:kit.made", { date: formats.dateTime(kit.madeAt) })}</li>
          <li>
            {kit.rehearsedAt === null
              ? t("protection:kit.neverTried")
              : t("protection:kit.tried", { date: formats.dateTime(kit.rehearsedAt) })}
          </li>
        </ul>
      )}
      {rotation && <p className={styles.quiet}>{t("protection:kit.notWhileRotating")}</p>}
      <AttemptProblem attempt={attempt} />
      <Group gap="xs">
        {kit && !isTrying && (
          <Button
            variant={kit.rehearsedAt === null ? "filled" : "default"}
            ref={tryButton}
            autoFocus={hasTried}
            onClick={() => {
              setIsTrying(true);
            }}
          >
            {t("protection:kit.try")}
          </Button>
        )}
        <Button
          variant={kit ? "default" : "filled"}
          loading={attempt.isBusy}
          disabled={rotation !== null}
          onClick={() => {
            if (kit) setIsAsking(true);
            else void make();
          }}
        >
          {t("protection:kit.make")}
        </Button>
      </Group>
      {kit && isTrying && (
        <Rehearsal
          onClose={() => {
            setIsTrying(false);
            setHasTried(true);
          }}
        />
      )}
      <Modal
        opened={isAsking}
        onClose={() => {
          setIsAsking(false);
        }}
        title={t("protection:kit.againTitle")}
        closeButtonProps={{ "aria-label": t("common:close") }}
        centered
      >
        <div className={styles.dialog}>
          <p className={styles.text}>{t("protection:kit.againText")}</p>
          <Group gap="xs" justify="flex-end">
            <Button
              variant="default"
              data-autofocus
              onClick={() => {
                setIsAsking(false);
              }}
            >
              {t("common:cancel")}
            </Button>
            <Button onClick={() => void make()}>{t("protection:kit.again")}</Button>
          </Group>
        </div>
      </Modal>
      {made && (
        <KitDialog
          kit={made}
          onClose={() => {
            setMade(null);
          }}
        />
      )}
    </section>
  );
}
