/** @typedef {{ names: string[], roles: string[] }} Group */
/** @typedef {{ admins: Group, members: Group }} Security who may do what in a database (CouchDB's `_security`) */

/** Server administrators, who may do everything anyway. CouchDB 3 gives it to every new database. */
const ADMINS = "_admin";

/** What a database's `_security` says; what is missing is empty. @param {any} body @returns {Security} */
export function readSecurity(body) {
  return { admins: readGroup(body?.admins), members: readGroup(body?.members) };
}

/** @param {any} group @returns {Group} */
function readGroup(group) {
  return { names: texts(group?.names), roles: texts(group?.roles) };
}

/** @param {unknown} value @returns {string[]} */
function texts(value) {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

/** CouchDB's rule: a database whose members name nobody is open to everybody. @param {Security} security */
export function isOpenToAll({ members }) {
  return members.names.length === 0 && members.roles.length === 0;
}

/** Roles by which others than the named may come in. @param {Group} group */
export function otherRoles(group) {
  return group.roles.filter((role) => role !== ADMINS);
}

/**
 * The `_security` with members added and removed; the same object where nothing changes. Members are named one by one
 * and not by a role: the list of one database then says all about it, no account has to be rewritten, and taking
 * somebody off holds from the next request on. Everything else in it stays, administrators too; but who is removed is
 * removed there as well. `_admin` among the roles keeps the database closed also when the last member goes.
 *
 * @param {any} body as the server has it @param {readonly string[]} added @param {readonly string[]} removed
 * @returns {any}
 */
export function changedSecurity(body, added, removed) {
  const { admins, members } = readSecurity(body);
  const stay = (/** @type {string} */ name) => !removed.includes(name);
  const names = [...members.names.filter(stay), ...added.filter((name) => !members.names.includes(name))];
  const adminNames = admins.names.filter(stay);
  const memberRoles = members.roles.includes(ADMINS) ? members.roles : [...members.roles, ADMINS];
  const adminRoles = admins.roles.length === 0 && adminNames.length === 0 ? [ADMINS] : admins.roles;
  const same =
    isSame(names, members.names) &&
    isSame(adminNames, admins.names) &&
    isSame(memberRoles, members.roles) &&
    isSame(adminRoles, admins.roles);
  if (same) return body;
  return {
    ...body,
    admins: { ...body?.admins, names: adminNames, roles: adminRoles },
    members: { ...body?.members, names, roles: memberRoles },
  };
}

/** @param {readonly string[]} one @param {readonly string[]} other */
function isSame(one, other) {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}
