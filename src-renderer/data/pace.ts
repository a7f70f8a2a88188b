/** Longest stretch of work without a pause, in milliseconds: far below the 50 ms after which a person notices. */
const SLICE = 8;

/**
 * Lets other work of the thread (answers to the page, typed notes) in between the parts of a long one. Call the
 * returned function after every part; it pauses only when the slice is used up.
 */
export function createPace(): () => Promise<void> | undefined {
  let began = performance.now();
  return () => {
    if (performance.now() - began < SLICE) return undefined;
    return nextTask().then(() => {
      began = performance.now();
    });
  };
}

/** Resolves in a new task, without the delay of at least 4 ms that nested timers get. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
