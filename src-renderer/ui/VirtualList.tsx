import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode, type Ref } from "react";
import { isComposing } from "./composing";
import styles from "./ui.module.css";

export interface VirtualListProps {
  /** Accessible name. */
  readonly label: string;
  readonly count: number;
  /** Height of a row before it is measured, in px. */
  readonly rowHeight?: number;
  /** Content of one row; called only for rows near the screen. It must cope with a row that is not loaded yet. */
  readonly renderRow: (index: number) => ReactNode;
  /** Text above the row, where a group begins. */
  readonly headingAt?: (index: number) => ReactNode;
  readonly isSelected: (index: number) => boolean;
  /** A click, or the arrow keys; the list shows one record at a time, as a mail client does. */
  readonly onSelect: (index: number) => void;
  /** Enter on the selected row: go on to the detail. */
  readonly onOpen?: (index: number) => void;
  /** Rows on screen, both inclusive; give it `showRange` of `useList`. */
  readonly onRange?: (from: number, to: number) => void;
  /** When it changes, the list starts again at the top (give it the filter). */
  readonly resetKey?: string;
  readonly ref?: Ref<HTMLDivElement>;
}

/** A list of any length, of which only what is on screen exists: a listbox with one tab stop and the usual keys. */
export function VirtualList(props: VirtualListProps): ReactNode {
  const { label, count, rowHeight = 54, renderRow, headingAt, isSelected, onSelect, onOpen, onRange, resetKey } = props;
  const id = useId();
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

  useEffect(() => {
    if (resetKey === undefined) return;
    setActive(0);
    virtualizer.scrollToOffset(0);
  }, [virtualizer, resetKey]);

  function goTo(index: number): void {
    const next = Math.min(Math.max(0, index), count - 1);
    if (next < 0) return;
    setActive(next);
    virtualizer.scrollToIndex(next);
    onSelect(next);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (isComposing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowHeight) / rowHeight) - 1);
    const chosen = rows.find((row) => isSelected(row.index))?.index;
    const at = chosen ?? current;
    const moves: Record<string, number> = {
      // Nothing chosen yet: the first step chooses the row that is active instead of skipping it.
      ArrowDown: chosen === undefined ? at : at + 1,
      ArrowUp: chosen === undefined ? at : at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: count - 1,
    };
    const target = moves[event.key];
    if (target !== undefined) {
      event.preventDefault();
      goTo(target);
    } else if (event.key === "Enter" && count > 0) {
      event.preventDefault();
      onSelect(at);
      onOpen?.(at);
    }
  }

  return (
    <div
      ref={(element) => {
        scroller.current = element;
        if (typeof props.ref === "function") props.ref(element);
        else if (props.ref) props.ref.current = element;
      }}
      className={styles.list}
      role="listbox"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={count > 0 ? `${id}-${String(current)}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div className={styles.listSpace} role="presentation" style={{ height: virtualizer.getTotalSize() }}>
        {rows.map((row) => {
          const heading = headingAt?.(row.index);
          return (
            <div
              key={row.key}
              ref={virtualizer.measureElement}
              data-index={row.index}
              className={styles.listRow}
              role="presentation"
              style={{ transform: `translateY(${String(row.start)}px)` }}
            >
              {heading !== undefined && heading !== null && (
                <div className={styles.heading} role="presentation">
                  {heading}
                </div>
              )}
              <div
                id={`${id}-${String(row.index)}`}
                className={styles.option}
                role="option"
                aria-selected={isSelected(row.index)}
                aria-posinset={row.index + 1}
                aria-setsize={count}
                data-active={row.index === current}
                onClick={() => {
                  setActive(row.index);
                  onSelect(row.index);
                }}
              >
                {renderRow(row.index)}
              </div>
            </div>
          );
        })}
      </div>
    </div>
  );
}
