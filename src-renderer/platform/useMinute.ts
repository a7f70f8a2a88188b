import { useEffect, useState } from "react";

const MINUTE = 60_000;

/** The present moment, told anew at every full minute: ms since the epoch. After hours asleep it is right at once. */
export function useMinute(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    function tick(): void {
      setNow(Date.now());
      plan();
    }
    function plan(): void {
      clearTimeout(timer);
      timer = setTimeout(tick, MINUTE - (Date.now() % MINUTE));
    }
    plan();
    document.addEventListener("visibilitychange", tick);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", tick);
    };
  }, []);
  return now;
}
