import { PasswordInput } from "@mantine/core";
import { IconAlertCircle } from "@tabler/icons-react";
import { useState, type KeyboardEvent, type ReactNode, type Ref } from "react";
import { useTranslation } from "react-i18next";
import { isComposing } from "../../ui/composing";
import styles from "./protection.module.css";

export interface PassphraseFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** Whether it is the one in force or one to come, for who fills in passphrases. */
  readonly kind: "current" | "new";
  readonly error?: string | undefined;
  readonly description?: ReactNode;
  readonly autoFocus?: boolean;
  readonly onEnter?: () => void;
  readonly ref?: Ref<HTMLInputElement>;
}

/** What only an input method writes: full-width forms, Han and other characters beyond the Latin alphabet's. */
const beyondKeys = /[^\u0000-\u024f\u2010-\u203f\u20ac]/u;

/** A passphrase, hidden unless asked for; says what may make it another one than was meant. */
export function PassphraseField(props: PassphraseFieldProps): ReactNode {
  const { t } = useTranslation("protection");
  const { value, onChange, kind, onEnter, ...rest } = props;
  const [isShown, setIsShown] = useState(false);
  const [hasCapsLock, setHasCapsLock] = useState(false);

  function onKey(event: KeyboardEvent): void {
    setHasCapsLock(event.getModifierState("CapsLock"));
  }

  const hints = [
    ...(hasCapsLock ? [t("hint.capsLock")] : []),
    ...(beyondKeys.test(value) ? [kind === "new" ? t("hint.newByInputMethod") : t("hint.inputMethod")] : []),
  ];
  return (
    <div>
      <PasswordInput
        {...rest}
        value={value}
        visible={isShown}
        onVisibilityChange={setIsShown}
        visibilityToggleButtonProps={{ "aria-label": isShown ? t("hideTyped") : t("showTyped"), tabIndex: 0 }}
        autoComplete={kind === "new" ? "new-password" : "current-password"}
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        onChange={(event) => {
          onChange(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          onKey(event);
          if (event.key !== "Enter" || isComposing(event) || !onEnter) return;
          event.preventDefault();
          onEnter();
        }}
        onKeyUp={onKey}
        onBlur={() => {
          setHasCapsLock(false);
        }}
      />
      <div aria-live="polite">
        {hints.map((hint) => (
          <p key={hint} className={styles.hint}>
            <IconAlertCircle size={15} stroke={1.7} aria-hidden />
            {hint}
          </p>
        ))}
      </div>
    </div>
  );
}
