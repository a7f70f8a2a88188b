import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconTrash } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Edit } from "../domain/edit";
import type { AreaId, RecordId } from "../domain/ids";
import { recordKind } from "../domain/recordKinds";
import { useSaveFailureText } from "../i18n/failureTexts";
import type { ShownType } from "../platform/navigation";
import { useEditMany } from "../platform/useEdit";
import { areaKindsFor, typesWithAreas } from "./AreasField";
import { BulkPane } from "./BulkPane";
import { PickOne } from "./PickOne";
import { PutBackMessage } from "./useDeleteWithPutBack";
import { useLongWork } from "./useLongWork";

/** How long Put back is offered, in ms. */
const OFFERED_FOR = 12_000;

export interface BulkEditProps {
  readonly type: ShownType;
  /** What is selected; more than one. */
  readonly ids: ReadonlySet<RecordId>;
  readonly onClear: () => void;
  /** All of them are in the bin. */
  readonly onDeleted: () => void;
}

/** What can be done with several records of one type at once: an area given or taken away, and Delete. One step of Undo each. */
export function BulkEdit({ type, ids, onClear, onDeleted }: BulkEditProps): ReactNode {
  const { t } = useTranslation(["lists", "common"]);
  const editMany = useEditMany();
  const failureText = useSaveFailureText();
  const { state, run } = useLongWork();
  const [said, setSaid] = useState("");
  const count = ids.size;
  const edits = (of: (id: RecordId) => Edit): Edit[] => [...ids].map(of);

  async function changeArea(op: "addMember" | "removeMember", areaId: AreaId): Promise<void> {
    setSaid("");
    const changed = await run(() =>
      editMany(edits((id) => ({ kind: "change", id, changes: [{ op, field: "areaIds", value: areaId }] }))),
    );
    if (changed) setSaid(op === "addMember" ? t("areaAdded", { count }) : t("areaTaken", { count }));
  }

  async function removeAll(): Promise<void> {
    const restoring = edits((id) => ({ kind: "restore", id }));
    if (!(await run(() => editMany(edits((id) => ({ kind: "delete", id })))))) return;
    const [first] = ids;
    // Named as for one record, so that Undo, which names some of its records, takes the offer back.
    const notification = `deleted ${first ?? ""}`;
    const putBack = async (): Promise<void> => {
      notifications.hide(notification);
      const restored = await editMany(restoring);
      if (!restored.ok) {
        const message = failureText(restored.failure);
        notifications.show({ color: "red", title: t("common:notRestored"), message });
      }
    };
    notifications.show({
      id: notification,
      autoClose: OFFERED_FOR,
      closeButtonProps: { "aria-label": t("common:close") },
      message: <PutBackMessage text={t("deletedMany", { count })} onPutBack={() => void putBack()} />,
    });
    onDeleted();
  }

  return (
    <BulkPane count={count} onClear={onClear} work={state} working={t("working", { count })}>
      {typesWithAreas.some((each) => each === type) && (
        <>
          <PickOne
            label={t("giveArea")}
            type="area"
            kinds={areaKindsFor(type)}
            value={undefined}
            onChange={(id) => {
              if (id !== undefined) void changeArea("addMember", id);
            }}
          />
          <PickOne
            label={t("takeArea")}
            type="area"
            kinds={areaKindsFor(type)}
            value={undefined}
            onChange={(id) => {
              if (id !== undefined) void changeArea("removeMember", id);
            }}
          />
          <span role="status">{said}</span>
        </>
      )}
      {recordKind(type).deletable && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconTrash size={15} stroke={1.6} aria-hidden />}
          onClick={() => void removeAll()}
        >
          {t("common:delete")}
        </Button>
      )}
    </BulkPane>
  );
}
