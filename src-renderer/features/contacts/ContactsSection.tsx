import { Button } from "@mantine/core";
import { IconAddressBook, IconPlus, IconSearchOff } from "@tabler/icons-react";
import { useCallback, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useBegin } from "../../platform/useBegin";
import { useNewCommand, useSelected } from "../../platform/navigation";
import { neighbourOf } from "../../platform/neighbour";
import { useList } from "../../platform/useList";
import { useSyncStatus } from "../../platform/useSyncStatus";
import { EmptyState } from "../../ui/EmptyState";
import { FilterField } from "../../ui/FilterField";
import { focusFirstField } from "../../ui/RecordPane";
import { SectionHeader } from "../../ui/SectionHeader";
import { SplitView } from "../../ui/SplitView";
import { useDeleteWithUndo } from "../../ui/useDeleteWithUndo";
import { VirtualList } from "../../ui/VirtualList";
import { ContactDetail } from "./ContactDetail";
import { ContactRowText } from "./ContactRowText";

/** People: the list with its filter, and the chosen contact beside it. */
export function ContactsSection(): ReactNode {
  const { t } = useTranslation("contacts");
  const [selected, select] = useSelected("contact");
  const [filter, setFilter] = useState("");
  const list = useList({ type: "contact", filter });
  const begin = useBegin();
  const remove = useDeleteWithUndo();
  const status = useSyncStatus();
  const marksWaiting = status !== null && status.kind !== "not-connected";
  const listElement = useRef<HTMLDivElement>(null);
  const pane = useRef<HTMLDivElement>(null);

  const beginContact = useCallback(() => {
    select(begin("contact"));
  }, [begin, select]);
  useNewCommand(beginContact);

  async function removeSelected(name: string): Promise<void> {
    if (selected === undefined) return;
    const next = neighbourOf(list, selected);
    if (!(await remove(selected, name))) return;
    select(next?.type === "contact" ? next.id : undefined);
    listElement.current?.focus();
  }

  const newButton = (
    <Button size="compact-sm" leftSection={<IconPlus size={15} aria-hidden />} onClick={beginContact}>
      {t("newContact")}
    </Button>
  );
  const isEmpty = list.total === 0 && !list.loading;
  return (
    <SplitView
      detailLabel={t("detail")}
      list={
        <>
          <SectionHeader title={t("title")}>{newButton}</SectionHeader>
          <FilterField value={filter} onChange={setFilter} onArrowDown={() => listElement.current?.focus()} />
          {isEmpty && filter.trim() !== "" && (
            <EmptyState icon={IconSearchOff} title={t("empty.noMatchTitle")}>
              {t("empty.noMatch", { filter: list.filter })}
            </EmptyState>
          )}
          {isEmpty && filter.trim() === "" && (
            <EmptyState icon={IconAddressBook} title={t("empty.title")}>
              {t("empty.text")}
            </EmptyState>
          )}
          {!isEmpty && (
            <VirtualList
              ref={listElement}
              label={t("title")}
              count={list.total}
              renderRow={(index) => {
                const row = list.rowAt(index);
                return row && <ContactRowText row={row} marksWaiting={marksWaiting} />;
              }}
              isSelected={(index) => selected !== undefined && list.rowAt(index)?.id === selected}
              onSelect={(index) => {
                const row = list.rowAt(index);
                if (row) select(row.id);
              }}
              onOpen={() => {
                focusFirstField(pane.current);
              }}
              onRange={list.showRange}
              resetKey={filter}
            />
          )}
        </>
      }
      detail={
        selected === undefined ? (
          <EmptyState icon={IconAddressBook}>{t("empty.noneChosen")}</EmptyState>
        ) : (
          <ContactDetail
            key={selected}
            id={selected}
            paneRef={pane}
            onDelete={(name) => void removeSelected(name)}
            onEscape={() => listElement.current?.focus()}
          />
        )
      }
    />
  );
}
