import { useCallback, useEffect, useRef, useSyncExternalStore } from "react";
import type { Result } from "../../../src-main/shared/result";
import type { MeetingId } from "../../domain/ids";
import type { SaveFailure } from "../../domain/saveFailure";
import { useNotebookSession } from "../../platform/notebook";
import { allTypedNames, type TypedNames } from "./typedNames";

export interface TypedNamesField extends TypedNames {
  readonly type: (text: string) => void;
  /** Raw pinyin in the field is no name: while an input method composes, nothing is added by itself. */
  readonly setComposing: (composing: boolean) => void;
  /** Makes what stands in the field attendees; what is refused stays in it with the reason. */
  readonly add: (text: string) => Promise<void>;
}

/** The text in the field for attendees. Leaving the meeting in any way adds it, as leaving the field does. */
export function useTypedNames(
  meeting: MeetingId,
  addNames: (text: string) => Promise<Result<null, SaveFailure>>,
): TypedNamesField {
  const names = allTypedNames(useNotebookSession());
  const composing = useRef(false);
  const held = useSyncExternalStore(names.subscribe, () => names.of(meeting));
  const latest = useRef(addNames);
  useEffect(() => {
    latest.current = addNames;
  });

  const add = useCallback(
    async (text: string): Promise<void> => {
      if (text.trim() === "") return;
      names.set(meeting, { text: "", failure: null });
      const added = await latest.current(text);
      if (added.ok) return;
      const since = names.of(meeting).text;
      names.set(meeting, { text: since === "" ? text : `${text}; ${since}`, failure: added.failure });
    },
    [names, meeting],
  );

  useEffect(() => {
    const addAll = async (): Promise<void> => {
      if (!composing.current) await add(names.of(meeting).text);
    };
    names.follow(meeting, addAll);
    return () => {
      void addAll();
    };
  }, [names, meeting, add]);

  return {
    ...held,
    add,
    type: (text) => {
      names.set(meeting, { text, failure: null });
    },
    setComposing: (now) => {
      composing.current = now;
    },
  };
}
