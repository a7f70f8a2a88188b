import { IconSearchOff } from "@tabler/icons-react";
import { useCallback, useEffect, useEffectEvent, useRef, type ComponentType, type ReactNode, type Ref } from "react";
import { useTranslation } from "react-i18next";
import type { RecordId } from "../domain/ids";
import type { RowOf } from "../domain/rosterRow";
import type { ShownType } from "../platform/navigation";
import type { Collapsed } from "../platform/useCollapsed";
import type { SectionList } from "../platform/useSectionList";
import { useSyncStatus } from "../platform/useSyncStatus";
import { EmptyState, type EmptyStateProps } from "./EmptyState";
import { TreeList } from "./TreeList";
import { rootBefore } from "./treePlaces";
import { useListPosition } from "./useListPosition";
import type { MultiSelection } from "./useMultiSelect";
import { VirtualList } from "./VirtualList";

/** What a row of the list gets. */
export interface RecordRowProps<T extends ShownType> {
  readonly row: RowOf<T>;
  /** Whether the row shows that it is not on the server yet; pointless where there is no server. */
  readonly marksWaiting: boolean;
  /** The row stands under no heading and below no superior, since a filter has put the best match first. */
  readonly ranked: boolean;
}

/** What the list of a section holds and says. */
export interface RecordListing<T extends ShownType> {
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
  readonly Row: ComponentType<RecordRowProps<T>>;
  /**
   * The heading of the group that begins with a row; `before` is undefined for the first row of the list. A stable
   * function, as `Row` and `Detail` are.
   */
  readonly headingAt?: ((row: RowOf<T>, before: RowOf<T> | undefined) => ReactNode) | undefined;
}

export interface RecordListProps<T extends ShownType> extends RecordListing<T> {
  readonly section: SectionList;
  readonly collapsed: Collapsed;
  readonly multi: MultiSelection;
  readonly selected: RecordId | undefined;
  readonly onSelect: (id: RecordId) => void;
  readonly onOpen: () => void;
  readonly resetKey: string;
  /** Only records that name another one are listed. */
  readonly isLinked: boolean;
  readonly ref: Ref<HTMLDivElement>;
}

/** The list of a section, as a tree or plain, and what it says where there is nothing to list. */
export function RecordList<T extends ShownType>(props: RecordListProps<T>): ReactNode {
  const { type, icon, texts, Row, headingAt, section, collapsed, multi, selected, isLinked, resetKey } = props;
  const { onSelect, onOpen, ref } = props;
  const { t } = useTranslation("lists");
  const { list, isTree } = section;
  const { rowAt } = list;
  const position = useListPosition(type, selected, section, collapsed);
  const status = useSyncStatus();
  const marksWaiting = status !== null && status.kind !== "not-connected";
  const isFiltered = list.filter.trim() !== "";

  const renderRow = useCallback(
    (index: number) => {
      const here = rowAt(index);
      return here && <Row row={here.row as RowOf<T>} marksWaiting={marksWaiting} ranked={isFiltered} />;
    },
    [rowAt, Row, marksWaiting, isFiltered],
  );
  const headingOf = useCallback(
    (index: number) => {
      if (!headingAt || isFiltered) return undefined;
      const here = rowAt(index);
      // In a tree what stands below others belongs to their group.
      if (!here || here.depth > 0) return undefined;
      const before = rootBefore(rowAt, index);
      // A group whose row before is not loaded yet stays without a heading until it is.
      return before === undefined ? undefined : headingAt(here.row as RowOf<T>, before?.row as RowOf<T> | undefined);
    },
    [rowAt, headingAt, isFiltered],
  );

  /** A row that the keys went to before it was loaded: it is chosen once it is, unless something else was meanwhile. */
  const awaited = useRef<number | undefined>(undefined);
  useEffect(() => {
    awaited.current = undefined;
  }, [selected, resetKey]);
  const choose = (index: number): void => {
    const id = rowAt(index)?.row.id;
    awaited.current = id === undefined ? index : undefined;
    if (id !== undefined) onSelect(id);
  };
  const chooseAwaited = useEffectEvent(() => {
    if (awaited.current !== undefined) choose(awaited.current);
  });
  useEffect(() => {
    chooseAwaited();
  }, [rowAt]);

  if (list.total === 0 && !list.loading) {
    if (isFiltered) {
      return (
        <EmptyState icon={IconSearchOff} title={texts.noMatchTitle}>
          {texts.noMatch(list.filter)}
        </EmptyState>
      );
    }
    return (
      <EmptyState icon={isLinked ? IconSearchOff : icon} title={isLinked ? texts.noMatchTitle : texts.emptyTitle}>
        {isLinked ? t("noneLinked") : texts.empty}
      </EmptyState>
    );
  }

  const shared = {
    ...position,
    label: texts.title,
    renderRow,
    isSelected: (index: number) => multi.isSelected(rowAt(index)?.row.id),
    onSelect: choose,
    multi: multi.moves,
    onOpen,
    resetKey,
  };
  if (isTree) return <TreeList {...shared} ref={ref} headingAt={headingOf} list={list} collapsed={collapsed} />;
  return <VirtualList {...shared} ref={ref} count={list.total} headingAt={headingOf} onRange={list.showRange} />;
}
