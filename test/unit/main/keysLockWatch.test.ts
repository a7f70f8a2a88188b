import { EventEmitter } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { watchForLock, type LockReason } from "../../../src-main/keys/lockWatch";
import type { Settings } from "../../../src-main/shared/settings";

const minutes = (count: number): number => count * 60_000;

/** The system, as far as it tells of people and sleep; idle time is that of the clock until someone moves. */
class System extends EventEmitter {
  movedAt = Date.now();
  isLocked = false;
  getSystemIdleTime(): number {
    return Math.floor((Date.now() - this.movedAt) / 1_000);
  }
  getSystemIdleState(): "active" | "locked" {
    return this.isLocked ? "locked" : "active";
  }
  move(): void {
    this.movedAt = Date.now();
  }
}

let power: System;
let reasons: LockReason[];
let stop: () => void;
function watched(settings: Settings = {}): void {
  power = new System();
  reasons = [];
  stop = watchForLock({
    power,
    settings: () => settings,
    lock: (reason) => reasons.push(reason),
    now: () => Date.now(),
  });
}

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2026-03-02T06:50:00Z") });
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

describe("the notebook is to be locked", () => {
  it("after ten minutes without a key or mouse, unless another time was set", () => {
    watched();
    vi.advanceTimersByTime(minutes(10) - 5_000);
    expect(reasons).toEqual([]);
    vi.advanceTimersByTime(5_000);
    expect(reasons).toEqual(["idle"]);
  });

  it("after the set time, counted from the last move", () => {
    watched({ lockAfterMinutes: 2 });
    vi.advanceTimersByTime(minutes(1.5));
    power.move();
    vi.advanceTimersByTime(minutes(1.5));
    expect(reasons).toEqual([]);
    vi.advanceTimersByTime(minutes(0.5));
    expect(reasons).toEqual(["idle"]);
  });

  it("never by idle time where that is set", () => {
    watched({ lockAfterMinutes: null });
    vi.advanceTimersByTime(minutes(600));
    expect(reasons).toEqual([]);
  });

  it("by the time set just now", () => {
    const settings: { lockAfterMinutes: number | null } = { lockAfterMinutes: null };
    watched(settings);
    vi.advanceTimersByTime(minutes(5));
    settings.lockAfterMinutes = 5;
    vi.advanceTimersByTime(5_000);
    expect(reasons).toEqual(["idle"]);
  });

  it("on suspend, and when the screen is locked, whether the system says so or has to be asked", () => {
    watched({ lockAfterMinutes: null });
    power.emit("suspend");
    power.emit("lock-screen");
    power.isLocked = true;
    vi.advanceTimersByTime(5_000);
    expect(reasons).toEqual(["suspend", "screen locked", "screen locked"]);
  });

  it("after a sleep of which nothing was told, though a key ended it", () => {
    watched();
    vi.setSystemTime(Date.now() + minutes(180));
    power.move();
    power.emit("resume");
    expect(reasons).toEqual(["idle"]);
    vi.advanceTimersByTime(minutes(1));
    expect(reasons).toEqual(["idle"]);
  });

  it("not because the clock was set back", () => {
    watched();
    vi.setSystemTime(Date.now() - minutes(60 * 24 * 365));
    power.move();
    vi.advanceTimersByTime(minutes(1));
    expect(reasons).toEqual([]);
  });

  it("no more once the watch is ended", () => {
    watched();
    stop();
    vi.advanceTimersByTime(minutes(60));
    for (const event of ["suspend", "lock-screen", "resume"]) power.emit(event);
    expect([reasons, power.eventNames()]).toEqual([[], []]);
  });
});
