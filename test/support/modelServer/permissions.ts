import type { Security, UserContext } from "./database";
import { Refusal } from "./exchange";

export function isServerAdmin(user: UserContext): boolean {
  return user.roles.includes("_admin");
}

function isAmong(group: Security["members"], user: UserContext): boolean {
  return (
    (user.name !== null && group.names.includes(user.name)) || group.roles.some((role) => user.roles.includes(role))
  );
}

export function isDatabaseAdmin(security: Security, user: UserContext): boolean {
  return isServerAdmin(user) || isAmong(security.admins, user);
}

/** Members read and write; with no members named everybody is one. */
export function checkMember(security: Security, user: UserContext): void {
  const open = security.members.names.length === 0 && security.members.roles.length === 0;
  if (open || isDatabaseAdmin(security, user) || isAmong(security.members, user)) return;
  if (user.name === null) throw new Refusal(401, "unauthorized", "You are not authorized to access this db.");
  throw new Refusal(403, "forbidden", "You are not allowed to access this db.");
}

export function checkServerAdmin(user: UserContext): void {
  if (!isServerAdmin(user)) throw new Refusal(401, "unauthorized", "You are not a server admin.");
}
