import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconLock, IconLockOpen2, IconTrash } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Edit } from "../domain/edit";
import { isShippedId, type AreaId, type RecordId } from "../domain/ids";
import { recordKind } from "../domain/recordKinds";
import { useSaveFailureText } from "../i18n/failureTexts";
import type { ShownType } from "../platform/navigation";
import { useEditMany } from "../platform/useEdit";
import { areaKindsFor, typesWithAreas } from "./AreasField";
import { BulkPane } from "./BulkPane";
import { PickOne } from "./PickOne";
import { PrivateQuestion, type Sharing } from "./PrivateQuestion";
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

/** What can be done with several records of one type at once: an area given or taken away, private or shared, and Delete. One step of Undo each. */
export function BulkEdit({ type, ids, onClear, onDeleted }: BulkEditProps): ReactNode {
  const { t } = useTranslation(["lists", "common"]);
  const editMany = useEditMany();
  const failureText = useSaveFailureText();
  const { state, run } = useLongWork();
  const [said, setSaid] = useState("");
  const [asked, setAsked] = useState<Sharing | null>(null);
  const count = ids.size;
  /** What ships is everybody's. */
  const own = [...ids].filter((id) => !isShippedId(id));
  const edits = (of: (id: RecordId) => Edit): Edit[] => [...ids].map(of);

  async function changeArea(op: "addMember" | "removeMember", areaId: AreaId): Promise<void> {
    setSaid("");
    const changed = await run(() =>
      editMany(edits((id) => ({ kind: "change", id, changes: [{ op, field: "areaIds", value: areaId }] }))),
    );
    if (changed) setSaid(op === "addMember" ? t("areaAdded", { count }) : t("areaTaken", { count }));
  }

  async function share(sharing: Sharing): Promise<void> {
    setAsked(null);
    const visibility = sharing === "private" ? "private" : "project";
    await run(() => editMany(own.map((id) => ({ kind: "share", id, visibility }))));
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
      {own.length > 0 && (
        <>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconLock size={15} stroke={1.6} aria-hidden />}
            onClick={() => {
              setAsked("private");
            }}
          >
            {t("common:private.make")}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconLockOpen2 size={15} stroke={1.6} aria-hidden />}
            onClick={() => {
              setAsked("shared");
            }}
          >
            {t("common:private.share")}
          </Button>
          <PrivateQuestion
            asked={asked}
            count={own.length}
            onCancel={() => {
              setAsked(null);
            }}
            onConfirm={(sharing) => void share(sharing)}
          />
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
