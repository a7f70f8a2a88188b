/** Calls back once, before the next paint; a hidden window paints nothing, so there it is a short timer. */
export function onNextFrame(callback: () => void): () => void {
  if (document.visibilityState === "visible") {
    const frame = requestAnimationFrame(callback);
    return () => {
      cancelAnimationFrame(frame);
    };
  }
  const timer = setTimeout(callback, 50);
  return () => {
    clearTimeout(timer);
  };
}
