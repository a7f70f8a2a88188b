import type { Settings } from "../shared/settings";

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const minimumSize = { width: 720, height: 480 };
const usualSize = { width: 1240, height: 820 };

/** How much of the title bar must be on a display so that the window can be taken hold of, in pixels. */
const reachable = { width: 120, height: 40 };

/**
 * The remembered place of the window if it can still be reached on one of the displays' work areas, the remembered
 * size otherwise (the system then chooses the place).
 */
export function windowBounds(
  remembered: Settings["window"],
  workAreas: readonly Rectangle[],
): Partial<Rectangle> & Pick<Rectangle, "width" | "height"> {
  const width = Math.max(minimumSize.width, remembered?.width ?? usualSize.width);
  const height = Math.max(minimumSize.height, remembered?.height ?? usualSize.height);
  const { x, y } = remembered ?? {};
  if (x === undefined || y === undefined) return { width, height };
  const isReachable = workAreas.some(
    (area) =>
      Math.min(x + width, area.x + area.width) - Math.max(x, area.x) >= reachable.width &&
      y >= area.y &&
      y <= area.y + area.height - reachable.height,
  );
  return isReachable ? { x, y, width, height } : { width, height };
}
