import { tryStranger } from "./access.mjs";
import { checkLargeRequest, checkLongPoll } from "./checkLine.mjs";
import { checkNodes } from "./checkNodes.mjs";
import { isThisComputer } from "./options.mjs";
import { isOpenToAll, otherRoles, readSecurity } from "./security.mjs";

/** @typedef {import("./couch.mjs").Couch} Couch */
/** @typedef {import("./settings.mjs").Finding} Finding */

/** A clock that is off by more confuses the times that members see; in ms. */
const clockMayDiffer = { look: 10_000, change: 120_000 };
const fewestRevisions = 100;

/** Everything that `--check` looks at. It changes nothing. @param {Couch} couch @param {string} database
 * @param {import("./server.mjs").Product} product @returns {Promise<Finding[]>} */
export async function checkServer(couch, database, product) {
  const isHttps = couch.address.startsWith("https:");
  const isHere = isThisComputer(new URL(couch.address).hostname);
  return [
    checkTransport(couch.address, isHttps, isHere),
    ...(await checkDatabases(couch, product)),
    ...(await checkClock(couch)),
    ...(await checkNotebook(couch, database)),
    // A proxy on this computer may do the HTTPS that members see; then only the port's own address matters.
    ...(product.isCouch ? await checkNodes(couch, isHttps || isHere) : []),
  ];
}

/** @param {string} address @param {boolean} isHttps @param {boolean} isHere @returns {Finding} */
function checkTransport(address, isHttps, isHere) {
  const what = `address: ${address}`;
  if (isHttps) return { kind: "good", what };
  if (isHere) {
    return { kind: "look", what, todo: "run the check once more with the https:// address that members use" };
  }
  return { kind: "change", what, todo: "HTTPS: passwords and records go unencrypted over the network" };
}

/** @param {Couch} couch @param {import("./server.mjs").Product} product @returns {Promise<Finding[]>} */
async function checkDatabases(couch, product) {
  const names = product.isCouch ? ["_users", "_replicator"] : ["_users"];
  return Promise.all(
    names.map(async (name) => {
      const { status } = await couch.must(name, "GET", name, [200, 404]);
      /** @type {Finding} */
      const missing = {
        kind: name === "_users" ? "change" : "look",
        what: `system database ${name}: missing`,
        todo: "run this without --check, which makes it",
      };
      return status === 200 ? { kind: "good", what: `system database ${name}: is there` } : missing;
    }),
  );
}

/** The server dates its answers; records are dated by members' computers. @param {Couch} couch @returns {Promise<Finding[]>} */
async function checkClock(couch) {
  const before = Date.now();
  const { headers } = await couch.ask("GET", "_session");
  const after = Date.now();
  const date = Date.parse(headers.get("date") ?? "");
  if (Number.isNaN(date)) return [{ kind: "look", what: "clock: the server does not tell its time" }];
  // The header has whole seconds.
  const off = Math.max(0, date - after, before - (date + 1000));
  const what = `clock: ${off === 0 ? "as here" : `${Math.round(off / 1000)} s away from this computer's`}`;
  if (off <= clockMayDiffer.look) return [{ kind: "good", what }];
  return [
    {
      kind: off > clockMayDiffer.change ? "change" : "look",
      what,
      todo: "set both by NTP (systemctl status chrony or systemd-timesyncd); sessions end by the server's clock",
    },
  ];
}

/** @param {Couch} couch @param {string} database @returns {Promise<Finding[]>} */
async function checkNotebook(couch, database) {
  const path = encodeURIComponent(database);
  const { status, body } = await couch.must(`database ${database}`, "GET", path, [200, 404]);
  if (status === 404) {
    return [
      { kind: "change", what: `database ${database}: missing`, todo: "run this without --check, which makes it" },
    ];
  }
  return [
    judgeDatabase(database, body),
    ...(await checkMembers(couch, database, path)),
    ...(await checkRevisions(couch, path)),
    ...(await checkDesigns(couch, path)),
    await checkLargeRequest(couch, path),
    await checkLongPoll(couch, path),
  ];
}

