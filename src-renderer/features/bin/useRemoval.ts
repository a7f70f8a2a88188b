import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isShippedId, type RecordId } from "../../domain/ids";
import { useNotebook } from "../../platform/notebook";
import { useLongWork, type WorkState } from "../../ui/useLongWork";

/** What is to be removed for good, so that the question can name it. */
export interface Removal {
  readonly ids: readonly RecordId[];
  /** Hidden records of shipped lists among what was asked for; they stay. */
  readonly hidden: number;
}

export interface RemovalControl {
  /** What the person is being asked about; null while nothing is. */
  readonly asked: Removal | null;
  readonly work: WorkState;
  readonly ask: (ids: readonly RecordId[]) => void;
  readonly cancel: () => void;
  readonly confirm: () => void;
}

/**
 * Removing records for good, the one thing here that cannot be undone, so it asks first. Exactly what the question
 * counted is removed, also where more has come into the bin meanwhile.
 */
export function useRemoval(onRemoved: (ids: readonly RecordId[]) => void): RemovalControl {
  const { t } = useTranslation("bin");
  const notebook = useNotebook();
  const { state, run } = useLongWork();
  const [asked, setAsked] = useState<Removal | null>(null);

  async function remove({ ids }: Removal): Promise<void> {
    let erased = 0;
    const done = await run(async () => {
      const result = await notebook.request("emptyBin", { ids: [...ids] });
      if (result.ok) erased = result.value.erased;
      return result;
    });
    if (!done) return;
    setAsked(null);
    onRemoved(ids);
    notifications.show({ message: t("removed", { count: erased }) });
  }

  return {
    asked,
    work: state,
    ask: (ids) => {
      const removable = ids.filter((id) => !isShippedId(id));
      setAsked({ ids: removable, hidden: ids.length - removable.length });
    },
    cancel: () => {
      if (state.kind !== "working") setAsked(null);
    },
    confirm: () => {
      if (asked && asked.ids.length > 0) void remove(asked);
    },
  };
}
