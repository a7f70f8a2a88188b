import { success, type Result } from "../../src-main/shared/result";
import { retryDelay, timeLeft } from "./backoff";
import { writeCounter } from "./identity";
import type { Session } from "./session";
import type { Trouble } from "./trouble";

/**
 * Raises this computer's counter on the server after an exchange. Until it knows that the counter is raised, a copy of
 * the database from before the exchange is not noticed when it is restored; so what fails is done again, by this
 * session or the next one. A server that fails at the counter alone hinders nobody, and nobody is told.
 */
export class Marking {
  private refusals = 0;
  /** The wait after the last refusal, in ms, and its end. */
  private delay = 0;
  private notBefore = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly session: Session,
    private readonly random: () => number,
  ) {}

  /** Milliseconds of quiet until the counter is to be raised; null if nothing was exchanged since it was. */
  dueIn(): number | null {
    const { clock, limits } = this.session.parts;
    if (!this.session.exchanged) return null;
    return Math.max(limits.counterQuiet, timeLeft(this.notBefore, clock.now(), this.delay));
  }

  async mark(signal: AbortSignal): Promise<Result<null, Trouble>> {
    const { session } = this;
    // What goes over from here on is for the next time.
    session.exchanged = false;
    const marked = await this.raise(signal);
    if (marked.ok) {
      this.refusals = 0;
      return marked;
    }
    session.exchanged = true;
    if (marked.failure.kind !== "server-error") return marked;
    this.delay = retryDelay(this.refusals, marked.failure, this.random());
    this.notBefore = session.parts.clock.now() + this.delay;
    this.refusals += 1;
    return success(null);
  }

  private async raise(signal: AbortSignal): Promise<Result<null, Trouble>> {
    const { session } = this;
    const { ask, store } = session.parts;
    const counter = session.state.counter + 1;
    const written = await writeCounter(ask, store.device(), counter, session.counterRev, signal);
    if (!written.ok) return written;
    session.counterRev = written.value;
    return session.changeServerState({ counter });
  }
}