/** @param {string} database @param {any} body @returns {Finding} */
function judgeDatabase(database, body) {
  if (body?.props?.partitioned === true) {
    return {
      kind: "change",
      what: `database ${database}: partitioned`,
      todo: "make a new one without partitions: Qiao's records do not belong into the ones it would get",
    };
  }
  const cluster = body?.cluster;
  const layout = typeof cluster?.q === "number" ? ` (q=${cluster.q}, n=${cluster.n})` : "";
  return { kind: "good", what: `database ${database}: is there${layout}` };
}

/** @param {Couch} couch @param {string} database @param {string} path @returns {Promise<Finding[]>} */
async function checkMembers(couch, database, path) {
  const { body } = await couch.must(`members of ${database}`, "GET", `${path}/_security`, [200]);
  const security = readSecurity(body);
  const stranger = await tryStranger(couch, database);
  if (isOpenToAll(security) || stranger !== null) {
    const what = `members of ${database}: ${stranger ?? "nobody is named, so everybody is one"}`;
    return [{ kind: "change", what, todo: "run this with --member NAME, which closes it to all others" }];
  }
  const names = security.members.names;
  /** @type {Finding[]} */
  const findings = [
    names.length > 0
      ? { kind: "good", what: `members of ${database}: ${names.join(", ")}; strangers are refused` }
      : { kind: "look", what: `members of ${database}: nobody is named`, todo: "name them with --member NAME" },
  ];
  const missing = await withoutAccount(couch, names);
  if (missing.length > 0) {
    findings.push({
      kind: "look",
      what: `members without an account in _users: ${missing.join(", ")}`,
      todo: "run this with --member NAME, which makes it; or take them off with --remove-member NAME",
    });
  }
  const others = [...security.admins.names, ...otherRoles(security.admins), ...otherRoles(security.members)];
  if (others.length > 0) {
    findings.push({
      kind: "look",
      what: `${database} is open also to (names and roles): ${others.join(", ")}`,
      todo: "members need no more than to be named as such; see that these are wanted",
    });
  }
  return findings;
}

/** @param {Couch} couch @param {readonly string[]} names */
async function withoutAccount(couch, names) {
  const missing = [];
  for (const name of names) {
    const { status } = await couch.ask("GET", `_users/${encodeURIComponent(`org.couchdb.user:${name}`)}`);
    if (status === 404) missing.push(name);
  }
  return missing;
}

/** Merging what several servers wrote looks for the common ancestor. @param {Couch} couch @param {string} path
 * @returns {Promise<Finding[]>} */
async function checkRevisions(couch, path) {
  const { status, body } = await couch.ask("GET", `${path}/_revs_limit`);
  if (status !== 200 || typeof body !== "number") return [];
  const what = `_revs_limit: ${body}`;
  if (body >= fewestRevisions) return [{ kind: "good", what }];
  const todo = `1000, CouchDB's own: curl -X PUT …/${path}/_revs_limit -d 1000; merging needs the history of edits`;
  return [{ kind: "change", what, todo }];
}

/** Qiao needs no design documents; one with a validation may refuse records. @param {Couch} couch @param {string} path
 * @returns {Promise<Finding[]>} */
async function checkDesigns(couch, path) {
  const range = 'startkey="_design/"&endkey="_design0"&include_docs=true';
  const { status, body } = await couch.ask("GET", `${path}/_all_docs?${range.replaceAll('"', "%22")}`);
  const rows = status === 200 && Array.isArray(body?.rows) ? body.rows : [];
  const refusing = rows.filter((/** @type {any} */ row) => row?.doc?.validate_doc_update !== undefined);
  if (refusing.length === 0) return [{ kind: "good", what: "validation by the server: none, and none is needed" }];
  return [
    {
      kind: "look",
      what: `validation by the server: ${refusing.map((/** @type {any} */ row) => row.id).join(", ")}`,
      todo: "what it refuses stays on the member's computer, set aside and shown there",
    },
  ];
}
