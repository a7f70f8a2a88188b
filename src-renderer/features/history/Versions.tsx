import { Button, Progress } from "@mantine/core";
import { IconAlertTriangle, IconHistory } from "@tabler/icons-react";
import { useCallback, useEffect, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { isShippedId, type RecordId } from "../../domain/ids";
import { useSaveFailureText } from "../../i18n/failureTexts";
import { useFormats } from "../../i18n/formats";
import type { ShownType } from "../../platform/navigation";
import type { VersionList, VersionRow } from "../../ports/versions";
import { EmptyState } from "../../ui/EmptyState";
import { useLongWork } from "../../ui/useLongWork";
import { VirtualList } from "../../ui/VirtualList";
import styles from "./history.module.css";
import { useRestoreVersion } from "./useRestoreVersion";
import { useVersions } from "./useVersions";
import { useVersionTexts } from "./useVersionTexts";
import { VersionDetail } from "./VersionDetail";
import { VersionRowText } from "./VersionRowText";

export interface VersionsProps {
  readonly id: RecordId;
  readonly type: ShownType;
  readonly onTakeBack: () => void;
  /** A version was restored. */
  readonly onDone: () => void;
}

/** The versions of a record and its note, newest first, and the chosen one beside them. */
export function Versions(props: VersionsProps): ReactNode {
  const { id } = props;
  const { t } = useTranslation(["history", "common"]);
  const failureText = useSaveFailureText();
  const { listing, again } = useVersions(id);
  switch (listing.kind) {
    case "loading":
      return (
        <div className={styles.loading} data-autofocus tabIndex={-1}>
          <p role="status">{t("history:reading")}</p>
          <Progress value={listing.done * 100} aria-label={t("history:reading")} size="sm" />
        </div>
      );
    case "failed":
      return (
        <EmptyState
          icon={IconAlertTriangle}
          title={t("history:failed.title")}
          action={<Button onClick={again}>{t("common:tryAgain")}</Button>}
        >
          {t("history:failed.text", { reason: failureText(listing.failure) })}
        </EmptyState>
      );
    case "here": {
      const { versions } = listing.list;
      if (versions.every(({ kind }) => kind === "shipped")) {
        return (
          <EmptyState icon={IconHistory} title={t("history:empty.title")}>
            {isShippedId(id) ? t("history:empty.shipped") : t("history:empty.text")}
          </EmptyState>
        );
      }
      return <Timeline {...props} list={listing.list} />;
    }
  }
}

function Timeline({ id, type, onTakeBack, onDone, list }: VersionsProps & { readonly list: VersionList }): ReactNode {
  const { t } = useTranslation("history");
  const formats = useFormats();
  const texts = useVersionTexts(id, type);
  const { versions } = list;
  const [chosen, choose] = useState<string | undefined>(undefined);
  const place = Math.max(
    0,
    versions.findIndex(({ key }) => key === chosen),
  );
  const version = versions[place];
  const listElement = useRef<HTMLDivElement>(null);
  const detail = useRef<HTMLDivElement>(null);
  const restoring = useLongWork();
  const restore = useRestoreVersion(id, onTakeBack);
  useEffect(() => {
    listElement.current?.focus();
  }, []);

  const dayOf = useCallback(
    (row: VersionRow | undefined): string => {
      if (row === undefined) return "";
      const at = row.at ?? row.arrivedAt;
      return at === null ? t("beforeAll") : formats.longDate(at);
    },
    [formats, t],
  );

  return (
    <div className={styles.columns}>
      <div
        className={styles.timeline}
        // The dialog gives the focus here when it opens, which may be before or after the list is there.
        data-autofocus
        tabIndex={-1}
        onFocus={(event) => {
          if (event.target === event.currentTarget) listElement.current?.focus();
        }}
      >
        <VirtualList
          ref={listElement}
          label={t("versions")}
          count={versions.length}
          renderRow={(index) => {
            const row = versions[index];
            return row && <VersionRowText version={row} texts={texts} />;
          }}
          headingAt={(index) => {
            const day = dayOf(versions[index]);
            return day === dayOf(versions[index - 1]) ? null : day;
          }}
          isSelected={(index) => index === place}
          onSelect={(index) => {
            choose(versions[index]?.key);
          }}
          onOpen={() => detail.current?.querySelector<HTMLElement>("input:checked, button:not([disabled])")?.focus()}
        />
        {!list.complete && (
          <p className={styles.since}>
            {list.since === null ? t("incomplete") : t("since", { day: formats.date(list.since) })}
          </p>
        )}
      </div>
      <div className={styles.beside} ref={detail}>
        {version && (
          <VersionDetail
            key={version.key}
            id={id}
            type={type}
            version={version}
            texts={texts}
            stamp={list}
            work={restoring.state}
            onRestore={(side) => {
              void restoring
                .run(() => restore(version, side))
                .then((done) => {
                  if (done) onDone();
                });
            }}
          />
        )}
      </div>
    </div>
  );
}
