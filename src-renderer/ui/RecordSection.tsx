import { Button } from "@mantine/core";
import { IconPlus, IconSearchOff } from "@tabler/icons-react";
import { useCallback, useRef, useState, type ComponentType, type ReactNode, type RefObject } from "react";
import type { IdOf } from "../domain/ids";
import type { RosterRow, RowOf } from "../domain/rosterRow";
import { useNewCommand, useSelected } from "../platform/navigation";
import { neighbourOf } from "../platform/neighbour";
import { useBegin } from "../platform/useBegin";
import { useList } from "../platform/useList";
import { useSyncStatus } from "../platform/useSyncStatus";
import { EmptyState, type EmptyStateProps } from "./EmptyState";
import { FilterField } from "./FilterField";
import { focusFirstField } from "./RecordPane";
import { SectionHeader } from "./SectionHeader";
import { SplitView } from "./SplitView";
import { useDeleteWithUndo } from "./useDeleteWithUndo";
import { VirtualList } from "./VirtualList";

/** Records that are begun, changed and deleted in a section of their own. */
export type EditedType = "contact" | "meeting";

/** What the form beside the list gets. */
export interface RecordDetailProps<T extends EditedType> {
  readonly id: IdOf<T>;
  /** Puts the record into the bin; `name` is shown with Undo. */
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
    readonly create: string;
    readonly emptyTitle: string;
    readonly empty: string;
    readonly noMatchTitle: string;
    readonly noMatch: (filter: string) => string;
    readonly noneChosen: string;
  };
  /** `marksWaiting`: whether a row shows that it is not on the server yet; pointless where there is no server. */
  readonly Row: ComponentType<{ readonly row: RowOf<T>; readonly marksWaiting: boolean }>;
  readonly Detail: ComponentType<RecordDetailProps<T>>;
}

/** A section of records: the list with its filter, and the chosen record's form beside it. */
export function RecordSection<T extends EditedType>(props: RecordSectionProps<T>): ReactNode {
  const { type, icon, texts, Row, Detail } = props;
  const [selected, select] = useSelected(type);
  const [filter, setFilter] = useState("");
  const list = useList({ type, filter });
  const begin = useBegin();
  const remove = useDeleteWithUndo();
  const status = useSyncStatus();
  const marksWaiting = status !== null && status.kind !== "not-connected";
  const listElement = useRef<HTMLDivElement>(null);
  const paneRef = useRef<HTMLDivElement>(null);

  const create = useCallback(() => {
    select(begin(type));
  }, [begin, select, type]);
  useNewCommand(create);

  function idAt(index: number): IdOf<T> | undefined {
    const row: RosterRow | undefined = list.rowAt(index);
    return row?.id as IdOf<T> | undefined;
  }

  async function removeSelected(id: IdOf<T>, name: string): Promise<void> {
    const next = neighbourOf(list, id);
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
            <Button size="compact-sm" leftSection={<IconPlus size={15} aria-hidden />} onClick={create}>
              {texts.create}
            </Button>
          </SectionHeader>
          <FilterField value={filter} onChange={setFilter} onArrowDown={() => listElement.current?.focus()} />
          {list.total === 0 && !list.loading ? (
            filter.trim() === "" ? (
              <EmptyState icon={icon} title={texts.emptyTitle}>
                {texts.empty}
              </EmptyState>
            ) : (
              <EmptyState icon={IconSearchOff} title={texts.noMatchTitle}>
                {texts.noMatch(list.filter)}
              </EmptyState>
            )
          ) : (
            <VirtualList
              ref={listElement}
              label={texts.title}
              count={list.total}
              renderRow={(index) => {
                const row = list.rowAt(index);
                return row && <Row row={row} marksWaiting={marksWaiting} />;
              }}
              isSelected={(index) => selected !== undefined && idAt(index) === selected}
              onSelect={(index) => {
                const id = idAt(index);
                if (id !== undefined) select(id);
              }}
              onOpen={() => {
                focusFirstField(paneRef.current);
              }}
              onRange={list.showRange}
              resetKey={filter}
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
