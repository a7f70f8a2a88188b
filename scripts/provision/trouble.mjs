/** What the command ends with, so that other scripts can tell what happened. */
export const exitCodes = Object.freeze({
  done: 0,
  /** `--check` found what must be changed, or what was set up does not work. */
  mustChange: 1,
  /** The options are wrong, or a name or password is missing. */
  usage: 2,
  /** No answer, a certificate that is not trusted, or an answer that is not CouchDB 3's. */
  noCouch: 3,
  /** The server does not take the administrator. */
  notAdmin: 4,
  /** The server refused a step. */
  refused: 5,
  interrupted: 130,
});

/** A failure whose message says what happened and what to do: shown without a stack. It never holds a password. */
export class Trouble extends Error {
  /** @param {number} exitCode one of `exitCodes` @param {string} message */
  constructor(exitCode, message) {
    super(message);
    this.exitCode = exitCode;
  }
}
