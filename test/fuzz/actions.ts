import { Dice } from "./dice";

/** How often each kind of action comes, as a share of all. */
export const weights = {
  // Structured fields.
  set: 14,
  clear: 1.5,
  putItem: 5,
  changeItem: 4,
  removeItem: 2,
  addMember: 3,
  removeMember: 1,
  create: 4,
  createPrivate: 1,
  changeShipped: 2,
  returnShipped: 0.4,
  undo: 3,
  redo: 1.5,
  delete: 2,
  restore: 1.5,
  emptyBin: 0.6,
  switchKept: 1.5,
  settleKept: 1,
  // Notes.
  type: 18,
  cutText: 4,
  splitLine: 3,
  joinLines: 2,
  heading: 3,
  checkBox: 3,
  moveText: 2,
  undoTyping: 3,
  redoTyping: 1.5,
  closeNote: 1,
  // The computer.
  disconnect: 1,
  connect: 2,
  lineDown: 1.5,
  lineUp: 2.5,
  kill: 1.5,
  quit: 0.7,
  storeLost: 0.2,
  snapshotOfLedger: 0.3,
  diskFull: 0.4,
  clockJump: 0.6,
  syncNow: 0.7,
  // Line and server.
  badWeather: 1.2,
  goodWeather: 1.5,
  serverDown: 0.6,
  cut: 1,
  serverCopied: 0.7,
  serverRestored: 0.25,
  serverAnew: 0.12,
  compaction: 0.5,
  foreignLeaf: 1,
  // Time.
  wait: 3,
  longWait: 0.5,
} as const;

export type ActionKind = keyof typeof weights;

/** What no history does yet; every run says so. */
export const leftOut: readonly string[] = [
  "marking a record private later, and sharing it again",
  "bare tombstones and foreign documents of other clients",
  "two servers that replicate",
  "sessions that run out (401)",
  "joining a backup",
  "earlier texts of notes and versions of records restored, and that every history is complete",
];

/** One step of a history. Each has its dice, so that leaving others out changes as little as possible of it. */
export interface Action {
  readonly kind: ActionKind;
  /** Which of the devices. */
  readonly device: number;
  /** Milliseconds since the action before. */
  readonly after: number;
  readonly dice: number;
}

export interface History {
  readonly seed: number;
  readonly devices: number;
  readonly actions: readonly Action[];
}

export function historyOf(seed: number, count: number): History {
  const dice = new Dice(seed);
  const devices = 2 + dice.int(3);
  const actions = Array.from({ length: count }, (): Action => {
    const kind = dice.weighted(weights);
    return { kind, device: dice.int(devices), after: pause(dice), dice: dice.int(2 ** 31) };
  });
  return { seed, devices, actions };
}

/** Mostly as fast as a person types, sometimes a rest. */
function pause(dice: Dice): number {
  const [most] = [dice.next()];
  if (most < 0.6) return dice.int(400);
  return most < 0.95 ? dice.int(5_000) : dice.int(30_000);
}
