import { memo, type ReactNode } from "react";
import styles from "./ui.module.css";

/** How a row of a tree is announced. */
export interface TreePlace {
  /** From 0. */
  readonly depth: number;
  /** Null for one without anything below it. */
  readonly expanded: boolean | null;
  /** From 1 among those with the same superior; undefined where they are not all known. */
  readonly position?: number | undefined;
  readonly siblings?: number | undefined;
}

export interface ListRowProps {
  readonly id: string;
  readonly index: number;
  readonly count: number;
  /** Distance from the top of the list, in px. */
  readonly start: number;
  readonly selected: boolean;
  readonly active: boolean;
  readonly heading: ReactNode;
  readonly depth?: number | undefined;
  readonly expanded?: boolean | null | undefined;
  readonly position?: number | undefined;
  readonly siblings?: number | undefined;
  /** Stable functions, so that a row that stays on screen is not made anew while the list scrolls. */
  readonly renderRow: (index: number) => ReactNode;
  readonly measure: (element: HTMLElement | null) => void;
}

/** Apart from the row, which moves whenever one above it turns out to be higher than thought. */
const RowContent = memo(function RowContent(props: Pick<ListRowProps, "index" | "renderRow">): ReactNode {
  return props.renderRow(props.index);
});

/** One row of a windowed list or tree. */
export const ListRow = memo(function ListRow(props: ListRowProps): ReactNode {
  const { id, index, count, start, selected, active, heading, depth, expanded, renderRow, measure } = props;
  const isTree = depth !== undefined;
  return (
    <div
      ref={measure}
      data-index={index}
      className={styles.listRow}
      role="presentation"
      style={{ transform: `translateY(${String(start)}px)` }}
    >
      {heading !== undefined && heading !== null && (
        <div className={styles.heading} role="presentation">
          {heading}
        </div>
      )}
      <div
        id={id}
        className={styles.option}
        role={isTree ? "treeitem" : "option"}
        aria-selected={selected}
        aria-posinset={isTree ? props.position : index + 1}
        aria-setsize={isTree ? (props.siblings ?? -1) : count}
        aria-level={isTree ? depth + 1 : undefined}
        aria-expanded={expanded ?? undefined}
        data-active={active}
        data-row={index}
      >
        <RowContent index={index} renderRow={renderRow} />
      </div>
    </div>
  );
});
