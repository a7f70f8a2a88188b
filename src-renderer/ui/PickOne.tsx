import { CloseButton, Combobox, InputBase } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { IdOf } from "../domain/ids";
import { rowNames } from "../i18n/rowNames";
import { useLanguage } from "../i18n/texts";
import { useRow } from "../platform/useRows";
import { RecordChoices } from "./RecordChoices";
import { usePickField } from "./usePickField";

export interface PickOneProps<T extends "organisation" | "contact"> {
  /** Shown above the field, and its accessible name. */
  readonly label: string;
  readonly type: T;
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
export function PickOne<T extends "organisation" | "contact">(props: PickOneProps<T>): ReactNode {
  const { label, type, value, onChange, placeholder, description, error } = props;
  const { t } = useTranslation("common");
  const [language] = useLanguage();
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
          label={label}
          description={description}
          error={error}
          placeholder={placeholder}
          value={typed ?? name}
          // Names of committees are longer than any field.
          title={typed === null ? name : undefined}
          onFocus={(event) => {
            event.currentTarget.select();
          }}
          rightSectionPointerEvents={value === undefined ? "none" : "all"}
          rightSection={
            value === undefined ? (
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
        {combobox.dropdownOpened && <RecordChoices label={label} type={type} filter={filter} onChoices={onChoices} />}
      </Combobox.Dropdown>
    </Combobox>
  );
}
