import { notifications } from "@mantine/notifications";
import { useCallback, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useMain } from "../../platform/bridge";
import { useKeysFailureText } from "./failureTexts";

const MESSAGE = "not-locked";

/** Locks the notebook, or says why it stays open. Main has everything typed flushed first and then replaces the window. */
export function useLock(): () => void {
  const { t } = useTranslation("protection");
  const main = useMain();
  const failureText = useKeysFailureText();
  const isUnderWay = useRef(false);
  return useCallback(() => {
    // The key and the menu may both tell of one press.
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    const say = (message: string): void => {
      notifications.hide(MESSAGE);
      notifications.show({ id: MESSAGE, title: t("lock.notLocked"), message, autoClose: 15_000 });
    };
    void (async () => {
      const state = await main.invoke("keys:state", {});
      if (state.kind !== "open") return;
      if (state.protection !== "passphrase") {
        say(t("lock.needsPassphrase"));
        return;
      }
      // What an input method is composing becomes text, and so is saved with the rest.
      const focused = document.activeElement;
      if (focused instanceof HTMLElement) focused.blur();
      const locked = await main.invoke("keys:lock", {});
      if (locked.ok) return;
      if (focused instanceof HTMLElement) focused.focus();
      say(failureText(locked.failure));
    })()
      .catch(() => {
        say(failureText({ kind: "unexpected" }));
      })
      .finally(() => {
        isUnderWay.current = false;
      });
  }, [main, t, failureText]);
}
