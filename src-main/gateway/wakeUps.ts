import { net, powerMonitor } from "electron";

const pollEvery = 5000;

/** Tells when the network came back or the computer woke up. Returns the way out. */
export function watchWakeUps(wake: (reason: "network" | "resume") => void): () => void {
  const onResume = (): void => wake("resume");
  powerMonitor.on("resume", onResume);
  let wasOnline = net.isOnline();
  const timer = setInterval(() => {
    const isOnline = net.isOnline();
    if (isOnline && !wasOnline) wake("network");
    wasOnline = isOnline;
  }, pollEvery);
  return () => {
    clearInterval(timer);
    powerMonitor.off("resume", onResume);
  };
}
