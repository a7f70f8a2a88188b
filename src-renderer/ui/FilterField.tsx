import { CloseButton, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { isComposing, isPlainInput } from "./composing";
import styles from "./ui.module.css";

export interface FilterFieldProps {
  readonly value: string;
  /** Never called with half-composed text. */
  readonly onChange: (filter: string) => void;
  /** Arrow down: goes on to the list. */
  readonly onArrowDown?: () => void;
}

/** Longest filter that the notebook takes (ports/notebook.ts). */
const LONGEST = 500;

/** The filter of a list. Esc clears it; `focusFilter` (Ctrl/Cmd+F) reaches it from anywhere in the window. */
export function FilterField({ value, onChange, onArrowDown }: FilterFieldProps): ReactNode {
  const { t } = useTranslation("common");
  const [typed, setTyped] = useState(value);
  const [followed, setFollowed] = useState(value);
  const composing = useRef(false);
  const input = useRef<HTMLInputElement>(null);

  if (value !== followed) {
    setFollowed(value);
    setTyped(value);
  }

  function tell(filter: string): void {
    const shortened = filter.slice(0, LONGEST);
    setFollowed(shortened);
    if (shortened !== value) onChange(shortened);
  }

  return (
    <div className={styles.filter}>
      <TextInput
        ref={input}
        data-filter-field=""
        aria-label={t("filter")}
        placeholder={t("filter")}
        value={typed}
        maxLength={LONGEST}
        spellCheck={false}
        autoComplete="off"
        leftSection={<IconSearch size={15} stroke={1.7} aria-hidden />}
        rightSection={
          typed === "" ? null : (
            <CloseButton
              size="sm"
              aria-label={t("clear")}
              onClick={() => {
                setTyped("");
                tell("");
                input.current?.focus();
              }}
            />
          )
        }
        onChange={(event) => {
          const text = event.currentTarget.value;
          if (isPlainInput(event)) composing.current = false;
          setTyped(text);
          if (!composing.current) tell(text);
        }}
        onCompositionStart={() => {
          composing.current = true;
        }}
        onCompositionEnd={(event) => {
          composing.current = false;
          tell(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (isComposing(event)) return;
          if (event.key === "Escape" && typed !== "") {
            event.stopPropagation();
            setTyped("");
            tell("");
          } else if (event.key === "ArrowDown" && onArrowDown) {
            event.preventDefault();
            onArrowDown();
          }
        }}
      />
    </div>
  );
}

/** Moves the caret to the filter on screen, if there is one, and selects what is in it. */
export function focusFilter(): void {
  const field = document.querySelector<HTMLInputElement>("input[data-filter-field]");
  field?.focus();
  field?.select();
}
