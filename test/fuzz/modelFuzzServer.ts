import { createModelServer, type ModelServer, type Snapshot } from "../support/modelServer/modelServer";
import type { Simulation } from "./simulation";
import { requestUrl } from "../../src-main/gateway/requestUrl";
import { seededRandom } from "../support/seededRandom";
import { wholeBody } from "../support/modelServer/exchange";
import type { Answered, Asked, FuzzServer } from "./fuzzServer";

const DATABASE = "notebook";
const USER = "expert";

/** The model of Apache CouchDB 3.5. Long-polls are asked as plain feeds: `network.ts` does the waiting. */
export class ModelFuzzServer implements FuzzServer {
  readonly #model: ModelServer;

  constructor(simulation: Simulation, seed: number) {
    this.#model = createModelServer({
      scheduler: { now: () => simulation.now, after: (ms, callback) => simulation.schedule(ms, callback) },
      random: seededRandom(seed),
      users: { [USER]: "password" },
      database: { name: DATABASE, members: [USER] },
    });
  }

  async handle({ method, path, query, body }: Asked): Promise<Answered> {
    const { feed: _, heartbeat: __, ...plain } = query;
    const answered = await this.#model.handle({
      method,
      path: requestUrl({ address: "", database: DATABASE }, path, plain),
      headers: {
        authorization: `Basic ${btoa(`${USER}:password`)}`,
        accept: "application/json",
        "content-type": "application/json",
      },
      ...(body === undefined ? {} : { body }),
    });
    return { status: answered.status, body: await wholeBody(answered) };
  }

  snapshot(): Snapshot {
    return this.#model.snapshot(DATABASE);
  }

  restore(snapshot: unknown): void {
    this.#model.restore(snapshot as Snapshot);
  }

  recreate(): void {
    this.#model.recreateDatabase(DATABASE);
  }

  compact(): void {
    this.#model.compact(DATABASE);
  }
}
