import { Group, Radio } from "@mantine/core";
import type { ReactNode } from "react";
import type { Language } from "../../src-main/shared/settings";
import { languageNames, languages } from "../i18n/texts";

export interface LanguageChoiceProps {
  readonly label: string;
  readonly value: Language;
  readonly onChange: (language: Language) => void;
}

/** Languages by their own names, so that a person finds theirs whatever is shown now. */
export function LanguageChoice({ label, value, onChange }: LanguageChoiceProps): ReactNode {
  return (
    <Radio.Group
      label={label}
      value={value}
      onChange={(chosen) => {
        const language = languages.find((each) => each === chosen);
        if (language) onChange(language);
      }}
    >
      <Group gap="lg" mt={6}>
        {languages.map((language) => (
          <Radio key={language} value={language} label={languageNames[language]} lang={language} size="xs" />
        ))}
      </Group>
    </Radio.Group>
  );
}
