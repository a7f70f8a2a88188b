import { Button, Checkbox, Loader, Tabs } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { BackupFacts } from "../../../src-main/shared/backup";
import { useFormats } from "../../i18n/formats";
import type { BackupFate, BackupPreview } from "../../ports/backup";
import styles from "./backup.module.css";
import { Facts } from "./Facts";
import { PreviewRows } from "./PreviewRows";

/** In this order on screen. */
const fates: readonly BackupFate[] = ["back", "joined", "away", "stays"];

/** What joining the backup would do, before anything is done. */
export function JoinPreview(props: {
  readonly facts: BackupFacts;
  readonly preview: BackupPreview;
  readonly isJoining: boolean;
  readonly onJoin: (bringBack: boolean) => void;
  readonly onCancel: () => void;
}): ReactNode {
  const { facts, preview, isJoining, onJoin, onCancel } = props;
  const { t } = useTranslation(["backup", "common"]);
  const formats = useFormats();
  const [bringBack, setBringBack] = useState(false);
  const { parts, same, notUnderstood } = preview;
  const all = fates.reduce((sum, fate) => sum + parts[fate].total, same);
  const shown = fates.filter((fate) => parts[fate].total > 0);
  const changes = parts.back.total + parts.joined.total + (bringBack ? parts.away.total : 0);
  const canChange = parts.back.total + parts.joined.total + parts.away.total > 0;
  return (
    <div className={styles.dialog}>
      <Facts facts={facts} />
      <p className={styles.sentences}>
        <span>{t("backup:preview.holds", { count: all })}</span>
        {same > 0 && <span>{t("backup:preview.same", { count: same })}</span>}
      </p>
      <p className={styles.text}>{canChange ? t("backup:preview.text") : t("backup:preview.nothing")}</p>
      {notUnderstood > 0 && (
        <p className={styles.quiet}>{t("backup:preview.notUnderstood", { count: notUnderstood })}</p>
      )}
      {shown[0] !== undefined && (
        <Tabs defaultValue={shown[0]} keepMounted={false}>
          <Tabs.List aria-label={t("backup:preview.list")}>
            {shown.map((fate) => (
              <Tabs.Tab key={fate} value={fate}>
                {t("backup:preview.tab", {
                  name: t(`backup:preview.fates.${fate}`),
                  value: formats.number(parts[fate].total),
                })}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {shown.map((fate) => (
            <Tabs.Panel key={fate} value={fate}>
              <div className={styles.panel}>
                <p className={styles.quiet}>{t(`backup:preview.texts.${fate}`)}</p>
                <PreviewRows part={parts[fate]} label={t(`backup:preview.fates.${fate}`)} />
              </div>
            </Tabs.Panel>
          ))}
        </Tabs>
      )}
      {parts.away.total > 0 && (
        <Checkbox
          label={t("backup:preview.bringBack", { count: parts.away.total })}
          checked={bringBack}
          disabled={isJoining}
          onChange={(event) => {
            setBringBack(event.currentTarget.checked);
          }}
        />
      )}
      <div className={styles.actions}>
        <span role="status">
          {isJoining && (
            <>
              <Loader size="xs" aria-hidden /> {t("backup:preview.joining", { count: changes })}
            </>
          )}
        </span>
        <Button variant="default" disabled={isJoining} onClick={onCancel} data-autofocus>
          {canChange ? t("common:cancel") : t("common:close")}
        </Button>
        {canChange && (
          <Button
            disabled={isJoining || changes === 0}
            onClick={() => {
              onJoin(bringBack);
            }}
          >
            {t("backup:preview.join")}
          </Button>
        )}
      </div>
    </div>
  );
}
