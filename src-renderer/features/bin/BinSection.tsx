import { Button } from "@mantine/core";
import { IconSearchOff, IconTrash } from "@tabler/icons-react";
import { useMemo, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { RecordId } from "../../domain/ids";
import { neighbourOf } from "../../platform/neighbour";
import { useNotebook } from "../../platform/notebook";
import { usePages } from "../../platform/usePages";
import { EmptyState } from "../../ui/EmptyState";
import { FilterField } from "../../ui/FilterField";
import { SectionHeader } from "../../ui/SectionHeader";
import { SplitView } from "../../ui/SplitView";
import { useLongWork } from "../../ui/useLongWork";
import { useMultiSelect } from "../../ui/useMultiSelect";
import { VirtualList } from "../../ui/VirtualList";
import { BinDetail } from "./BinDetail";
import { BinRowText } from "./BinRowText";
import { BinSelection } from "./BinSelection";
import { binSource, idsInBin } from "./binSource";
import { RemovalQuestion } from "./RemovalQuestion";
import { useRemoval } from "./useRemoval";
import { useRestore } from "./useRestore";

/** Deleted records of all kinds, last deleted first, and the two ways out: back to where they were, or gone for good. */
export function BinSection(): ReactNode {
  const { t } = useTranslation("bin");
  const notebook = useNotebook();
  const [filter, setFilter] = useState("");
  const [selected, select] = useState<RecordId | undefined>(undefined);
  const list = usePages(useMemo(() => binSource(filter), [filter]));
  const listElement = useRef<HTMLDivElement>(null);
  const detail = useRef<HTMLDivElement>(null);
  const restore = useRestore();
  const restoring = useLongWork();
  const removal = useRemoval((ids) => {
    leave(ids);
  });
  const many = useMultiSelect({
    selected,
    select,
    idAt: (index) => list.rowAt(index)?.id,
    indexOf: list.indexOf,
    allIds: () => idsInBin(notebook, filter),
    inBin: true,
  });
  const ranked = list.filter.trim() !== "";
  const isEmpty = list.total === 0 && !list.loading;

  /** What was shown is no longer here: its neighbour is, and the keys go on in the list. */
  function leave(ids: readonly RecordId[]): void {
    const [only] = ids;
    if (ids.length === 1 && only !== undefined && only === selected) select(neighbourOf(list, only)?.id);
    else {
      select(undefined);
      many.clear();
    }
    listElement.current?.focus();
  }

  async function restoreAll(ids: readonly RecordId[], name: string): Promise<void> {
    if (await restoring.run(() => restore(ids, name))) leave(ids);
  }

  async function askToEmpty(): Promise<void> {
    removal.ask(await idsInBin(notebook, ""));
  }

  return (
    <>
      <SplitView
        detailLabel={t("detail")}
        list={
          <>
            <SectionHeader title={t("title")}>
              {!isEmpty && filter === "" && (
                <Button size="compact-sm" variant="default" onClick={() => void askToEmpty()}>
                  {t("emptyBin")}
                </Button>
              )}
            </SectionHeader>
            <FilterField value={filter} onChange={setFilter} onArrowDown={() => listElement.current?.focus()} />
            {isEmpty ? (
              ranked ? (
                <EmptyState icon={IconSearchOff} title={t("empty.noMatchTitle")}>
                  {t("empty.noMatch", { filter: list.filter })}
                </EmptyState>
              ) : (
                <EmptyState icon={IconTrash} title={t("empty.title")}>
                  {t("empty.text")}
                </EmptyState>
              )
            ) : (
              <VirtualList
                ref={listElement}
                label={t("title")}
                count={list.total}
                renderRow={(index) => {
                  const row = list.rowAt(index);
                  return row && <BinRowText row={row} />;
                }}
                isSelected={(index) => many.isSelected(list.rowAt(index)?.id)}
                onSelect={(index) => {
                  const row = list.rowAt(index);
                  if (row) select(row.id);
                }}
                multi={many.moves}
                onOpen={() => detail.current?.querySelector("button")?.focus()}
                onRange={list.showRange}
                resetKey={filter}
              />
            )}
          </>
        }
        detail={
          <div ref={detail} style={{ height: "100%" }}>
            {many.ids.size > 1 ? (
              <BinSelection
                ids={many.ids}
                work={restoring.state}
                onRestore={() => void restoreAll([...many.ids], "")}
                onRemove={() => {
                  removal.ask([...many.ids]);
                }}
                onClear={many.clear}
              />
            ) : selected === undefined ? (
              <EmptyState icon={IconTrash}>{isEmpty ? t("empty.aside") : t("empty.noneChosen")}</EmptyState>
            ) : (
              <BinDetail
                key={selected}
                id={selected}
                work={restoring.state}
                onRestore={(name) => void restoreAll([selected], name)}
                onRemove={() => {
                  removal.ask([selected]);
                }}
                onEscape={() => listElement.current?.focus()}
              />
            )}
          </div>
        }
      />
      <RemovalQuestion removal={removal} />
    </>
  );
}
