import { refusal } from "./couch.mjs";
import { askPassword, makePassword } from "./passwords.mjs";
import { changedSecurity, otherRoles, readSecurity } from "./security.mjs";
import { exitCodes, Trouble } from "./trouble.mjs";

/** @typedef {import("./couch.mjs").Couch} Couch */
/** @typedef {import("./options.mjs").Options} Options */
/** @typedef {{ couch: Couch, options: Options, asker: import("./asking.mjs").Asker, say: (line: string) => void }} Work */
/** @typedef {{ changes: number, passwords: Map<string, string> }} Provisioned `passwords`: those given in this run */

/** Does all steps, each only where it is not so already. @param {Work} work @returns {Promise<Provisioned>} */
export async function provision(work) {
  const counted = { changes: 0 };
  const done = {
    ...work,
    /** @param {string} what @param {string} did what was done @param {string} would what would be done
     * @param {() => Promise<void>} make */
    step: async (what, did, would, make) => {
      counted.changes += 1;
      if (!work.options.isDryRun) await make();
      work.say(work.options.isDryRun ? `${what}: would be ${would}` : `${what}: ${did}`);
    },
  };
  await checkNames(work);
  for (const name of ["_users", "_replicator"]) await createDatabase(done, name, `system database ${name}`, "");
  const { database, shards, copies } = work.options;
  const query = new URLSearchParams({
    ...(shards === undefined ? {} : { q: String(shards) }),
    ...(copies === undefined ? {} : { n: String(copies) }),
  });
  await createDatabase(done, database, `database ${database}`, query.size === 0 ? "" : `?${query.toString()}`);
  const passwords = await provideMembers(done);
  await secure(done);
  return { changes: counted.changes, passwords };
}

/** @typedef {Work & { step: (what: string, did: string, would: string, make: () => Promise<void>) => Promise<void> }} Steps */

/** @param {Steps} work @param {string} name @param {string} what @param {string} query */
async function createDatabase({ couch, options, say, step }, name, what, query) {
  const path = encodeURIComponent(name);
  const found = await couch.must(what, "GET", path, [200, 404]);
  if (found.status === 404) {
    // 412: somebody else made it just now.
    return step(what, "created", "created", async () => {
      await couch.must(what, "PUT", `${path}${query}`, [201, 202, 412]);
    });
  }
  say(`${what}: is there`);
  const cluster = found.body?.cluster;
  const fixed = /** @type {const} */ ([
    ["--shards", options.shards, cluster?.q],
    ["--copies", options.copies, cluster?.n],
  ]);
  if (name !== options.database) return;
  for (const [option, wished, is] of fixed) {
    if (wished !== undefined && typeof is === "number" && is !== wished) {
      say(`${what}: keeps ${option} ${is}; that is settled when a database is made`);
    }
  }
}

/** Accounts for members; a password that somebody has is changed by --new-password alone.
 * @param {Steps} work @returns {Promise<Map<string, string>>} */
async function provideMembers(work) {
  const { couch, options, say } = work;
  /** @type {Map<string, string>} */
  const passwords = new Map();
  for (const name of [...new Set([...options.members, ...options.newPasswords])]) {
    const account = await readAccount(couch, name);
    if (account !== null && !options.newPasswords.includes(name)) {
      say(`account of ${name}: is there, its password stays`);
      continue;
    }
    const [did, would] = account === null ? ["created", "created"] : ["has a new password", "given a new password"];
    await work.step(`account of ${name}`, did, would, async () => {
      const password = options.asksPasswords ? await askPassword(work.asker, name) : makePassword();
      await writeAccount(couch, name, account, password);
      passwords.set(name, password);
      // Told at once: whatever goes wrong later, a password that holds is known.
      if (!options.asksPasswords) say(`password of ${name}, shown only now: ${password}`);
    });
  }
  return passwords;
}

/** What makes no sense is told before anything is done. @param {Work} work */
async function checkNames({ couch, options }) {
  const admin = couch.admin?.name;
  if (admin !== undefined && [...options.members, ...options.newPasswords].includes(admin)) {
    throw new Trouble(
      exitCodes.usage,
      `"${admin}" is the server's administrator. Members need accounts of their own, so that no computer holds that password.`,
    );
  }
  const known = options.newPasswords.length === 0 ? [] : await membersNow(couch, options.database);
  const unknown = options.newPasswords.find((name) => !known.includes(name) && !options.members.includes(name));
  if (unknown === undefined) return;
  throw new Trouble(exitCodes.usage, `"${unknown}" is no member of ${options.database}, so no password was changed.`);
}

/** @param {Couch} couch @param {string} database */
async function membersNow(couch, database) {
  const { status, body } = await couch.ask("GET", `${encodeURIComponent(database)}/_security`);
  return status === 200 ? readSecurity(body).members.names : [];
}

/** @param {string} name */
function accountPath(name) {
  return `_users/${encodeURIComponent(`org.couchdb.user:${name}`)}`;
}

/** @param {Couch} couch @param {string} name @returns {Promise<Record<string, unknown> | null>} */
async function readAccount(couch, name) {
  const { status, body } = await couch.must(`account of ${name}`, "GET", accountPath(name), [200, 404]);
  return status === 200 && typeof body === "object" ? body : null;
}

/** CouchDB hashes the password as it stores it. @param {Couch} couch @param {string} name
 * @param {Record<string, unknown> | null} account @param {string} password */
async function writeAccount(couch, name, account, password) {
  const body = { ...(account ?? { type: "user", name, roles: [] }), password };
  try {
    await couch.must(`account of ${name}`, "PUT", accountPath(name), [201, 202], { body });
  } catch (error) {
    if (!(error instanceof Trouble) || error.exitCode !== exitCodes.noCouch) throw error;
    throw new Trouble(
      error.exitCode,
      `${error.message} The account of ${name} may have been written or not; run it again with --new-password ${name}.`,
    );
  }
}

/** @param {Steps} work */
async function secure({ couch, options, say, step }) {
  const what = `members of ${options.database}`;
  const path = `${encodeURIComponent(options.database)}/_security`;
  const { status, body } = await couch.must(what, "GET", path, options.isDryRun ? [200, 404] : [200]);
  const present = status === 200 ? body : {};
  const { members } = readSecurity(present);
  for (const name of options.removed) {
    if (!members.names.includes(name)) say(`${what}: ${name} is none`);
  }
  const next = changedSecurity(present, options.members, options.removed);
  const names = readSecurity(next).members.names;
  const list = names.length === 0 ? "nobody but the server's administrators" : names.join(", ");
  if (next === present) say(`${what}: ${list}, as it was`);
  else {
    await step(what, `now ${list}`, list, async () => {
      await couch.must(what, "PUT", path, [200, 201], { body: next });
      const now = await couch.must(what, "GET", path, [200]);
      if (changedSecurity(now.body, options.members, options.removed) !== now.body) throw refusal(what, now);
    });
  }
  const roles = otherRoles(readSecurity(next).members);
  if (roles.length > 0) say(`${what}: also everybody with the role ${roles.join(", ")}, as it was`);
  const removed = options.removed.filter((name) => members.names.includes(name));
  if (removed.length > 0 && !options.isDryRun) {
    say(`${removed.join(", ")} can no longer sync; accounts stay, and so does what their computers already hold`);
  }
}
