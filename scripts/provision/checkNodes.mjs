import { judgeSettings, settingsRead } from "./settings.mjs";

/** @typedef {import("./couch.mjs").Couch} Couch */
/** @typedef {import("./settings.mjs").Finding} Finding */

/** Every node of a cluster has settings of its own. @param {Couch} couch @param {boolean} isShielded
 * @returns {Promise<Finding[]>} */
export async function checkNodes(couch, isShielded) {
  const membership = await couch.ask("GET", "_membership");
  // CouchDB's words: `cluster_nodes` belong to it, `all_nodes` are connected.
  const nodes = names(membership.body?.cluster_nodes);
  const connected = nodes.filter((node) => names(membership.body?.all_nodes).includes(node));
  const findings = [...judgeCluster(nodes, connected), ...(await checkSecrets(couch, connected))];
  for (const node of connected) {
    const about = nodes.length > 1 ? `${node}: ` : "";
    const setting = await readSettings(couch, node);
    /** @type {Finding[]} */
    const judged =
      setting === null
        ? [{ kind: "look", what: "settings: the server does not show them" }]
        : judgeSettings(setting, isShielded);
    findings.push(...judged.map((finding) => ({ ...finding, what: about + finding.what })));
  }
  return findings;
}

/** @param {readonly string[]} nodes @param {readonly string[]} connected @returns {Finding[]} */
function judgeCluster(nodes, connected) {
  const away = nodes.filter((node) => !connected.includes(node));
  if (away.length > 0) {
    return [
      { kind: "change", what: `not connected: ${away.join(", ")}`, todo: "start it, or take it out of the cluster" },
    ];
  }
  if (nodes.length === 2) {
    return [
      { kind: "look", what: "cluster: 2 nodes", todo: "three can go on when one is away; two cannot agree then" },
    ];
  }
  return nodes.length > 1 ? [{ kind: "good", what: `cluster: ${nodes.length} nodes, all connected` }] : [];
}

/** A session is signed with the node's secret, and the next request may reach another node. What they are is not told.
 * @param {Couch} couch @param {readonly string[]} nodes @returns {Promise<Finding[]>} */
async function checkSecrets(couch, nodes) {
  if (nodes.length < 2) return [];
  const answers = await Promise.all(nodes.map((node) => couch.ask("GET", `${configOf(node)}/chttpd_auth/secret`)));
  const what = "[chttpd_auth] secret of the nodes";
  if (new Set(answers.map(({ body }) => JSON.stringify(body))).size === 1)
    return [{ kind: "good", what: `${what}: the same` }];
  return [
    {
      kind: "change",
      what: `${what}: not the same`,
      todo: "the same on all: a session of one node is void on the others",
    },
  ];
}

/** @param {string} node */
function configOf(node) {
  return `_node/${encodeURIComponent(node)}/_config`;
}

/** One setting at a time: whole sections hold secrets that are nobody's business here. Null if they are not shown.
 * @param {Couch} couch @param {string} node @returns {Promise<import("./settings.mjs").Setting | null>} */
async function readSettings(couch, node) {
  const config = configOf(node);
  // Every CouchDB has this one.
  if ((await couch.ask("GET", `${config}/couchdb/uuid`)).status !== 200) return null;
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const [section, key] of settingsRead) {
    const { status, body } = await couch.ask("GET", `${config}/${section}/${key}`);
    if (status === 200 && typeof body === "string") found.set(`${section}/${key}`, body);
  }
  return (section, key) => found.get(`${section}/${key}`);
}

/** @param {unknown} value @returns {string[]} */
function names(value) {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}
