import { useVirtualizer } from "@tanstack/react-virtual";
import {
  useEffect,
  useEffectEvent,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type Ref,
} from "react";
import { isComposing } from "./composing";
import { listMove, type SelectHow } from "./listKeys";
import { ListRow, type TreePlace } from "./ListRow";
import styles from "./ui.module.css";

/** `useMultiSelect` gives it: what the keys and clicks of a list with many selected rows do. */
export interface MultiMoves {
  /** More than one is selected. */
  readonly isMany: boolean;
  readonly toggle: (index: number) => void;
  /** From where the selection began to this row. */
  readonly extend: (index: number) => void;
  readonly all: () => void;
  /** Back to one. */
  readonly one: () => void;
}

/** A row to bring on screen; a new object asks again. */
export interface Reveal {
  readonly index: number;
}

export interface VirtualListProps {
  /** Accessible name. */
  readonly label: string;
  readonly count: number;
  /** Height of a row before it is measured, in px; that of the tokens (`--q-row`) unless told. */
  readonly rowHeight?: number;
  /**
   * Content of one row; called only for rows near the screen. It must cope with a row that is not loaded yet. Give a
   * function that changes only when rows do (`useCallback`): rows that stay are then not made anew while scrolling.
   */
  readonly renderRow: (index: number) => ReactNode;
  /** Text above the row, where a group begins. */
  readonly headingAt?: ((index: number) => ReactNode) | undefined;
  readonly isSelected: (index: number) => boolean;
  /** A click, or the arrow keys; the list shows one record at a time, as a mail client does. */
  readonly onSelect: (index: number) => void;
  /** Makes several rows selectable: Ctrl/Cmd+click, Shift+click, Shift+arrows, Ctrl/Cmd+A, Esc. */
  readonly multi?: MultiMoves | undefined;
  /** Enter on the selected row: go on to the detail. */
  readonly onOpen?: (index: number) => void;
  /** Rows on screen, both inclusive; give it `showRange` of `useList`. */
  readonly onRange?: (from: number, to: number) => void;
  /** When it changes, the list starts again at the top (give it the filter). */
  readonly resetKey?: string;
  readonly reveal?: Reveal | undefined;
  /** Distance from the top at which the list was left, in px. */
  readonly startAt?: number | undefined;
  /** The distance now; called at every step of scrolling. */
  readonly onScrolled?: ((offset: number) => void) | undefined;
  /** Makes the list a tree. */
  readonly treeAt?: ((index: number) => TreePlace | undefined) | undefined;
  /** Keys that the list itself has no use for, with the row they start from; answers whether it took the key. */
  readonly onOtherKey?: (event: KeyboardEvent, at: number, goTo: (index: number) => void) => boolean;
  /** A click on something within a row that is not the row itself; answers whether it took it. */
  readonly onOtherClick?: (event: MouseEvent, index: number) => boolean;
  readonly ref?: Ref<HTMLDivElement>;
}

