import { told } from "./couch.mjs";
import { exitCodes, Trouble } from "./trouble.mjs";

/** @typedef {import("./couch.mjs").Couch} Couch */
/** @typedef {{ name: string, version: string, isCouch: boolean }} Product `isCouch` false: PouchDB Server, to try things */

/** The oldest CouchDB 3 whose settings have the places that are looked at here. */
const [major, minor] = [3, 2];

/**
 * What answers there, if it is one that can be provisioned; asked without a name first, so that a stranger is not given
 * the administrator's password.
 *
 * @param {Couch} couch @returns {Promise<Product>}
 */
export async function recogniseServer(couch) {
  const stranger = await couch.ask("GET", "", { as: null });
  // With `require_valid_user` CouchDB greets only who signs in, but refuses in its own words.
  const asksWho = stranger.status === 401 && stranger.body?.error === "unauthorized";
  const greeting = asksWho ? await couch.ask("GET", "") : stranger;
  if (asksWho && greeting.status === 401) throw wrongPassword();
  return productOf(greeting, couch.address);
}

/** @param {import("./couch.mjs").Answer} greeting @param {string} address @returns {Product} */
function productOf({ status, body }, address) {
  if (status === 200 && typeof body?.["express-pouchdb"] === "string") {
    return { name: "PouchDB Server", version: String(body.version), isCouch: false };
  }
  if (status !== 200 || body?.couchdb !== "Welcome" || typeof body.version !== "string") {
    throw new Trouble(
      exitCodes.noCouch,
      `What answers at ${address} is not CouchDB (status ${status}). Is the path right, is a sign-in page in between?`,
    );
  }
  const version = /^(\d+)\.(\d+)/.exec(body.version)?.slice(1).map(Number) ?? [0, 0];
  const [first = 0, second = 0] = version;
  if (first < major || (first === major && second < minor)) {
    throw new Trouble(
      exitCodes.noCouch,
      `${address} is CouchDB ${body.version}. Qiao needs ${major}.${minor} or newer: upgrade it first.`,
    );
  }
  return { name: "CouchDB", version: body.version, isCouch: true };
}

/** Makes sure that our administrator is one, and that not everybody is. @param {Couch} couch */
export async function checkAdmin(couch) {
  const stranger = await couch.ask("GET", "_session", { as: null });
  if (rolesOf(stranger.body).includes("_admin")) {
    throw new Trouble(
      exitCodes.notAdmin,
      "Everybody who reaches this server is its administrator. Set one in the [admins] section of local.ini, restart it, " +
        "and look at what is in its databases before going on.",
    );
  }
  const { status, body } = await couch.ask("GET", "_session");
  if (status === 401) throw wrongPassword();
  if (status === 403) {
    throw new Trouble(
      exitCodes.notAdmin,
      `The administrator's account is locked: ${told({ status, body, headers: new Headers() })} ` +
        "CouchDB opens it again after five minutes without a try.",
    );
  }
  if (status !== 200) {
    throw new Trouble(
      exitCodes.noCouch,
      `The server cannot say who signs in: ${told({ status, body, headers: new Headers() })}`,
    );
  }
  if (!rolesOf(body).includes("_admin")) {
    throw new Trouble(
      exitCodes.notAdmin,
      `"${couch.admin?.name ?? ""}" can sign in, but is no administrator of the server.`,
    );
  }
}

function wrongPassword() {
  return new Trouble(
    exitCodes.notAdmin,
    "The server does not take the administrator's name and password. (After five wrong ones it locks the account for " +
      "five minutes.)",
  );
}

/** @param {any} body @returns {unknown[]} */
function rolesOf(body) {
  return Array.isArray(body?.userCtx?.roles) ? body.userCtx.roles : [];
}
