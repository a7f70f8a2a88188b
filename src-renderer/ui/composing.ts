import type { ChangeEvent, KeyboardEvent as ReactKeyboardEvent } from "react";

/** Deprecated for telling keys apart, but no other field says that an input method has taken the key. */
interface WithKeyCode {
  readonly keyCode: number;
}

/**
 * Whether a key belongs to an input method: while it composes, and for the key that ends the composition, which
 * arrives after `compositionend` with key code 229 (UI Events, "keydown during composition").
 */
export function isComposing(event: KeyboardEvent | ReactKeyboardEvent): boolean {
  const native = "nativeEvent" in event ? event.nativeEvent : event;
  const { keyCode }: WithKeyCode = native;
  return native.isComposing || keyCode === 229;
}

/**
 * Whether this input says that no composition is going on. A composition can be thrown away without `compositionend`
 * (Chromium does so when Ctrl+Z reaches the field in the middle of one); the next input is then the first word of it.
 */
export function isPlainInput({ nativeEvent }: ChangeEvent): boolean {
  return nativeEvent instanceof InputEvent && !nativeEvent.isComposing;
}
