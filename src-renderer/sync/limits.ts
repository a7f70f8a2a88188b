/** Sizes and times of the exchange. Times in milliseconds, sizes in bytes unless said otherwise. */
export interface Limits {
  /** Records of the first page, newest first, so that they are on screen at once. */
  readonly newest: number;
  /** Rows of a page at the beginning; it doubles and halves between `smallestPage` and `largestPage`. */
  readonly firstPage: number;
  readonly smallestPage: number;
  readonly largestPage: number;
  /** A page that took longer or was larger makes the next one smaller. */
  readonly pageTime: number;
  readonly pageBytes: number;
  /** Records of one push. */
  readonly batch: number;
  readonly batchBytes: number;
  /** How often the server shows that an open long-poll still lives. */
  readonly heartbeat: number;
  /** Longest silence of an open long-poll: more than two heartbeats. */
  readonly listenSilence: number;
  /**
   * How long one long-poll may stay open. Then the server is asked again who it is: PouchDB Server keeps showing signs
   * of life on the long-poll of a database that was deleted.
   */
  readonly longestListen: number;
  /** Longest silence of any other answer. */
  readonly answerSilence: number;
  /** Time between the starts of two pushes: edits made meanwhile go together. */
  readonly pushInterval: number;
  /** Time between two pushes of one note that is being typed. */
  readonly noteInterval: number;
  /** Quiet after an exchange before this computer's counter on the server is raised. */
  readonly counterQuiet: number;
  /** How often one record is merged and sent again before it has to wait `conflictRest`. */
  readonly conflictTries: number;
  readonly conflictRest: number;
  /** A connection that held this long was a good one. */
  readonly goodSession: number;
}

export const defaultLimits: Limits = {
  newest: 100,
  firstPage: 100,
  smallestPage: 1,
  largestPage: 500,
  pageTime: 4_000,
  pageBytes: 4_000_000,
  batch: 500,
  batchBytes: 2_000_000,
  heartbeat: 15_000,
  listenSilence: 40_000,
  longestListen: 300_000,
  answerSilence: 30_000,
  pushInterval: 200,
  noteInterval: 10_000,
  counterQuiet: 1_000,
  conflictTries: 6,
  conflictRest: 60_000,
  goodSession: 30_000,
};
