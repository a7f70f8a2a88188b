/**
 * Sets up a team's server: the database of a notebook, accounts for its members, and who may use it. Run again, it
 * changes nothing; `--check` looks at everything that matters. docs/administrators.md is the page for who runs it.
 *
 *   npm run provision -- --server URL --database NAME [--member NAME …] [--check]     (--help tells the rest)
 */
import { tryMember, tryStranger } from "./provision/access.mjs";
import { createAsker } from "./provision/asking.mjs";
import { checkServer } from "./provision/check.mjs";
import { Couch } from "./provision/couch.mjs";
import { readOptions, usage } from "./provision/options.mjs";
import { readAdmin } from "./provision/passwords.mjs";
import { checkAdmin, recogniseServer } from "./provision/server.mjs";
import { provision } from "./provision/steps.mjs";
import { exitCodes, Trouble } from "./provision/trouble.mjs";

/** @param {string} line */
const say = (line) => process.stdout.write(`${line}\n`);

/** @param {number} count */
const things = (count) => (count === 1 ? "one thing" : `${count} things`);

/** @param {Couch} couch @param {string} database @param {import("./provision/server.mjs").Product} product */
async function check(couch, database, product) {
  const findings = await checkServer(couch, database, product);
  const marks = { good: "ok    ", look: "look  ", change: "CHANGE" };
  for (const { kind, what, todo } of findings)
    say(`${marks[kind]}  ${what}${todo === undefined ? "" : `\n        ${todo}`}`);
  const wrong = findings.filter(({ kind }) => kind === "change").length;
  say(wrong === 0 ? "Nothing must be changed." : `${things(wrong)} must be changed.`);
  return wrong === 0 ? exitCodes.done : exitCodes.mustChange;
}

/** @param {import("./provision/options.mjs").Options} options @param {Couch} couch
 * @param {import("./provision/asking.mjs").Asker} asker */
async function setUp(options, couch, asker) {
  const { changes, passwords } = await provision({ couch, options, asker, say });
  if (options.isDryRun) {
    say(changes === 0 ? "Nothing would be changed." : `${things(changes)} would be done. Nothing was changed.`);
    return exitCodes.done;
  }
  const troubles = [];
  const open = await tryStranger(couch, options.database);
  if (open === null) say("tried: strangers are refused");
  else troubles.push(`${options.database}: ${open}`);
  for (const [name, password] of passwords) {
    const trouble = await tryMember(couch, options.database, name, password);
    if (trouble === null) say(`tried: ${name} can sign in, read and write`);
    else troubles.push(`${name} ${trouble}`);
  }
  say(changes === 0 ? "Nothing had to be changed." : `Done: ${things(changes)}.`);
  if (options.members.length > 0) {
    say(
      `Members enter in Qiao under Settings → Sync: server ${options.server}, database ${options.database}, their name and password.`,
    );
  }
  if (troubles.length === 0) return exitCodes.done;
  throw new Trouble(exitCodes.mustChange, `It does not work as it should.\n${troubles.join("\n")}`);
}

/** @param {import("./provision/asking.mjs").Asker} asker */
async function main(asker) {
  const options = readOptions(process.argv.slice(2));
  if (options === null) {
    process.stdout.write(usage);
    return exitCodes.done;
  }
  const couch = new Couch(options.server, await readAdmin(process.env, asker));
  const product = await recogniseServer(couch);
  await checkAdmin(couch);
  say(
    `server: ${product.name} ${product.version}${product.isCouch ? "" : ", which is for trying things, not for a team"}`,
  );
  return options.isCheck ? check(couch, options.database, product) : setUp(options, couch, asker);
}

const asker = createAsker(process.stdin, process.stderr);
try {
  process.exitCode = await main(asker);
} catch (error) {
  if (!(error instanceof Trouble)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode;
} finally {
  asker.close();
}
