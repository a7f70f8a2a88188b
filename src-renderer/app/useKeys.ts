import { useEffect } from "react";
import type { MainClient } from "../platform/bridge";
import { sections, type Navigation } from "../platform/navigation";
import { isComposing } from "../ui/composing";
import { focusFilter } from "../ui/FilterField";

/** The window's keys: Ctrl/Cmd+1…4 sections, Ctrl/Cmd+N new, Ctrl/Cmd+F filter. A screen that takes a key has it first. */
export function useKeys(main: MainClient, go: Navigation["go"], createNew: () => void): void {
  useEffect(() => {
    let composing = false;
    const onComposition = ({ type }: Event): void => {
      composing = type === "compositionstart";
    };
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || isComposing(event) || event.altKey || event.shiftKey) return;
      if (!(event.ctrlKey || event.metaKey)) return;
      const section = sections[Number(event.key) - 1];
      if (section) go(section);
      else if (event.key === "n") createNew();
      else if (event.key === "f") focusFilter();
      else return;
      event.preventDefault();
    }
    window.addEventListener("keydown", onKeyDown);
    window.addEventListener("compositionstart", onComposition);
    window.addEventListener("compositionend", onComposition);
    const stop = main.on("menu:command", ({ command }) => {
      // The menu's keys know nothing of input methods, and the page could not refuse them.
      if (composing) return;
      if (command === "settings") go("settings");
      else if (command === "find") focusFilter();
    });
    return () => {
      window.removeEventListener("keydown", onKeyDown);
      window.removeEventListener("compositionstart", onComposition);
      window.removeEventListener("compositionend", onComposition);
      stop();
    };
  }, [main, go, createNew]);
}
