// @vitest-environment happy-dom
import type { KeyboardEvent as ReactKeyboardEvent } from "react";
import { renderHook } from "@testing-library/react";
import { I18nextProvider } from "react-i18next";
import { describe, expect, it } from "vitest";
import { shortcutOf, shortcuts, type Pressed, type WindowCommand } from "../../../src-renderer/app/shortcuts";
import { useSheetGroups, type SheetGroup } from "../../../src-renderer/app/useSheetGroups";
import { createTexts } from "../../../src-renderer/i18n/texts";
import { sections } from "../../../src-renderer/platform/navigation";
import { keyLabel, keyParts } from "../../../src-renderer/ui/keyLabel";
import { listMove } from "../../../src-renderer/ui/listKeys";

function pressed(key: string, more: Partial<Pressed> = {}): Pressed {
  return { key, code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more };
}

/** The press of a key written as in the tables, on a keyboard of that system. */
function pressOf(key: string, isMac: boolean): Pressed {
  const parts = keyParts(key);
  const last = parts.at(-1) ?? "";
  const mod = parts.includes("Mod");
  const shiftKey = parts.includes("Shift") || last === "?" || last === "+";
  return pressed(shiftKey ? last.toUpperCase() : last, {
    ctrlKey: mod && !isMac,
    metaKey: mod && isMac,
    altKey: parts.includes("Alt"),
    shiftKey,
  });
}

const commandOf = (press: Pressed, isMac = false): WindowCommand | undefined => shortcutOf(press, isMac)?.command;

function sheet(language: "en" | "zh-CN"): readonly SheetGroup[] {
  const texts = createTexts(language);
  return renderHook(useSheetGroups, {
    wrapper: ({ children }) => <I18nextProvider i18n={texts}>{children}</I18nextProvider>,
  }).result.current;
}

describe("the keys of the window", () => {
  it.each([true, false])("each do what the table says and nothing else (on a Mac: %s)", (isMac) => {
    for (const { command, keys } of shortcuts) {
      for (const key of keys) expect({ key, command: commandOf(pressOf(key, isMac), isMac) }).toEqual({ key, command });
    }
  });

  it("show the sections by number, in their order", () => {
    expect(sections.map((_section, index) => commandOf(pressed(String(index + 1), { ctrlKey: true })))).toEqual(
      sections.map((section) => ({ go: section })),
    );
  });

  it("are none of the input methods' own: Ctrl+Space, Ctrl+full stop, Shift alone, a plain letter", () => {
    for (const isMac of [true, false]) {
      const mod = isMac ? { metaKey: true } : { ctrlKey: true };
      expect([
        commandOf(pressed(" ", { ctrlKey: true }), isMac),
        commandOf(pressed(" ", mod), isMac),
        commandOf(pressed(".", { ctrlKey: true }), isMac),
        commandOf(pressed(" ", { shiftKey: true }), isMac),
        commandOf(pressed("Shift", { shiftKey: true }), isMac),
        commandOf(pressed("z"), isMac),
        commandOf(pressed("n"), isMac),
      ]).toEqual(Array(7).fill(undefined));
    }
  });

  it("are found by their place where the layout puts other characters there", () => {
    // Belgian: the digits need Shift; Greek: Z types ζ.
    expect(commandOf(pressed("&", { code: "Digit1", ctrlKey: true }))).toEqual({ go: sections[0] });
    expect(commandOf(pressed("ζ", { code: "KeyZ", ctrlKey: true }))).toBe("undo");
    // French: W and Z have changed places, and the minus is on the 6.
    expect(commandOf(pressed("w", { code: "KeyZ", ctrlKey: true }))).toBeUndefined();
    expect(commandOf(pressed("z", { code: "KeyW", ctrlKey: true }))).toBe("undo");
    expect(commandOf(pressed("-", { code: "Digit6", ctrlKey: true }))).toBe("zoomOut");
  });

  it("leave AltGr to the keyboard and Ctrl to the text on a Mac", () => {
    expect(commandOf(pressed("z", { ctrlKey: true, altKey: true }))).toBeUndefined();
    expect(commandOf(pressed("n", { ctrlKey: true }), true)).toBeUndefined();
  });

  it("know Caps Lock, the keypad and the full-width question mark", () => {
    expect(commandOf(pressed("Z", { ctrlKey: true }))).toBe("undo");
    expect(commandOf(pressed("+", { code: "NumpadAdd", ctrlKey: true }))).toBe("zoomIn");
    expect(commandOf(pressed("？", { shiftKey: true }))).toBe("shortcuts");
  });
});

describe("the shortcut sheet", () => {
  it.each(["en", "zh-CN"] as const)("names every key of the window once, in %s", (language) => {
    const groups = sheet(language).map(({ rows }) => rows.flatMap((row) => row.keys));
    const all = groups.flat();
    for (const { keys } of shortcuts) {
      for (const key of keys) expect(all.filter((each) => each === key)).toEqual([key]);
    }
    // One key may do one thing in a list, another in a note.
    for (const keys of groups) expect(new Set(keys).size).toBe(keys.length);
  });

  it("names only keys that a list obeys", () => {
    const context = { at: 3, isChosen: true, count: 9, page: 4, multiple: true, isMany: true };
    const inList = sheet("en").find((group) => group.title === "In a list")?.rows ?? [];
    expect(inList.length).toBeGreaterThan(4);
    for (const key of inList.flatMap((row) => row.keys)) {
      const press = { ...pressOf(key, false), key: keyParts(key).at(-1) ?? "" };
      expect({ key, moves: listMove(press as ReactKeyboardEvent, context) !== null }).toEqual({ key, moves: true });
    }
  });

  it("writes keys as people of each system read them", () => {
    expect(["Mod-Shift-z", "Mod--", "Mod-+", "?", "ArrowUp", "Alt-Enter"].map((key) => keyLabel(key, false))).toEqual([
      "Ctrl+Shift+Z",
      "Ctrl+−",
      "Ctrl++",
      "?",
      "↑",
      "Alt+Enter",
    ]);
    expect(["Mod-Shift-z", "Mod--", "Alt-Enter", "Mod-Alt-1"].map((key) => keyLabel(key, true))).toEqual([
      "⇧⌘Z",
      "⌘−",
      "⌥↩",
      "⌥⌘1",
    ]);
  });
});
