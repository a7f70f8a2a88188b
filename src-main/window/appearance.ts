import { nativeTheme, type BrowserWindow } from "electron";
import type { Settings } from "../shared/settings";

/** The window behind the page, as `--q-window` of src-renderer/ui/tokens.css: what is seen until the page has drawn. */
const background = { light: "#f5f5f3", dark: "#141413" } as const;

export const smallestZoom = 0.8;
export const largestZoom = 2;

/** Light, dark or as the system. The page sees it as the system's own scheme; so do menus and dialogs. */
export function applyTheme(theme: Settings["theme"]): void {
  nativeTheme.themeSource = theme ?? "system";
}

export function backgroundColor(): string {
  return nativeTheme.shouldUseDarkColors ? background.dark : background.light;
}

/** Keeps the window behind the page in the scheme shown. */
export function followTheme(window: BrowserWindow): void {
  const follow = (): void => window.setBackgroundColor(backgroundColor());
  nativeTheme.on("updated", follow);
  window.on("closed", () => nativeTheme.off("updated", follow));
}

/** The size of all text and controls to show: 1 = 100 %. One outside of what the page offers goes to the nearest. */
export function zoomOf(settings: Settings): number {
  return Math.min(largestZoom, Math.max(smallestZoom, settings.textZoom ?? 1));
}