/** A list of any length, of which only what is on screen exists: one tab stop, and the usual keys of a list. */
export function VirtualList(props: VirtualListProps): ReactNode {
  const { label, count, renderRow, headingAt, isSelected, onSelect, multi, onOpen, onRange } = props;
  const { resetKey, reveal, startAt, onScrolled, treeAt, onOtherKey, onOtherClick } = props;
  const id = useId();
  const [usualHeight] = useState(rowHeightOfTokens);
  const rowHeight = props.rowHeight ?? usualHeight;
  const scroller = useRef<HTMLDivElement | null>(null);
  const [active, setActive] = useState(0);
  const current = Math.min(active, Math.max(0, count - 1));

  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const rows = virtualizer.getVirtualItems();
  const from = rows[0]?.index ?? 0;
  const to = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    onRange?.(from, to);
  }, [onRange, from, to]);

  const shownKey = useRef(resetKey);
  useEffect(() => {
    if (shownKey.current === resetKey) return;
    shownKey.current = resetKey;
    setActive(0);
    virtualizer.scrollToOffset(0);
  }, [virtualizer, resetKey]);

  const isMany = multi?.isMany ?? false;
  const chosen = isMany || isSelected(current) ? current : rows.find(({ index: shown }) => isSelected(shown))?.index;
  /** The row that the keys start from: of a list that comes back, the chosen one. */
  const at = chosen ?? current;

  const isEmpty = count === 0;
  const goBackTo = useEffectEvent(() => {
    if (startAt !== undefined && startAt > 0) virtualizer.scrollToOffset(startAt);
  });
  useLayoutEffect(() => {
    if (!isEmpty) goBackTo();
  }, [isEmpty]);

  const show = useEffectEvent(({ index }: Reveal) => {
    setActive(index);
    const visible = virtualizer.range;
    const isNear = visible !== null && index >= visible.startIndex && index <= visible.endIndex;
    virtualizer.scrollToIndex(index, { align: isNear ? "auto" : "center" });
  });
  useEffect(() => {
    if (reveal) show(reveal);
  }, [reveal]);

  function choose(index: number): void {
    if (multi?.isMany) multi.one();
    onSelect(index);
  }

  function goTo(index: number, how: SelectHow = "one"): void {
    setActive(index);
    virtualizer.scrollToIndex(index);
    if (how === "one") choose(index);
    else multi?.extend(index);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (isComposing(event)) return;
    if (onOtherKey?.(event, at, goTo)) {
      event.preventDefault();
      return;
    }
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowHeight) / rowHeight) - 1);
    const multiple = multi !== undefined;
    const move = listMove(event, { at, isChosen: chosen !== undefined, count, page, multiple, isMany });
    if (!move) return;
    event.preventDefault();
    switch (move.kind) {
      case "go":
        goTo(move.to, move.how);
        break;
      case "all":
        multi?.all();
        break;
      case "one":
        event.stopPropagation();
        multi?.one();
        break;
      case "open":
        choose(at);
        onOpen?.(at);
        break;
    }
  }

  function onClick(event: MouseEvent): void {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-row]") : null;
    const index = Number(row?.dataset["row"] ?? Number.NaN);
    if (Number.isNaN(index) || onOtherClick?.(event, index)) return;
    setActive(index);
    if (multi && event.shiftKey) multi.extend(index);
    else if (multi && (event.ctrlKey || event.metaKey)) multi.toggle(index);
    else choose(index);
  }

  return (
    <div
      ref={(element) => {
        scroller.current = element;
        if (typeof props.ref === "function") props.ref(element);
        else if (props.ref) props.ref.current = element;
      }}
      className={styles.list}
      role={treeAt ? "tree" : "listbox"}
      aria-label={label}
      aria-multiselectable={multi ? true : undefined}
      tabIndex={0}
      // A row far from the screen does not exist, so it cannot be named.
      aria-activedescendant={rows.some(({ index: shown }) => shown === at) ? `${id}-${String(at)}` : undefined}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onScroll={(event) => onScrolled?.(event.currentTarget.scrollTop)}
    >
      <div className={styles.listSpace} role="presentation" style={{ height: virtualizer.getTotalSize() }}>
        {rows.map((row) => (
          <ListRow
            key={row.key}
            id={`${id}-${String(row.index)}`}
            index={row.index}
            count={count}
            start={row.start}
            selected={isSelected(row.index)}
            active={row.index === at}
            heading={headingAt?.(row.index)}
            {...treeAt?.(row.index)}
            renderRow={renderRow}
            measure={virtualizer.measureElement}
          />
        ))}
      </div>
    </div>
  );
}

/** The least height of a row in px, as density and text size are now; a good guess spares the list to lay itself out anew. */
function rowHeightOfTokens(): number {
  const root = getComputedStyle(document.documentElement);
  const rem = Number.parseFloat(root.fontSize) || 16;
  return (Number.parseFloat(root.getPropertyValue("--q-row")) || 3.375) * rem;
}
