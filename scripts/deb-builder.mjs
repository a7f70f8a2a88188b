#!/usr/bin/env node
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { chmod, cp, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { run } from "./children.mjs";
import { Told, runScript } from "./report.mjs";

/**
 * Builds a Debian package with the system's own `dpkg-deb`, where electron-builder would download fpm for it: this
 * takes fpm's arguments (https://fpm.readthedocs.io), as far as electron-builder gives them, and CUSTOM_FPM_PATH
 * names it. The rules of the format are those of Debian's policy and of deb-control(5).
 */
const options = /** @type {const} */ ({
  force: { type: "boolean" },
  architecture: { type: "string" },
  "after-install": { type: "string" },
  "after-remove": { type: "string" },
  category: { type: "string" },
  "deb-compression": { type: "string" },
  "deb-priority": { type: "string" },
  "deb-recommends": { type: "string", multiple: true },
  depends: { type: "string", short: "d", multiple: true },
  description: { type: "string" },
  input: { type: "string", short: "s" },
  license: { type: "string" },
  maintainer: { type: "string" },
  name: { type: "string" },
  output: { type: "string", short: "t" },
  package: { type: "string" },
  url: { type: "string" },
  vendor: { type: "string" },
  version: { type: "string" },
});

/** What dpkg-deb calls the compressions that electron-builder knows. @type {Record<string, string>} */
const compressions = { gz: "gzip", bzip2: "bzip2", xz: "xz", none: "none" };

/**
 * The description's first line is the synopsis; every other begins with a blank, and an empty one is a dot.
 *
 * @param {string} text
 */
function descriptionField(text) {
  const [synopsis = "", ...rest] = text.trim().split(/\s*\n\s*/);
  return [synopsis, ...rest.map((line) => (line === "" ? " ." : ` ${line}`))].join("\n");
}

/** @param {Record<string, string | undefined>} fields in the order to write them; those without value are left out */
function controlFile(fields) {
  const lines = Object.entries(fields).flatMap(([name, value]) => (value ? [`${name}: ${value}`] : []));
  return `${lines.join("\n")}\n`;
}

/**
 * Copies what `from=to` names; a `from` that ends in a slash stands for what is in that folder.
 *
 * @param {string} mapping @param {string} tree
 */
async function place(mapping, tree) {
  const at = mapping.lastIndexOf("=");
  if (at < 0) throw new Told(`deb-builder: not of the form from=to: ${mapping}`);
  const target = join(tree, mapping.slice(at + 1));
  await mkdir(dirname(target), { recursive: true });
  await cp(resolve(mapping.slice(0, at)), target, { recursive: true, verbatimSymlinks: true });
}

/** Every file below a folder, with its path in the package. @param {string} tree */
async function filesIn(tree) {
  const entries = await readdir(tree, { recursive: true, withFileTypes: true });
  return entries.map((entry) => ({ entry, path: join(entry.parentPath, entry.name) }));
}

/** Modes do not depend on who builds: anyone reads, root writes, what could be run still can. @param {string} tree */
async function settleModes(tree) {
  await chmod(tree, 0o755);
  for (const { entry, path } of await filesIn(tree)) {
    if (entry.isDirectory()) await chmod(path, 0o755);
    else if (entry.isFile()) await chmod(path, (await stat(path)).mode & 0o100 ? 0o755 : 0o644);
  }
}

/** @param {string} tree @returns {Promise<{ kibibytes: number, sums: string }>} for `Installed-Size` and `md5sums` */
async function measure(tree) {
  let kibibytes = 0;
  let sums = "";
  for (const { entry, path } of await filesIn(tree)) {
    if (!entry.isFile()) {
      kibibytes += 1;
      continue;
    }
    kibibytes += Math.ceil((await stat(path)).size / 1024);
    const hash = createHash("md5");
    await pipeline(createReadStream(path), hash);
    sums += `${hash.digest("hex")}  ${relative(tree, path)}\n`;
  }
  return { kibibytes, sums };
}

await runScript(async () => {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const { name, version, maintainer, architecture, package: file } = values;
  if (values.input !== "dir" || values.output !== "deb" || !name || !version || !maintainer || !architecture || !file) {
    throw new Told("deb-builder: builds a deb from folders, and needs its name, version, architecture and maintainer");
  }
  // electron-builder refuses to ask for none.
  const asked = process.env["QIAO_DEB_COMPRESSION"] ?? values["deb-compression"] ?? "xz";
  const compression = compressions[asked];
  if (!compression) throw new Told(`deb-builder: no such compression: ${asked}`);

  const tree = await mkdtemp(join(dirname(resolve(file)), ".deb-"));
  try {
    for (const mapping of positionals) await place(mapping, tree);
    await settleModes(tree);
    const { kibibytes, sums } = await measure(tree);
    const control = join(tree, "DEBIAN");
    await mkdir(control, { mode: 0o755 });
    await writeFile(join(control, "md5sums"), sums, { mode: 0o644 });
    await writeFile(
      join(control, "control"),
      controlFile({
        Package: name,
        Version: version,
        Section: values.category,
        Priority: values["deb-priority"],
        Architecture: architecture,
        Maintainer: maintainer,
        "Installed-Size": String(kibibytes),
        Depends: values.depends?.join(", "),
        Recommends: values["deb-recommends"]?.join(", "),
        Homepage: values.url,
        Description: descriptionField(values.description ?? name),
      }),
      { mode: 0o644 },
    );
    for (const [script, source] of [
      ["postinst", values["after-install"]],
      ["postrm", values["after-remove"]],
    ]) {
      if (script && source) await writeFile(join(control, script), await readFile(source), { mode: 0o755 });
    }
    // The first level of xz saves most, in a quarter of the time of the usual one.
    const code = await run(
      "dpkg-deb",
      ["--root-owner-group", `-Z${compression}`, "-z1", "--build", tree, resolve(file)],
      {
        stdio: ["ignore", 2, 2],
      },
    );
    if (code !== 0) throw new Told(`dpkg-deb failed with code ${String(code)}.`);
  } finally {
    await rm(tree, { recursive: true, force: true });
  }
});
