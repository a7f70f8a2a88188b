/** A timer's own delay: browsers let nested timers wait this long, in ms. */
const TICK = 4;

/** Watches how long the thread lets a timer wait beyond its time. `longest` ends it. */
export function watchBlocks(): { longest(): number } {
  let longest = 0;
  let last = performance.now();
  const look = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last - TICK);
    last = now;
  };
  const timer = setInterval(look, TICK);
  return {
    longest: () => {
      look();
      clearInterval(timer);
      return longest;
    },
  };
}
