import { Combobox, Input, useCombobox } from "@mantine/core";
import { useId, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ContactId, RecordId } from "../../domain/ids";
import { useSaveFailureText } from "../../i18n/failureTexts";
import { isComposing, isPlainInput } from "../../ui/composing";
import { useReadOnly } from "../../ui/readOnly";
import { RecordChoices, TYPED } from "../../ui/RecordChoices";
import styles from "./meetings.module.css";
import type { TypedNamesField } from "./useTypedNames";

/** Longest filter that the notebook takes (ports/notebook.ts). */
const LONGEST_FILTER = 500;

export interface AttendeeInputProps {
  readonly without: ReadonlySet<RecordId>;
  readonly onContact: (id: ContactId) => void;
  /** What stands in the field, and what makes attendees of it. */
  readonly names: TypedNamesField;
  /** The names that were refused are being changed or given up. */
  readonly onChangeRefused: () => void;
  /** Who attends already, between the label and the field. */
  readonly children: ReactNode;
}

/**
 * One field for both kinds of attendee: a contact is chosen from the list by arrow keys or a click, anything else that
 * is typed is a name. Enter adds the name, and so does leaving the field, so that nothing typed is lost.
 */
export function AttendeeInput({ without, onContact, names, onChangeRefused, children }: AttendeeInputProps): ReactNode {
  const { t } = useTranslation("meetings");
  const failureText = useSaveFailureText();
  const inputId = useId();
  const { text } = names;
  const [filter, setFilter] = useState("");
  const composing = useRef(false);
  const readOnly = useReadOnly();
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
    },
  });

  function show(next: string): void {
    if (names.failure) onChangeRefused();
    names.type(next);
    if (composing.current) return;
    setFilter(next.slice(0, LONGEST_FILTER));
    combobox.resetSelectedOption();
    combobox.openDropdown();
  }

  function compose(now: boolean): void {
    composing.current = now;
    names.setComposing(now);
  }

  function clearFilter(): void {
    setFilter("");
    combobox.resetSelectedOption();
  }

  function addNames(typed: string): void {
    if (typed.trim() === "") return;
    clearFilter();
    void names.add(typed);
  }

  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(value) => {
        if (value === TYPED) addNames(text);
        else {
          onContact(value as ContactId);
          names.type("");
        }
        clearFilter();
        // It lies over the fields below.
        combobox.closeDropdown();
      }}
    >
      <Input.Wrapper
        id={inputId}
        label={t("field.attendees")}
        description={readOnly ? undefined : t("hint.attendees")}
        inputWrapperOrder={["label", "input", "description", "error"]}
        error={names.failure && failureText(names.failure)}
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
              error={names.failure !== null}
              onChange={(event) => {
                if (isPlainInput(event)) compose(false);
                show(event.currentTarget.value);
              }}
              onCompositionStart={() => {
                compose(true);
              }}
              onCompositionEnd={(event) => {
                compose(false);
                show(event.currentTarget.value);
              }}
              onClick={() => {
                combobox.openDropdown();
              }}
              onBlur={() => {
                combobox.closeDropdown();
                addNames(text);
              }}
              onPaste={(event) => {
                const pasted = event.clipboardData.getData("text");
                if (!/[\r\n]/.test(pasted.trim())) return;
                // A line break would be swallowed by the field, and two names would become one.
                event.preventDefault();
                addNames(`${text}${pasted}`);
              }}
              onKeyDown={(event) => {
                if (isComposing(event) || event.key !== "Enter") return;
                if (combobox.dropdownOpened && combobox.getSelectedOptionIndex() !== -1) return;
                event.preventDefault();
                addNames(text);
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
