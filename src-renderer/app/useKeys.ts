import { useEffect, useEffectEvent } from "react";
import type { MainClient } from "../platform/bridge";
import type { Looks } from "../platform/looks";
import type { Navigation } from "../platform/navigation";
import { isComposing } from "../ui/composing";
import { focusFilter } from "../ui/FilterField";
import { isMac } from "../ui/keyLabel";
import { Composition } from "./composition";
import { FieldHistory, takesText, type Direction } from "./fieldHistory";
import { shortcutOf, type WindowCommand } from "./shortcuts";

export interface WindowCommands {
  readonly main: MainClient;
  readonly looks: Looks;
  readonly go: Navigation["go"];
  readonly createNew: () => void;
  readonly history: (direction: Direction) => void;
  readonly showShortcuts: () => void;
  /** Shows all double edits. */
  readonly review: () => void;
  readonly lock: () => void;
}

/**
 * The window's keys and menu. A screen that takes a key has it first; input methods and questions that must be answered
 * have all of them. Undo in a text field with something typed is left to the browser.
 */
export function useKeys(commands: WindowCommands): void {
  const { main, looks } = commands;
  const run = useEffectEvent((command: WindowCommand) => {
    if (typeof command === "object") {
      commands.go(command.go);
      return;
    }
    const actions: Record<Exclude<WindowCommand, object>, () => void> = {
      undo: () => {
        commands.history("undo");
      },
      redo: () => {
        commands.history("redo");
      },
      create: commands.createNew,
      find: focusFilter,
      settings: () => {
        commands.go("settings");
      },
      review: () => {
        commands.review();
      },
      lock: commands.lock,
      zoomIn: () => {
        looks.zoom(1);
      },
      zoomOut: () => {
        looks.zoom(-1);
      },
      zoomReset: () => {
        looks.zoom(0);
      },
      shortcuts: commands.showShortcuts,
    };
    actions[command]();
  });

  useEffect(() => {
    const composition = new Composition();
    const fields = new FieldHistory();
    const mac = isMac();
    const stops = [composition.watch(document), fields.watch(document)];

    // Whoever leaves the desk locks, whatever is being asked.
    const isAllowed = (command: WindowCommand): boolean => isZoom(command) || command === "lock" || !isQuestionOpen();

    function onKeyDown(event: KeyboardEvent): void {
      const shortcut = shortcutOf(event, mac);
      if (event.defaultPrevented || (isComposing(event) && shortcut?.command !== "lock")) return;
      if (!shortcut || !isAllowed(shortcut.command)) return;
      if (shortcut.isTyped && takesText(event.target)) return;
      const { command } = shortcut;
      const owner = isHistory(command) ? fields.ownerOf(command) : null;
      if (owner === "field") return;
      event.preventDefault();
      if (owner !== "nobody") run(command);
    }
    window.addEventListener("keydown", onKeyDown);
    stops.push(() => {
      window.removeEventListener("keydown", onKeyDown);
    });

    stops.push(
      main.on("menu:command", ({ command }) => {
        // The menu's keys know nothing of input methods, and the page could not refuse them.
        if ((composition.isUnderWay && command !== "lock") || !isAllowed(command)) return;
        if (!isHistory(command)) {
          run(command);
          return;
        }
        const owner = fields.ownerOf(command);
        // The menu took the key (on macOS), so the field's own history must be asked for.
        if (owner === "field") void main.invoke("field:history", { direction: command });
        else if (owner === "notebook") run(command);
      }),
    );
    return () => {
      for (const stop of stops) stop();
    };
  }, [main]);
}

function isHistory(command: WindowCommand): command is Direction {
  return command === "undo" || command === "redo";
}

function isZoom(command: WindowCommand): boolean {
  return command === "zoomIn" || command === "zoomOut" || command === "zoomReset";
}

/** Behind an open dialog nothing may change. */
function isQuestionOpen(): boolean {
  return document.querySelector('[aria-modal="true"]') !== null;
}
