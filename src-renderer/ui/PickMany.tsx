import { CloseButton, Combobox, Input } from "@mantine/core";
import { useId, useMemo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { IdOf, RecordId } from "../domain/ids";
import type { AreaRow } from "../domain/rosterRow";
import { isComposing } from "./composing";
import { useReadOnly } from "./readOnly";
import { PickChoices } from "./PickChoices";
import { TYPED, type PickedType } from "./RecordChoices";
import styles from "./ui.module.css";
import { usePickField } from "./usePickField";

export interface Chosen {
  /** Given back to `onRemove`. */
  readonly key: string;
  /** Name as read aloud, and as shown unless `content` says more. */
  readonly name: string;
  readonly content?: ReactNode;
  /** The record it stands for; it is not offered again. */
  readonly id?: RecordId | undefined;
}

export interface PickManyProps<T extends PickedType> {
  /** Shown above the field, and its accessible name. */
  readonly label: string;
  readonly type: T;
  /** Of areas only: the kinds offered; all unless told. */
  readonly kinds?: readonly AreaRow["kind"][];
  readonly chosen: readonly Chosen[];
  readonly onAdd: (id: IdOf<T>) => void;
  readonly onRemove: (key: string) => void;
  /** Takes typed text that is no record (a name): its own last choice, and the first one when nothing matches. */
  readonly onTyped?: (text: string) => void;
  /** The words that offer the typed text, e.g. `Add “Zhang Wei” as a name`; goes with `onTyped`. */
  readonly typedLabel?: (text: string) => string;
  readonly placeholder?: string;
  readonly description?: ReactNode;
  readonly error?: string | undefined;
}

/** Chooses several records; what is chosen stands above the field. Backspace in the empty field takes the last away. */
export function PickMany<T extends PickedType>(props: PickManyProps<T>): ReactNode {
  const { label, type, kinds, chosen, onAdd, onRemove, onTyped, typedLabel, placeholder, description, error } = props;
  const { t } = useTranslation("common");
  const inputId = useId();
  const readOnly = useReadOnly();
  const { combobox, typed, filter, leave, onChoices, inputProps } = usePickField();
  const without = useMemo(() => new Set(chosen.flatMap(({ id }) => (id === undefined ? [] : [id]))), [chosen]);
  const text = filter.trim();

  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(value) => {
        if (value === TYPED) onTyped?.(text);
        else onAdd(value as IdOf<T>);
        // Closed, since it lies over the next field.
        leave();
      }}
    >
      <Input.Wrapper id={inputId} label={label} description={description} error={error}>
        <div className={styles.choosing}>
          {chosen.length > 0 && (
            <ul className={styles.chosen}>
              {chosen.map(({ key, name, content }) => (
                <li key={key} className={styles.chip}>
                  {content ?? name}
                  {!readOnly && (
                    <CloseButton
                      size="xs"
                      aria-label={t("remove", { name })}
                      onClick={() => {
                        onRemove(key);
                      }}
                    />
                  )}
                </li>
              ))}
            </ul>
          )}
          <Combobox.Target>
            <Input
              {...inputProps}
              id={inputId}
              placeholder={readOnly ? "" : placeholder}
              readOnly={readOnly}
              value={typed ?? ""}
              error={error !== undefined}
              onKeyDown={(event) => {
                inputProps.onKeyDown(event);
                const last = chosen.at(-1);
                if (readOnly) return;
                if (event.key === "Backspace" && (typed ?? "") === "" && last && !event.repeat && !isComposing(event)) {
                  onRemove(last.key);
                }
              }}
            />
          </Combobox.Target>
        </div>
      </Input.Wrapper>
      <Combobox.Dropdown>
        {combobox.dropdownOpened && !readOnly && (
          <PickChoices
            label={label}
            type={type}
            kinds={kinds}
            filter={filter}
            without={without}
            typedChoice={onTyped && typedLabel && text !== "" ? typedLabel(text) : undefined}
            onChoices={onChoices}
          />
        )}
      </Combobox.Dropdown>
    </Combobox>
  );
}
