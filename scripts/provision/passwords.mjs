import { randomInt } from "node:crypto";
import { exitCodes, Trouble } from "./trouble.mjs";

/** Without l, o, 0 and 1, which are taken for one another when read aloud or copied from paper: 32 signs, 5 bits each. */
const signs = "abcdefghijkmnpqrstuvwxyz23456789";
const groups = 5;
const groupLength = 4;
const shortest = 10;

/** A new password of 100 bits, such as `k7dm-…`, easy to read aloud. */
export function makePassword() {
  const group = () => Array.from({ length: groupLength }, () => signs[randomInt(signs.length)]).join("");
  return Array.from({ length: groups }, group).join("-");
}

/** Asks for a member's password, at a terminal twice. @param {import("./asking.mjs").Asker} asker @param {string} name */
export async function askPassword(asker, name) {
  const password = await asker.secret(`Password for ${name}`);
  if ([...password].length < shortest) {
    throw new Trouble(exitCodes.usage, `The password for ${name} is shorter than ${shortest} characters.`);
  }
  if (asker.isTerminal && (await asker.secret(`The same again for ${name}`)) !== password) {
    throw new Trouble(exitCodes.usage, `The two passwords for ${name} are not the same.`);
  }
  return password;
}

/**
 * The administrator, from the environment or asked for. Never from the command line, which others can see.
 *
 * @param {Readonly<Record<string, string | undefined>>} environment @param {import("./asking.mjs").Asker} asker
 * @returns {Promise<import("./couch.mjs").Admin>}
 */
export async function readAdmin(environment, asker) {
  const name = environment["COUCHDB_USER"] || (await asker.text("Name of the server's administrator"));
  const password = environment["COUCHDB_PASSWORD"] || (await asker.secret(`Password of ${name}`));
  if (name === "" || password === "")
    throw new Trouble(exitCodes.usage, "The administrator's name or password is empty.");
  return { name, password };
}
