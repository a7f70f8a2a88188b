import { Button } from "@mantine/core";
import { IconPlus, IconSearchOff } from "@tabler/icons-react";
import { useCallback, useRef, useState, type ComponentType, type ReactNode, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { Change } from "../domain/edit";
import type { IdOf, RecordId } from "../domain/ids";
import type { RosterRow, RowOf } from "../domain/rosterRow";
import { useNewCommand, useSelected, type ShownType } from "../platform/navigation";
import { neighbourOf } from "../platform/neighbour";
import { useBegin } from "../platform/useBegin";
import { useList } from "../platform/useList";
import { useSyncStatus } from "../platform/useSyncStatus";
import { EmptyState, type EmptyStateProps } from "./EmptyState";
import { FilterField } from "./FilterField";
import { focusFirstField } from "./RecordPane";
import { SectionHeader } from "./SectionHeader";
import { SplitView } from "./SplitView";
import styles from "./ui.module.css";
import { useDeleteWithPutBack } from "./useDeleteWithPutBack";
import { VirtualList } from "./VirtualList";

/** Types of records with a section of their own, in which they are begun and changed. */
export type EditedType = ShownType;

/** What the form beside the list gets. */
export interface RecordDetailProps<T extends EditedType> {
  readonly id: IdOf<T>;
  /** Puts the record into the bin; `name` is shown with Put back. */
  readonly onDelete: (name: string) => void;
  /** Back to the list. */
  readonly onEscape: () => void;
  readonly paneRef: RefObject<HTMLDivElement | null>;
}

export interface RecordSectionProps<T extends EditedType> {
  readonly type: T;
  readonly icon: EmptyStateProps["icon"];
  readonly texts: {
    readonly title: string;
    /** Accessible name of the detail. */
    readonly detail: string;
    /** The button that begins a record; without it none can be begun here. */
    readonly create?: string;
    readonly emptyTitle: string;
    readonly empty: string;
    readonly noMatchTitle: string;
    readonly noMatch: (filter: string) => string;
    readonly noneChosen: string;
  };
  /**
   * `marksWaiting`: whether a row shows that it is not on the server yet; pointless where there is no server. `ranked`:
   * a filter has put the best match first, so the row stands under no heading and below no superior.
   */
  readonly Row: ComponentType<{ readonly row: RowOf<T>; readonly marksWaiting: boolean; readonly ranked: boolean }>;
  readonly Detail: ComponentType<RecordDetailProps<T>>;
  /** The heading of the group that begins with a row; `before` is undefined for the first row of the list. */
  readonly headingAt?: (row: RowOf<T>, before: RowOf<T> | undefined) => ReactNode;
  /** More to choose by, below the filter (an area, which sets `linkedTo`). */
  readonly controls?: ReactNode;
  /** Only records that name this one. */
  readonly linkedTo?: RecordId | undefined;
  /** What a new record holds before anything is entered. */
  readonly begunWith?: readonly Change[];
}

/** A section of records: the list with its filter, and the chosen record's form beside it. */
export function RecordSection<T extends EditedType>(props: RecordSectionProps<T>): ReactNode {
  const { type, icon, texts, Row, Detail, headingAt, controls, linkedTo, begunWith } = props;
  const { t } = useTranslation("lists");
  const [selected, select] = useSelected(type);
  const [filter, setFilter] = useState("");
  const list = useList({ type, filter, linkedTo });
  const begin = useBegin();
  const remove = useDeleteWithPutBack();
  const status = useSyncStatus();
  const marksWaiting = status !== null && status.kind !== "not-connected";
  const listElement = useRef<HTMLDivElement>(null);
  const paneRef = useRef<HTMLDivElement>(null);

  const ranked = list.filter.trim() !== "";
  const { create: createText } = texts;

  const create = useCallback(() => {
    if (createText !== undefined) select(begin(type, begunWith));
  }, [createText, begin, select, type, begunWith]);
  useNewCommand(create);

  function rowAt(index: number): RowOf<T> | undefined {
    return list.rowAt(index) as RowOf<T> | undefined;
  }
  function idAt(index: number): IdOf<T> | undefined {
    const row: RosterRow | undefined = list.rowAt(index);
    return row?.id as IdOf<T> | undefined;
  }

  function headingOf(index: number): ReactNode {
    if (!headingAt || ranked) return undefined;
    const row = rowAt(index);
    const before = index === 0 ? undefined : rowAt(index - 1);
    // A group whose row before is not loaded yet stays without a heading until it is.
    return row && (index === 0 || before) ? headingAt(row, before) : undefined;
  }

  async function removeSelected(id: IdOf<T>, name: string): Promise<void> {
    const next = neighbourOf<RosterRow>(list, id);
    if (!(await remove(id, name))) return;
    select(next?.id as IdOf<T> | undefined);
    listElement.current?.focus();
  }

  return (
    <SplitView
      detailLabel={texts.detail}
      list={
        <>
          <SectionHeader title={texts.title}>
            {createText !== undefined && (
              <Button size="compact-sm" leftSection={<IconPlus size={15} aria-hidden />} onClick={create}>
                {createText}
              </Button>
            )}
          </SectionHeader>
          <FilterField value={filter} onChange={setFilter} onArrowDown={() => listElement.current?.focus()} />
          {controls !== undefined && <div className={styles.listControls}>{controls}</div>}
          {list.total === 0 && !list.loading ? (
            ranked ? (
              <EmptyState icon={IconSearchOff} title={texts.noMatchTitle}>
                {texts.noMatch(list.filter)}
              </EmptyState>
            ) : linkedTo !== undefined ? (
              <EmptyState icon={IconSearchOff} title={texts.noMatchTitle}>
                {t("noneLinked")}
              </EmptyState>
            ) : (
              <EmptyState icon={icon} title={texts.emptyTitle}>
                {texts.empty}
              </EmptyState>
            )
          ) : (
            <VirtualList
              ref={listElement}
              label={texts.title}
              count={list.total}
              renderRow={(index) => {
                const row = rowAt(index);
                return row && <Row row={row} marksWaiting={marksWaiting} ranked={ranked} />;
              }}
              headingAt={headingOf}
              isSelected={(index) => selected !== undefined && idAt(index) === selected}
              onSelect={(index) => {
                const id = idAt(index);
                if (id !== undefined) select(id);
              }}
              onOpen={() => {
                focusFirstField(paneRef.current);
              }}
              onRange={list.showRange}
              resetKey={`${linkedTo ?? ""} ${filter}`}
            />
          )}
        </>
      }
      detail={
        selected === undefined ? (
          <EmptyState icon={icon}>{texts.noneChosen}</EmptyState>
        ) : (
          <Detail
            key={selected}
            id={selected}
            paneRef={paneRef}
            onDelete={(name) => void removeSelected(selected, name)}
            onEscape={() => listElement.current?.focus()}
          />
        )
      }
    />
  );
}
