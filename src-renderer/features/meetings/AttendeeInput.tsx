import { Combobox, Input, useCombobox } from "@mantine/core";
import { useId, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Result } from "../../../src-main/shared/result";
import type { ContactId, RecordId } from "../../domain/ids";
import type { SaveFailure } from "../../domain/saveFailure";
import { useSaveFailureText } from "../../i18n/failureTexts";
import { isComposing, isPlainInput } from "../../ui/composing";
import { useReadOnly } from "../../ui/readOnly";
import { RecordChoices, TYPED } from "../../ui/RecordChoices";
import styles from "./meetings.module.css";

/** Longest filter that the notebook takes (ports/notebook.ts). */
const LONGEST_FILTER = 500;

export interface AttendeeInputProps {
  readonly without: ReadonlySet<RecordId>;
  readonly onContact: (id: ContactId) => void;
  readonly onNames: (text: string) => Promise<Result<null, SaveFailure>>;
  /** The names that were refused are being changed or given up. */
  readonly onChangeRefused: () => void;
  /** Who attends already, between the label and the field. */
  readonly children: ReactNode;
}

/**
 * One field for both kinds of attendee: a contact is chosen from the list by arrow keys or a click, anything else that
 * is typed is a name. Enter adds the name, and so does leaving the field, so that nothing typed is lost.
 */
export function AttendeeInput({
  without,
  onContact,
  onNames,
  onChangeRefused,
  children,
}: AttendeeInputProps): ReactNode {
  const { t } = useTranslation("meetings");
  const failureText = useSaveFailureText();
  const inputId = useId();
  const [text, setText] = useState("");
  const [filter, setFilter] = useState("");
  const [problem, setProblem] = useState<SaveFailure | null>(null);
  const composing = useRef(false);
  const readOnly = useReadOnly();
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
    },
  });

  function show(next: string): void {
    setText(next);
    if (problem) onChangeRefused();
    setProblem(null);
    if (composing.current) return;
    setFilter(next.slice(0, LONGEST_FILTER));
    combobox.resetSelectedOption();
    combobox.openDropdown();
  }

  function clear(): void {
    setText("");
    setFilter("");
    combobox.resetSelectedOption();
  }

  async function addNames(names: string): Promise<void> {
    if (names.trim() === "") return;
    clear();
    const added = await onNames(names);
    if (added.ok) return;
    setText((typedSince) => (typedSince === "" ? names : typedSince));
    setProblem(added.failure);
  }

  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(value) => {
        if (value === TYPED) void addNames(text);
        else onContact(value as ContactId);
        clear();
        // It lies over the fields below.
        combobox.closeDropdown();
      }}
    >
      <Input.Wrapper
        id={inputId}
        label={t("field.attendees")}
        description={readOnly ? undefined : t("hint.attendees")}
        inputWrapperOrder={["label", "input", "description", "error"]}
        error={problem && failureText(problem)}
      >
        <div className={styles.choosing}>
          {children}
          <Combobox.Target>
            <Input
              id={inputId}
              value={text}
              placeholder={readOnly ? "" : t("hint.attendeePlaceholder")}
              readOnly={readOnly}
              autoComplete="off"
              spellCheck={false}
              error={problem !== null}
              onChange={(event) => {
                if (isPlainInput(event)) composing.current = false;
                show(event.currentTarget.value);
              }}
              onCompositionStart={() => {
                composing.current = true;
              }}
              onCompositionEnd={(event) => {
                composing.current = false;
                show(event.currentTarget.value);
              }}
              onClick={() => {
                combobox.openDropdown();
              }}
              onBlur={() => {
                combobox.closeDropdown();
                void addNames(text);
              }}
              onPaste={(event) => {
                const pasted = event.clipboardData.getData("text");
                if (!/[\r\n]/.test(pasted.trim())) return;
                // A line break would be swallowed by the field, and two names would become one.
                event.preventDefault();
                void addNames(`${text}${pasted}`);
              }}
              onKeyDown={(event) => {
                if (isComposing(event) || event.key !== "Enter") return;
                if (combobox.dropdownOpened && combobox.getSelectedOptionIndex() !== -1) return;
                event.preventDefault();
                void addNames(text);
              }}
            />
          </Combobox.Target>
        </div>
      </Input.Wrapper>
      <Combobox.Dropdown>
        {combobox.dropdownOpened && !readOnly && (
          <RecordChoices
            label={t("field.attendees")}
            type="contact"
            filter={filter}
            without={without}
            typedChoice={filter.trim() === "" ? undefined : t("addAsName", { name: filter.trim() })}
            onChoices={nothing}
          />
        )}
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** No choice is marked by itself: Enter adds what was typed, never somebody whose name only begins like it. */
function nothing(): void {
  // Nothing to do.
}
