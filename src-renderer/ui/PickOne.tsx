import { CloseButton, Combobox, InputBase } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { IdOf, RecordId } from "../domain/ids";
import type { AreaRow } from "../domain/rosterRow";
import { rowNames } from "../i18n/rowNames";
import { useLanguage } from "../i18n/texts";
import { useRow } from "../platform/useRows";
import { useReadOnly } from "./readOnly";
import { PickChoices } from "./PickChoices";
import type { PickedType } from "./RecordChoices";
import { usePickField } from "./usePickField";

export interface PickOneProps<T extends PickedType> {
  /** Shown above the field, and its accessible name. */
  readonly label: string;
  /** Only the accessible name: where the field stands beside others and its placeholder says enough. */
  readonly hidesLabel?: boolean;
  readonly type: T;
  /** Of areas only: the kinds offered; all unless told. */
  readonly kinds?: readonly AreaRow["kind"][];
  /** Not offered, e.g. the record itself. */
  readonly without?: ReadonlySet<RecordId>;
  readonly value: IdOf<T> | undefined;
  readonly onChange: (id: IdOf<T> | undefined) => void;
  readonly placeholder?: string;
  readonly description?: ReactNode;
  readonly error?: string | undefined;
}

/**
 * Chooses one record by typing part of its name in any form that the filter knows. Leaving the field without a choice
 * changes nothing.
 */
export function PickOne<T extends PickedType>(props: PickOneProps<T>): ReactNode {
  const { label, hidesLabel = false, type, kinds, without, value, onChange, placeholder, description, error } = props;
  const { t } = useTranslation("common");
  const [language] = useLanguage();
  const readOnly = useReadOnly();
  const row = useRow(value);
  const { combobox, typed, filter, leave, onChoices, inputProps } = usePickField();
  const name = row ? rowNames(row, language).first || t("untitled") : "";

  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(id) => {
        onChange(id as IdOf<T>);
        leave();
      }}
    >
      <Combobox.Target>
        <InputBase
          {...inputProps}
          {...(hidesLabel ? { "aria-label": label } : { label })}
          description={description}
          error={error}
          placeholder={placeholder}
          value={typed ?? name}
          // Names of committees are longer than any field.
          title={typed === null ? name : undefined}
          onFocus={(event) => {
            event.currentTarget.select();
          }}
          readOnly={readOnly}
          rightSectionPointerEvents={value === undefined ? "none" : "all"}
          rightSection={
            readOnly ? null : value === undefined ? (
              <Combobox.Chevron />
            ) : (
              <CloseButton
                size="sm"
                aria-label={t("remove", { name })}
                onMouseDown={(event) => {
                  event.preventDefault();
                }}
                onClick={() => {
                  onChange(undefined);
                  leave();
                }}
              />
            )
          }
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        {combobox.dropdownOpened && !readOnly && (
          <PickChoices
            label={label}
            type={type}
            kinds={kinds}
            filter={filter}
            without={without}
            onChoices={onChoices}
          />
        )}
      </Combobox.Dropdown>
    </Combobox>
  );
}
