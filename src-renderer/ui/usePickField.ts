import { useCombobox, type ComboboxStore } from "@mantine/core";
import { useCallback, useRef, useState, type ChangeEvent, type CompositionEvent, type KeyboardEvent } from "react";
import { isComposing, isPlainInput } from "./composing";

/** Longest filter that the notebook takes (ports/notebook.ts). */
const LONGEST = 500;

export interface PickField {
  readonly combobox: ComboboxStore;
  /** What is in the field; null when nothing has been typed since it was entered. */
  readonly typed: string | null;
  /** The typed text without half-composed parts: what the choices are filtered by. */
  readonly filter: string;
  /** Forgets the typing and closes the choices. */
  readonly leave: () => void;
  /** Called when the choices for the present filter are on screen. */
  readonly onChoices: () => void;
  readonly inputProps: {
    readonly autoComplete: "off";
    readonly spellCheck: false;
    readonly onClick: () => void;
    readonly onBlur: () => void;
    readonly onChange: (event: ChangeEvent<HTMLInputElement>) => void;
    readonly onCompositionStart: () => void;
    readonly onCompositionEnd: (event: CompositionEvent<HTMLInputElement>) => void;
    readonly onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void;
  };
}

/**
 * Typing in a picker. The first choice is marked once the answer to what was typed is there; an Enter that was faster
 * than the answer waits for it, so that it never takes a choice that belongs to an earlier text.
 */
export function usePickField(): PickField {
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
    },
  });
  const [typed, setTyped] = useState<string | null>(null);
  const [filter, setFilter] = useState("");
  const composing = useRef(false);
  const waiting = useRef(false);
  const enterWaits = useRef(false);
  const { openDropdown, closeDropdown, selectFirstOption, resetSelectedOption, clickSelectedOption } = combobox;

  const onChoices = useCallback(() => {
    waiting.current = false;
    if (filter.trim() === "") resetSelectedOption();
    else selectFirstOption();
    if (enterWaits.current) {
      enterWaits.current = false;
      clickSelectedOption();
    }
  }, [filter, resetSelectedOption, selectFirstOption, clickSelectedOption]);

  function ask(text: string): void {
    const next = text.slice(0, LONGEST);
    if (next !== filter) {
      waiting.current = true;
      resetSelectedOption();
    }
    setFilter(next);
    openDropdown();
  }

  function leave(): void {
    waiting.current = false;
    enterWaits.current = false;
    setTyped(null);
    setFilter("");
    closeDropdown();
  }

  return {
    combobox,
    typed,
    filter,
    leave,
    onChoices,
    inputProps: {
      autoComplete: "off",
      spellCheck: false,
      onClick: () => {
        openDropdown();
      },
      onBlur: leave,
      onChange: (event) => {
        setTyped(event.currentTarget.value);
        if (isPlainInput(event)) composing.current = false;
        if (!composing.current) ask(event.currentTarget.value);
      },
      onCompositionStart: () => {
        composing.current = true;
      },
      onCompositionEnd: (event) => {
        composing.current = false;
        ask(event.currentTarget.value);
      },
      onKeyDown: (event) => {
        if (isComposing(event)) return;
        if (event.key === "Enter" && waiting.current) {
          event.preventDefault();
          enterWaits.current = true;
        } else if (event.key === "Escape") {
          setTyped(null);
          setFilter("");
        }
      },
    },
  };
}
