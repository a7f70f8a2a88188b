import { BlockList, isIP } from "node:net";
import { parseArgs } from "node:util";
import { exitCodes, Trouble } from "./trouble.mjs";

/**
 * @typedef {{ server: string, database: string, members: string[], removed: string[], newPasswords: string[],
 *   shards: number | undefined, copies: number | undefined, asksPasswords: boolean, isDryRun: boolean,
 *   isCheck: boolean }} Options `server`: origin and path, no slash at the end
 */

export const usage = `npm run provision -- --server URL --database NAME [--member NAME …]
  creates the database, accounts for its members and who may use it; run again, it changes nothing.

  --server URL          the server as members reach it, such as https://couch.example.org
  --database NAME       one database is one notebook; its name begins with a letter: a-z 0-9 _ $ ( ) + -
  --member NAME         may read and write everything in it (repeat for several)
  --remove-member NAME  may no longer; the account itself stays
  --new-password NAME   gives a member's account a new password
  --ask-passwords       passwords of new accounts are asked for instead of made
  --shards, -q NUMBER   of a new database: pieces it is stored in (the server's own setting unless told)
  --copies, -n NUMBER   of a new database in a cluster: nodes that keep each piece (the same)
  --dry-run             says what would be done, and does nothing
  --check               looks whether server and database are set up as Qiao needs them, and changes nothing
  --allow-plain-http    sends passwords unencrypted over a network (never needed for 127.0.0.1)

The administrator's name and password come from the environment, COUCHDB_USER and COUCHDB_PASSWORD, or are asked for;
where there is no terminal, each is read as one line of standard input.
Ends with 0 when all is done, 1 when --check found something to change or the result does not work, 2 for wrong options,
3 when no CouchDB 3 answers there, 4 when it does not take the administrator, 5 when it refused a step.
`;

/** CouchDB's rule for the names of databases (its documentation, `PUT /{db}`), without slashes, as the app has it. */
const databaseName = /^[a-z][a-z0-9_$()+-]{0,237}$/;

/** This computer (RFC 1122, RFC 4291). */
const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** @param {string} message @returns {never} */
function wrong(message) {
  throw new Trouble(exitCodes.usage, message);
}

/** What a person types after `npm run provision --`; null asks for help. @param {string[]} args @returns {Options | null} */
export function readOptions(args) {
  const values = parse(args);
  if (values.help) return null;
  if (values.server === undefined) wrong("--server is missing, such as --server https://couch.example.org");
  if (values.database === undefined) wrong("--database is missing, such as --database notebook");
  const options = {
    server: readServer(values.server, values["allow-plain-http"]),
    database: readDatabase(values.database),
    members: unique(values.member),
    removed: unique(values["remove-member"]),
    newPasswords: unique(values["new-password"]),
    shards: readCount("--shards", values.shards, 64),
    copies: readCount("--copies", values.copies, 16),
    asksPasswords: values["ask-passwords"],
    isDryRun: values["dry-run"],
    isCheck: values.check,
  };
  for (const name of [...options.members, ...options.removed, ...options.newPasswords]) checkMember(name);
  for (const name of options.removed) {
    if (options.members.includes(name)) wrong(`"${name}" cannot be added and removed at once.`);
    if (options.newPasswords.includes(name)) wrong(`"${name}" cannot be removed and get a new password at once.`);
  }
  const changes = [...options.members, ...options.removed, ...options.newPasswords].length > 0 || options.asksPasswords;
  if (options.isCheck && (changes || options.isDryRun)) wrong("--check goes with --server and --database alone.");
  return options;
}

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args,
      options: {
        server: { type: "string" },
        database: { type: "string" },
        member: { type: "string", multiple: true, default: [] },
        "remove-member": { type: "string", multiple: true, default: [] },
        "new-password": { type: "string", multiple: true, default: [] },
        shards: { type: "string", short: "q" },
        copies: { type: "string", short: "n" },
        "ask-passwords": { type: "boolean", default: false },
        "dry-run": { type: "boolean", default: false },
        check: { type: "boolean", default: false },
        "allow-plain-http": { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    }).values;
  } catch (error) {
    // parseArgs names the option but also repeats what was typed after it, which may be a password by mistake.
    const name = error instanceof Error ? /--?[a-z][a-z-]*/.exec(error.message)?.[0] : undefined;
    return wrong(`${name === undefined ? "The options" : `"${name}"`} cannot be read. --help lists the options.`);
  }
}

/** @param {string} typed @param {boolean} allowsPlainHttp */
function readServer(typed, allowsPlainHttp) {
  const url = URL.canParse(typed) ? new URL(typed) : null;
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:") || url.hostname === "") {
    wrong("--server must be a whole address, such as https://couch.example.org or http://127.0.0.1:5984");
  }
  if (url.username !== "" || url.password !== "") {
    wrong(
      "--server must not hold a name or password: lists of processes and the shell's history would show them. " +
        "Set COUCHDB_USER and COUCHDB_PASSWORD, or wait to be asked.",
    );
  }
  if (url.search !== "" || url.hash !== "" || url.pathname.split("/").includes("_utils")) {
    wrong("--server must be the address of the server alone, without pages such as _utils and without the database.");
  }
  if (url.protocol === "http:" && !isThisComputer(url.hostname) && !allowsPlainHttp) {
    wrong(
      `Over http:// everybody on the way to ${url.hostname} could read the passwords. Use https://, or run this on the ` +
        "server itself with http://127.0.0.1:5984, or add --allow-plain-http for a network that you trust.",
    );
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

/** @param {string} hostname as `URL.hostname` gives it */
export function isThisComputer(hostname) {
  const address = hostname.replace(/^\[(.*)\]$/, "$1");
  if (address === "localhost" || address.endsWith(".localhost")) return true;
  const version = isIP(address);
  return version !== 0 && loopback.check(address, version === 6 ? "ipv6" : "ipv4");
}

/** @param {string} typed */
function readDatabase(typed) {
  if (databaseName.test(typed)) return typed;
  const rule = "a small letter a-z first, then small letters, digits and _ $ ( ) + - only, 238 characters at most";
  return wrong(`--database "${typed.slice(0, 80)}" is no name that CouchDB takes: ${rule}.`);
}

/** CouchDB's own rules: no colon (Basic authentication ends the name there), no underscore first. The app trims.
 * @param {string} name */
function checkMember(name) {
  const reason =
    name === ""
      ? "is empty"
      : name !== name.trim()
        ? "begins or ends with a space"
        : name.startsWith("_")
          ? "begins with an underscore, which CouchDB keeps for itself"
          : name.includes(":")
            ? "holds a colon, which CouchDB does not take"
            : /\p{Cc}/u.test(name)
              ? "holds a control character"
              : name.length > 100
                ? "is longer than 100 characters"
                : null;
  if (reason !== null) wrong(`The member's name "${name.replace(/\p{Cc}/gu, "?").slice(0, 100)}" ${reason}.`);
}

/** @param {string} option @param {string | undefined} typed @param {number} most */
function readCount(option, typed, most) {
  if (typed === undefined) return undefined;
  const count = Number(typed);
  if (!/^\d+$/.test(typed) || count < 1 || count > most) wrong(`${option} must be a number from 1 to ${most}.`);
  return count;
}

/** @param {string[]} names */
function unique(names) {
  return [...new Set(names.map((name) => name.normalize("NFC")))];
}
