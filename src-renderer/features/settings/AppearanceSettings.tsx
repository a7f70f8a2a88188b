import { ActionIcon, Button, Group, Radio } from "@mantine/core";
import { IconMinus, IconPlus } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { densities, nextZoom, themes, useLooks, type LooksState } from "../../platform/looks";
import { keyLabel, isMac } from "../../ui/keyLabel";
import styles from "./settings.module.css";

/** Light or dark, how close the rows stand, how large the text is; each is shown at once and remembered. */
export function AppearanceSettings(): ReactNode {
  const { t } = useTranslation("settings");
  const [state, looks] = useLooks();
  const [notSaved, setNotSaved] = useState<string | null>(null);

  async function change(changes: Partial<LooksState>): Promise<void> {
    const saved = await looks.change(changes);
    setNotSaved(saved.ok ? null : saved.failure.detail);
  }

  return (
    <>
      <Choice
        label={t("appearance.theme")}
        values={themes}
        value={state.theme}
        nameOf={(theme) => t(`appearance.themes.${theme}`)}
        onChange={(theme) => void change({ theme })}
      />
      <Choice
        label={t("appearance.density")}
        values={densities}
        value={state.density}
        nameOf={(density) => t(`appearance.densities.${density}`)}
        onChange={(density) => void change({ density })}
      />
      <TextZoom value={state.textZoom} onChange={(textZoom) => void change({ textZoom })} />
      {notSaved !== null && (
        <p className={styles.problem} role="alert">
          {t("appearance.notSaved", { detail: notSaved })}
        </p>
      )}
    </>
  );
}

function Choice<Value extends string>(props: {
  readonly label: string;
  readonly values: readonly Value[];
  readonly value: Value;
  readonly nameOf: (value: Value) => string;
  readonly onChange: (value: Value) => void;
}): ReactNode {
  return (
    <Radio.Group
      label={props.label}
      value={props.value}
      onChange={(chosen) => {
        const value = props.values.find((each) => each === chosen);
        if (value !== undefined) props.onChange(value);
      }}
    >
      <Group gap="lg" mt={6}>
        {props.values.map((value) => (
          <Radio key={value} value={value} label={props.nameOf(value)} size="xs" />
        ))}
      </Group>
    </Radio.Group>
  );
}

function TextZoom(props: { readonly value: number; readonly onChange: (value: number) => void }): ReactNode {
  const { t } = useTranslation("settings");
  const { value, onChange } = props;
  const [smaller, larger] = [nextZoom(value, -1), nextZoom(value, 1)];
  const mac = isMac();
  return (
    <div role="group" aria-label={t("appearance.textZoom")} className={styles.zoom}>
      <span className={styles.zoomLabel} aria-hidden>
        {t("appearance.textZoom")}
      </span>
      <Group gap="xs">
        <ActionIcon
          variant="default"
          size="md"
          aria-label={t("appearance.smaller")}
          disabled={smaller === value}
          onClick={() => {
            onChange(smaller);
          }}
        >
          <IconMinus size={15} stroke={1.7} aria-hidden />
        </ActionIcon>
        <span className={styles.zoomValue} aria-live="polite">
          {t("appearance.percent", { value: Math.round(value * 100) })}
        </span>
        <ActionIcon
          variant="default"
          size="md"
          aria-label={t("appearance.larger")}
          disabled={larger === value}
          onClick={() => {
            onChange(larger);
          }}
        >
          <IconPlus size={15} stroke={1.7} aria-hidden />
        </ActionIcon>
        {value !== 1 && (
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => {
              onChange(1);
            }}
          >
            {t("appearance.usualSize")}
          </Button>
        )}
      </Group>
      <p className={styles.quiet}>
        {t("appearance.zoomKeys", {
          larger: keyLabel("Mod-+", mac),
          smaller: keyLabel("Mod--", mac),
          usual: keyLabel("Mod-0", mac),
        })}
      </p>
    </div>
  );
}
