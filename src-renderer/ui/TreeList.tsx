import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useCallback, useMemo, useRef, type KeyboardEvent, type ReactNode } from "react";
import { rowNames } from "../i18n/rowNames";
import { useLanguage } from "../i18n/texts";
import type { Collapsed } from "../platform/useCollapsed";
import type { PagesView } from "../platform/usePages";
import type { OutlineRow } from "../ports/notebook";
import { openableSiblings, superiorIndex, treePlaces } from "./treePlaces";
import styles from "./ui.module.css";
import { VirtualList, type VirtualListProps } from "./VirtualList";

/** A pause longer than this begins another name, in ms. */
const TYPING_PAUSE = 700;

export interface TreeListProps extends Omit<
  VirtualListProps,
  "count" | "treeAt" | "onOtherKey" | "onOtherClick" | "onRange"
> {
  readonly list: PagesView<OutlineRow>;
  readonly collapsed: Collapsed;
}

/**
 * Records below their superiors, of any number, with the keys of a tree (WAI-ARIA Authoring Practices, "Tree View"):
 * Right and Left open, close and go down and up, `*` opens all siblings, typing goes to a name.
 */
export function TreeList({ list, collapsed, renderRow, ...rest }: TreeListProps): ReactNode {
  const [language] = useLanguage();
  const { rowAt, total } = list;
  const { ids, collapse, expand } = collapsed;
  const typed = useRef({ text: "", at: 0 });
  const closed = useMemo(() => new Set(ids), [ids]);

  const treeAt = useMemo(() => treePlaces(rowAt, total, (id) => closed.has(id)), [rowAt, total, closed]);

  const renderNode = useCallback(
    (index: number) => {
      const here = rowAt(index);
      if (!here) return null;
      const Chevron = closed.has(here.row.id) ? IconChevronRight : IconChevronDown;
      return (
        <div className={styles.node} style={{ paddingInlineStart: `${String(Math.min(here.depth, 8))}rem` }}>
          <span className={styles.nodeToggle} data-toggle={here.below > 0 ? "" : undefined} aria-hidden>
            {here.below > 0 && <Chevron size={15} stroke={1.8} />}
          </span>
          <div className={styles.nodeText}>{renderRow(index)}</div>
        </div>
      );
    },
    [rowAt, closed, renderRow],
  );

  function toggle(index: number): void {
    const here = rowAt(index);
    if (!here || here.below === 0) return;
    if (closed.has(here.row.id)) expand([here.row.id]);
    else collapse([here.row.id]);
  }

  /** The next shown row whose name begins with what is typed. */
  function nextNamed(text: string, from: number): number | undefined {
    for (let step = 0; step < total; step += 1) {
      const at = (from + step) % total;
      const row = rowAt(at)?.row;
      if (!row) continue;
      const { first, second } = rowNames(row, language);
      if ([first, second].some((name) => name.toLocaleLowerCase().startsWith(text))) return at;
    }
    return undefined;
  }

  function onOtherKey(event: KeyboardEvent, at: number, goTo: (index: number) => void): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const here = rowAt(at);
    if (!here) return false;
    const isOpen = here.below > 0 && !closed.has(here.row.id);
    if (event.key === "ArrowRight") {
      if (isOpen) goTo(at + 1);
      else toggle(at);
      return true;
    }
    if (event.key === "ArrowLeft") {
      const superior = superiorIndex(rowAt, at);
      if (isOpen) toggle(at);
      else if (superior !== undefined) goTo(superior);
      return true;
    }
    if (event.key === "*") {
      expand(openableSiblings(rowAt, total, at));
      return true;
    }
    if (!/^[\p{L}\p{N}]$/u.test(event.key)) return false;
    const pause = event.timeStamp - typed.current.at > TYPING_PAUSE;
    const text = (pause ? "" : typed.current.text) + event.key.toLocaleLowerCase();
    typed.current = { text, at: event.timeStamp };
    // The first letter goes on to the next such name; more letters may stay where they are.
    const target = nextNamed(text, text.length === 1 ? at + 1 : at);
    if (target !== undefined) goTo(target);
    return true;
  }

  return (
    <VirtualList
      {...rest}
      count={total}
      renderRow={renderNode}
      treeAt={treeAt}
      onRange={list.showRange}
      onOtherKey={onOtherKey}
      onOtherClick={(event, index) => {
        const isToggle = event.target instanceof Element && event.target.closest("[data-toggle]") !== null;
        if (isToggle) toggle(index);
        return isToggle;
      }}
    />
  );
}
