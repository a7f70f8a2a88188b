import { useId, type KeyboardEvent, type ReactNode, type Ref, type RefObject } from "react";
import { onNextFrame } from "../platform/frame";
import { isComposing } from "./composing";
import { ReadOnlyContext } from "./readOnly";
import styles from "./RecordPane.module.css";

export interface RecordPaneProps {
  readonly title: ReactNode;
  /** Save state and buttons, at the end of the title's line. */
  readonly actions?: ReactNode;
  /** Something to know before going on, above the fields. */
  readonly notice?: ReactNode;
  /** Esc, unless it closes something that is open (choices, a menu, a calendar) or belongs to an input method. */
  readonly onEscape?: () => void;
  /** Nothing in it can take the focus, so that the keys that scroll need the pane itself to. */
  readonly onlyToRead?: boolean;
  readonly ref?: Ref<HTMLDivElement>;
  readonly children: ReactNode;
}

/** One record's form: its name, whether it is saved, what can be done with it, and its fields. */
export function RecordPane({
  title,
  actions,
  notice,
  onEscape,
  onlyToRead,
  ref,
  children,
}: RecordPaneProps): ReactNode {
  const titleId = useId();
  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (event.key !== "Escape" || !onEscape || event.defaultPrevented || isComposing(event)) return;
    const target = event.target as HTMLElement;
    if (target.closest('[aria-expanded="true"],[role="dialog"],[role="menu"]')) return;
    onEscape();
  }
  return (
    <div className={styles.pane} ref={ref} onKeyDown={onKeyDown}>
      <header className={styles.header}>
        <div id={titleId} className={styles.title}>
          {title}
        </div>
        <div className={styles.actions}>{actions}</div>
      </header>
      <div className={styles.body} {...(onlyToRead && { tabIndex: 0, role: "group", "aria-labelledby": titleId })}>
        <div className={styles.content}>
          {notice}
          {children}
        </div>
      </div>
    </div>
  );
}

export interface NoticeProps {
  readonly action?: ReactNode;
  /** Something that a person has chosen and that needs no attention. */
  readonly quiet?: boolean;
  readonly children: ReactNode;
}

/** A line across the form that says what has happened to the record. */
export function Notice({ children, action, quiet = false }: NoticeProps): ReactNode {
  return (
    <div className={styles.notice} data-quiet={quiet} role="note">
      <span>{children}</span>
      {action}
    </div>
  );
}

/** Fields that belong together, two beside each other where there is room. */
export function FieldGroup({ title, children }: { readonly title?: string; readonly children: ReactNode }): ReactNode {
  return (
    <section className={styles.group}>
      {title !== undefined && <h3 className={styles.groupTitle}>{title}</h3>}
      <div className={styles.fields}>{children}</div>
    </section>
  );
}

/** Fields of a record that this version may only show: they can be read, selected and copied. */
export function Unchangeable({ when, children }: { readonly when: boolean; readonly children: ReactNode }): ReactNode {
  return <ReadOnlyContext value={when}>{children}</ReadOnlyContext>;
}

/** Takes the whole width of a group. */
export function Wide({ children }: { readonly children: ReactNode }): ReactNode {
  return <div className={styles.wide}>{children}</div>;
}

/** Frames for which a form may keep a person waiting who has already gone on to it: half a second. */
const MAX_FRAMES = 30;

/**
 * Puts the caret into the first field of a form, also of one that is still being read. It stays where it is if the
 * person has gone elsewhere meanwhile.
 */
export function focusFirstField(pane: RefObject<HTMLElement | null>): void {
  const before = document.activeElement;
  const attempt = (frames: number): void => {
    if (document.activeElement !== before) return;
    const field = pane.current?.querySelector<HTMLElement>(
      "input:not([disabled],[type=hidden]), textarea:not([disabled])",
    );
    if (field) field.focus();
    else if (frames > 0)
      onNextFrame(() => {
        attempt(frames - 1);
      });
  };
  attempt(MAX_FRAMES);
}
