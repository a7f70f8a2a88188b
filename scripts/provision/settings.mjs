/** What one check found. `change` makes `--check` fail; `look` is worth knowing; `good` needs nothing.
 * @typedef {{ kind: "good" | "look" | "change", what: string, todo?: string }} Finding */
/** @typedef {(section: string, key: string) => string | undefined} Setting undefined where CouchDB's default holds */

/** The largest record the app sends: `max_document_size` of CouchDB as it comes. In bytes. */
export const largestRecord = 8_000_000;
/** One request of the app is a batch of 2 MB or one record, so this holds any of them, with room. In bytes. */
export const largestRequest = 9_000_000;
/** The app pushes up to 500 records at once (`limits.ts` of its sync). */
const largestBatch = 500;

/** Settings that matter, as CouchDB 3.5 has them unless told (its `default.ini`); older ones kept some in `[httpd]` and
 * `[couch_httpd_auth]`. */
export const settingsRead = /** @type {const} */ ([
  ["couchdb", "max_document_size"],
  ["couchdb", "max_bulk_docs_count"],
  ["couchdb", "default_security"],
  ["chttpd", "max_http_request_size"],
  ["httpd", "max_http_request_size"],
  ["chttpd", "bind_address"],
  ["chttpd", "buffer_response"],
  ["chttpd", "enable_cors"],
  ["chttpd_auth", "timeout"],
  ["couch_httpd_auth", "timeout"],
  ["chttpd_auth_lockout", "mode"],
  ["chttpd_auth_lockout", "threshold"],
  ["couch_peruser", "enable"],
  ["smoosh", "db_channels"],
]);

/** Judges the settings of one node. @param {Setting} setting @param {boolean} isHttps whether members come over HTTPS
 * @returns {Finding[]} */
export function judgeSettings(setting, isHttps) {
  return [
    judgeDocumentSize(sizeOf(setting("couchdb", "max_document_size"), largestRecord)),
    judgeRequestSize(setting),
    judgeBatch(sizeOf(setting("couchdb", "max_bulk_docs_count"), 10_000)),
    judgeSession(sizeOf(setting("chttpd_auth", "timeout") ?? setting("couch_httpd_auth", "timeout"), 600)),
    judgeLockout(setting),
    ...judgeSwitches(setting, isHttps),
  ];
}

/** @param {number} size @returns {Finding} */
function judgeDocumentSize(size) {
  const what = `[couchdb] max_document_size: ${size}`;
  if (size >= largestRecord) return { kind: "good", what };
  return {
    kind: "change",
    what,
    todo: `at least ${largestRecord}; larger records are set aside on the members' computers and reach nobody`,
  };
}

/** @param {Setting} setting @returns {Finding} */
function judgeRequestSize(setting) {
  const said = setting("chttpd", "max_http_request_size") ?? setting("httpd", "max_http_request_size");
  const size = sizeOf(said, 4_294_967_296);
  const what = `[chttpd] max_http_request_size: ${size}`;
  if (size >= largestRequest) return { kind: "good", what };
  return { kind: "change", what, todo: `at least ${largestRequest}, so that the largest record fits into a request` };
}

/** @param {number} count @returns {Finding} */
function judgeBatch(count) {
  const what = `[couchdb] max_bulk_docs_count: ${count}`;
  if (count >= largestBatch) return { kind: "good", what };
  return { kind: "change", what, todo: `at least ${largestBatch}: Qiao sends up to so many records at once` };
}

/** @param {number} seconds @returns {Finding} */
function judgeSession(seconds) {
  const what = `[chttpd_auth] timeout: ${seconds} s`;
  if (seconds >= 60) return { kind: "good", what };
  return { kind: "look", what, todo: "600 is usual; so short, members' computers sign in over and over" };
}

/** @param {Setting} setting @returns {Finding} */
function judgeLockout(setting) {
  const mode = setting("chttpd_auth_lockout", "mode") ?? "enforce";
  const threshold = sizeOf(setting("chttpd_auth_lockout", "threshold"), 5);
  const what = `[chttpd_auth_lockout] mode: ${mode}, threshold: ${threshold}`;
  if (mode !== "enforce") {
    return { kind: "look", what, todo: "mode = enforce stops guessing of passwords (CouchDB 3.4 and newer)" };
  }
  if (threshold >= 5) return { kind: "good", what };
  return {
    kind: "look",
    what,
    todo: "5 or more: Qiao itself tries a wrong password at most three times in five minutes",
  };
}

/** @param {Setting} setting @param {boolean} isHttps @returns {Finding[]} */
function judgeSwitches(setting, isHttps) {
  /** @type {Finding[]} */
  const findings = [];
  if (setting("couchdb", "default_security") === "everyone") {
    findings.push({
      kind: "change",
      what: "[couchdb] default_security: everyone",
      todo: "admin_only: every database made from now on is open to everybody until its members are set",
    });
  }
  if (setting("chttpd", "buffer_response") === "true") {
    findings.push({
      kind: "change",
      what: "[chttpd] buffer_response: true",
      todo: "false: members' computers would hear nothing of new records for minutes, and take the line for dead",
    });
  }
  if (setting("couch_peruser", "enable") === "true") {
    findings.push({
      kind: "look",
      what: "[couch_peruser] enable: true",
      todo: "false, unless something else needs it: it makes a database for every account, and Qiao uses none of them",
    });
  }
  if (setting("chttpd", "enable_cors") === "true") {
    findings.push({ kind: "look", what: "[chttpd] enable_cors: true", todo: "Qiao does not need it; false is safer" });
  }
  const channels = setting("smoosh", "db_channels");
  if (channels !== undefined && !channels.includes("ratio_dbs")) {
    findings.push({
      kind: "look",
      what: `[smoosh] db_channels: ${channels}`,
      todo: "with ratio_dbs files are compacted by themselves",
    });
  }
  const bound = setting("chttpd", "bind_address");
  if (bound !== undefined && !isLoopback(bound)) {
    findings.push({
      kind: isHttps ? "look" : "change",
      what: `[chttpd] bind_address: ${bound}`,
      todo: "127.0.0.1 where a proxy on the same computer does HTTPS; otherwise keep the port closed to the network",
    });
  }
  return findings;
}

/** @param {string} address */
function isLoopback(address) {
  return address.startsWith("127.") || address === "::1" || address === "localhost";
}

/** A number as CouchDB's settings have it. @param {string | undefined} text @param {number} otherwise */
function sizeOf(text, otherwise) {
  if (text === undefined) return otherwise;
  if (text.trim() === "infinity") return Infinity;
  const size = Number.parseInt(text, 10);
  return Number.isNaN(size) ? otherwise : size;
}
