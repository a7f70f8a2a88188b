import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import type { Command } from "@codemirror/view";
import {
  IconBold,
  IconHeading,
  IconItalic,
  IconLink,
  IconList,
  IconListCheck,
  IconListNumbers,
  type Icon,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ariaKey, isMac, keyLabel } from "../ui/keyLabel";
import { commandOf, insertLink, toggleHeading, toggleInline, toggleList } from "./commands";
import type { ActiveMarks } from "./activeMarks";
import styles from "./editor.module.css";
import { markKeys } from "./markKeys";
import type { NoteView } from "./noteView";
import { useRovingFocus } from "./useRovingFocus";

export interface ToolbarProps {
  /** Null until the note is open; the buttons then do nothing. */
  readonly note: NoteView | null;
  /** The marks at the caret. */
  readonly marks: ActiveMarks;
}

const look = { variant: "subtle", color: "gray", size: 32 } as const;

const headingLevels = [
  { level: 1, key: markKeys.heading1 },
  { level: 2, key: markKeys.heading2 },
  { level: 3, key: markKeys.heading3 },
] as const;

/** The marks of the note as buttons: one stop of the Tab key, arrow keys inside (ARIA toolbar pattern). */
export function Toolbar({ note, marks }: ToolbarProps): ReactNode {
  const { t } = useTranslation("editor");
  const roving = useRovingFocus();

  const run = (command: Command): void => {
    if (!note || note.view.compositionStarted) return;
    command(note.view);
    note.view.focus();
  };

  return (
    <div role="toolbar" aria-label={t("toolbar")} className={styles.toolbar} {...roving}>
      <Menu withInitialFocusPlaceholder={false} position="bottom-start" withinPortal returnFocus={false} trapFocus>
        <Menu.Target>
          <ActionIcon
            {...look}
            {...(marks.heading > 0 && { "data-on": true })}
            aria-label={t("heading")}
            onMouseDown={keepFocus}
            title={t("heading")}
          >
            <IconHeading size={18} stroke={1.7} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {headingLevels.map(({ level, key }) => (
            <Menu.Item
              key={level}
              className={styles.headingItem}
              data-level={level}
              data-active={marks.heading === level || undefined}
              rightSection={<span className={styles.key}>{keyLabel(key, isMac())}</span>}
              onClick={() => {
                if (marks.heading !== level) run(commandOf(toggleHeading(level)));
              }}
            >
              {t("headingLevel", { level })}
            </Menu.Item>
          ))}
          <Menu.Item
            data-active={marks.heading === 0 || undefined}
            onClick={() => {
              if (marks.heading > 0) run(commandOf(toggleHeading(marks.heading)));
            }}
          >
            {t("plainText")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <MarkButton
        icon={IconBold}
        name={t("bold")}
        keys={markKeys.bold}
        isPressed={marks.bold}
        onPress={() => {
          run(commandOf(toggleInline("**")));
        }}
      />
      <MarkButton
        icon={IconItalic}
        name={t("italic")}
        keys={markKeys.italic}
        isPressed={marks.italic}
        onPress={() => {
          run(commandOf(toggleInline("*")));
        }}
      />
      <span className={styles.separator} aria-hidden />
      <MarkButton
        icon={IconList}
        name={t("bulletList")}
        keys={markKeys.bullet}
        isPressed={marks.list === "bullet"}
        onPress={() => {
          run(commandOf(toggleList("bullet")));
        }}
      />
      <MarkButton
        icon={IconListNumbers}
        name={t("numberedList")}
        keys={markKeys.number}
        isPressed={marks.list === "number"}
        onPress={() => {
          run(commandOf(toggleList("number")));
        }}
      />
      <MarkButton
        icon={IconListCheck}
        name={t("checkList")}
        keys={markKeys.check}
        isPressed={marks.list === "check"}
        onPress={() => {
          run(commandOf(toggleList("check")));
        }}
      />
      <MarkButton
        icon={IconLink}
        name={t("link")}
        keys={markKeys.link}
        isPressed={marks.link}
        onPress={() => {
          run(commandOf(insertLink));
        }}
      />
    </div>
  );
}

interface MarkButtonProps {
  readonly icon: Icon;
  readonly name: string;
  readonly keys: string;
  readonly isPressed: boolean;
  readonly onPress: () => void;
}

function MarkButton({ icon: Drawing, name, keys, isPressed, onPress }: MarkButtonProps): ReactNode {
  const { t } = useTranslation("editor");
  return (
    <Tooltip label={t("withKey", { name, key: keyLabel(keys, isMac()) })} openDelay={500} closeDelay={0}>
      <ActionIcon
        {...look}
        aria-label={name}
        aria-keyshortcuts={ariaKey(keys, isMac())}
        aria-pressed={isPressed}
        onMouseDown={keepFocus}
        onClick={onPress}
      >
        <Drawing size={18} stroke={1.7} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

/** A press with the pointer leaves caret, selection and input method where they are. */
function keepFocus(event: { preventDefault(): void }): void {
  event.preventDefault();
}
