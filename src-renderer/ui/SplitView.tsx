import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useNavigation } from "../platform/navigation";
import { useRemembered } from "../platform/remembered";
import styles from "./ui.module.css";

/** Widths of the list in rem, so that they grow with the text. */
const NARROWEST = 14;
const WIDEST = 48;
/** What is left to the detail at least. */
const DETAIL = 20;
const STEP = 1;
const BIG_STEP = 4;

export interface SplitViewProps {
  /** Header, filter and list, one below the other. */
  readonly list: ReactNode;
  readonly detail: ReactNode;
  /** Accessible name of the detail's region. */
  readonly detailLabel: string;
}

/**
 * List beside detail, each with its own scrolling, and a line between them that moves by pointer and keyboard (arrows,
 * Home, End; Enter or a double click for the usual width). The width is remembered for each section.
 */
export function SplitView({ list, detail, detailLabel }: SplitViewProps): ReactNode {
  const { t } = useTranslation("lists");
  const { section } = useNavigation();
  const remembered = useRemembered();
  const listId = useId();
  const frame = useRef<HTMLDivElement>(null);
  const listElement = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState(() => widthOf(remembered.get(`width.${section}`)));
  const [isMoving, setIsMoving] = useState(false);
  /** The width on screen, which a narrow window may make smaller than the one chosen. */
  const [width, setWidth] = useState(NARROWEST);
  useLayoutEffect(() => {
    const measured = (listElement.current?.getBoundingClientRect().width ?? 0) / rem();
    setWidth(Math.min(WIDEST, Math.max(NARROWEST, chosen ?? measured)));
  }, [chosen]);

  function set(next: number | undefined): void {
    const room = (frame.current?.getBoundingClientRect().width ?? 0) / rem() - DETAIL;
    const widest = Math.max(NARROWEST, Math.min(WIDEST, room > 0 ? room : WIDEST));
    const fitting = next === undefined ? undefined : Math.min(widest, Math.max(NARROWEST, next));
    setChosen(fitting);
    remembered.set(`width.${section}`, fitting === undefined ? 0 : Math.round(fitting * 100) / 100);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.shiftKey ? BIG_STEP : STEP;
    const moves: Readonly<Record<string, number | undefined>> = {
      ArrowLeft: width - step,
      ArrowRight: width + step,
      Home: NARROWEST,
      End: WIDEST,
      Enter: undefined,
    };
    if (!Object.hasOwn(moves, event.key)) return;
    event.preventDefault();
    set(moves[event.key]);
  }

  function onPointerMove(event: PointerEvent): void {
    const left = frame.current?.getBoundingClientRect().left ?? 0;
    if (isMoving) set((event.clientX - left) / rem());
  }

  return (
    <div
      ref={frame}
      className={styles.split}
      style={chosen === undefined ? undefined : { gridTemplateColumns: columns(chosen) }}
      data-moving={isMoving}
    >
      <div ref={listElement} id={listId} className={styles.splitList}>
        {list}
      </div>
      <div
        className={styles.splitter}
        role="separator"
        aria-orientation="vertical"
        aria-label={t("listWidth")}
        aria-controls={listId}
        aria-valuenow={Math.round(width)}
        aria-valuemin={NARROWEST}
        aria-valuemax={WIDEST}
        title={t("listWidthHint")}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onDoubleClick={() => {
          set(undefined);
        }}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setIsMoving(true);
        }}
        onPointerMove={onPointerMove}
        onPointerUp={() => {
          setIsMoving(false);
        }}
        onPointerCancel={() => {
          setIsMoving(false);
        }}
      />
      <section className={styles.splitDetail} aria-label={detailLabel} tabIndex={-1}>
        {detail}
      </section>
    </div>
  );
}

function columns(width: number): string {
  return `clamp(${String(NARROWEST)}rem, ${String(width)}rem, max(${String(NARROWEST)}rem, 100% - ${String(DETAIL)}rem)) auto minmax(0, 1fr)`;
}

/** 0 stands for the usual width. */
function widthOf(stored: string | number | undefined): number | undefined {
  return typeof stored === "number" && stored >= NARROWEST ? Math.min(WIDEST, stored) : undefined;
}

/** Pixels of one rem now. */
function rem(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}
