import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useCallback, useRef, useState, type ComponentType, type ReactNode, type RefObject } from "react";
import type { Change } from "../domain/edit";
import type { IdOf, RecordId } from "../domain/ids";
import { useNewCommand, useSelected, type ShownType } from "../platform/navigation";
import { neighbourOf } from "../platform/neighbour";
import { useBegin } from "../platform/useBegin";
import { useCollapsed } from "../platform/useCollapsed";
import { useSectionList } from "../platform/useSectionList";
import type { OutlineRow } from "../ports/notebook";
import { BulkEdit } from "./BulkEdit";
import { EmptyState } from "./EmptyState";
import { FilterField } from "./FilterField";
import { RecordList, type RecordListing } from "./RecordList";
import { focusFirstField } from "./RecordPane";
import { SectionHeader } from "./SectionHeader";
import { SplitView } from "./SplitView";
import styles from "./ui.module.css";
import { useDeleteWithPutBack } from "./useDeleteWithPutBack";
import { useMultiSelect } from "./useMultiSelect";

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

export interface RecordSectionProps<T extends EditedType> extends RecordListing<T> {
  readonly Detail: ComponentType<RecordDetailProps<T>>;
  /** Records stand below their superiors while nothing is filtered; for organisations and areas. */
  readonly tree?: boolean;
  /** More to choose by, below the filter (an area, which sets `linkedTo`). */
  readonly controls?: ReactNode;
  /** Only records that name this one. */
  readonly linkedTo?: RecordId | undefined;
  /** What a new record holds before anything is entered; a stable array. */
  readonly begunWith?: readonly Change[];
}

/** A section of records: the list with its filter, and the chosen record's form beside it, or what can be done with many. */
export function RecordSection<T extends EditedType>(props: RecordSectionProps<T>): ReactNode {
  const { type, icon, texts, Row, Detail, tree = false, headingAt, controls, linkedTo, begunWith } = props;
  const [selected, select] = useSelected(type);
  const [filter, setFilter] = useState("");
  const collapsed = useCollapsed(type);
  const section = useSectionList({ type, filter, linkedTo, collapsed: tree ? collapsed.ids : undefined });
  const { list } = section;
  const begin = useBegin();
  const remove = useDeleteWithPutBack();
  const listElement = useRef<HTMLDivElement>(null);
  const paneRef = useRef<HTMLDivElement>(null);
  const multi = useMultiSelect({
    selected,
    select: (id) => {
      select(id as IdOf<T> | undefined);
    },
    idAt: (index) => list.rowAt(index)?.row.id,
    indexOf: list.indexOf,
    allIds: section.allIds,
  });

  const { create: createText } = texts;
  const create = useCallback(() => {
    if (createText !== undefined) select(begin(type, begunWith));
  }, [createText, begin, select, type, begunWith]);
  useNewCommand(create);

  function focusList(): void {
    listElement.current?.focus();
  }

  async function removeSelected(id: IdOf<T>, name: string): Promise<void> {
    const next = neighbourOf<OutlineRow>(list, id);
    if (!(await remove(id, name))) return;
    select(next?.row.id as IdOf<T> | undefined);
    focusList();
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
          <FilterField value={filter} onChange={setFilter} onArrowDown={focusList} />
          {controls !== undefined && <div className={styles.listControls}>{controls}</div>}
          <RecordList
            ref={listElement}
            type={type}
            icon={icon}
            texts={texts}
            Row={Row}
            headingAt={headingAt}
            section={section}
            collapsed={collapsed}
            multi={multi}
            selected={selected}
            onSelect={(id) => {
              select(id as IdOf<T>);
            }}
            onOpen={() => {
              focusFirstField(paneRef);
            }}
            resetKey={`${linkedTo ?? ""} ${filter}`}
            isLinked={linkedTo !== undefined}
          />
        </>
      }
      detail={
        multi.ids.size > 1 ? (
          <BulkEdit
            type={type}
            ids={multi.ids}
            onClear={() => {
              multi.clear();
              focusList();
            }}
            onDeleted={() => {
              multi.clear();
              select(undefined);
              focusList();
            }}
          />
        ) : selected === undefined ? (
          <EmptyState icon={icon}>{texts.noneChosen}</EmptyState>
        ) : (
          <Detail
            key={selected}
            id={selected}
            paneRef={paneRef}
            onDelete={(name) => void removeSelected(selected, name)}
            onEscape={focusList}
          />
        )
      }
    />
  );
}
