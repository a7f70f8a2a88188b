import { useEffect, useRef, type FocusEvent, type KeyboardEvent, type RefObject } from "react";

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export interface RovingFocus {
  readonly ref: RefObject<HTMLDivElement | null>;
  readonly onKeyDown: (event: KeyboardEvent<HTMLDivElement>) => void;
  readonly onFocus: (event: FocusEvent<HTMLDivElement>) => void;
}

/** One stop of the Tab key for a row of buttons: the one used last; arrows, Home and End move inside. */
export function useRovingFocus(): RovingFocus {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const [first, ...others] = buttonsOf(ref.current);
    if (first) makeStop(first, others);
  }, []);
  return {
    ref,
    onFocus: (event) => {
      if (event.target instanceof HTMLButtonElement) makeStop(event.target, buttonsOf(ref.current));
    },
    onKeyDown: (event) => {
      const buttons = buttonsOf(ref.current);
      const at = buttons.findIndex((button) => button === event.target);
      const target =
        event.key === "Home"
          ? buttons[0]
          : event.key === "End"
            ? buttons.at(-1)
            : buttons[(at + (STEPS[event.key] ?? 0) + buttons.length) % buttons.length];
      const isOpening = event.key === "ArrowDown" && event.target instanceof Element && event.target.ariaHasPopup;
      if (at < 0 || !target || target === event.target || isOpening) return;
      event.preventDefault();
      target.focus();
    },
  };
}

function buttonsOf(row: HTMLElement | null): readonly HTMLButtonElement[] {
  return [...(row?.querySelectorAll("button") ?? [])];
}

function makeStop(stop: HTMLButtonElement, all: readonly HTMLButtonElement[]): void {
  for (const button of all) button.tabIndex = -1;
  stop.tabIndex = 0;
}
