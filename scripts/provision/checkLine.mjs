import { largestRequest } from "./settings.mjs";
import { Trouble } from "./trouble.mjs";

/** @typedef {import("./couch.mjs").Couch} Couch */
/** @typedef {import("./settings.mjs").Finding} Finding */

/** The long-poll to try: a sign of life each second, looked for during five. In ms. */
const poll = { heartbeat: 1_000, patience: 5_000 };

/** JSON may hold any white space, so this asks for nothing and is as large as the largest request.
 * @param {Couch} couch @param {string} path @returns {Promise<Finding>} */
export async function checkLargeRequest(couch, path) {
  const text = `{"keys":[]${" ".repeat(largestRequest)}}`;
  const megabytes = largestRequest / 1_000_000;
  /** @type {Finding} */
  const tooSmall = {
    kind: "change",
    what: `a request of ${megabytes} MB: does not come through`,
    todo: "raise the limit of the proxy in between (nginx: client_max_body_size 64m) and [chttpd] max_http_request_size",
  };
  try {
    const { status } = await couch.ask("POST", `${path}/_all_docs`, { text, timeout: 120_000 });
    return status === 200 ? { kind: "good", what: `a request of ${megabytes} MB: goes through` } : tooSmall;
  } catch (error) {
    // A proxy that refuses before all was sent breaks the connection off.
    if (error instanceof Trouble) return tooSmall;
    throw error;
  }
}

/** Whether signs of life of a long-poll come through at once, as they must. @param {Couch} couch @param {string} path
 * @returns {Promise<Finding>} */
export async function checkLongPoll(couch, path) {
  const query = `feed=longpoll&since=now&heartbeat=${poll.heartbeat}`;
  const signal = AbortSignal.timeout(poll.patience);
  const begun = Date.now();
  let heard = false;
  try {
    const response = await couch.open(`${path}/_changes?${query}`, signal);
    for await (const piece of response.body ?? []) {
      heard ||= piece.length > 0 && Date.now() - begun > poll.heartbeat / 2;
      if (heard) break;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  if (heard) return { kind: "good", what: "open feed: signs of life come through at once" };
  return {
    kind: "change",
    what: `open feed: no sign of life within ${poll.patience / 1000} s`,
    todo: "turn buffering off in the proxy in between (nginx: proxy_buffering off), so that new records come at once",
  };
}
