/**
 * Verifies a ledger's folder or a backup without the app: a second reading of the format that
 * src-main/ledger/README.md describes, which shares no code with the first.
 *
 *   node scripts/verify-ledger.mjs PATH (--key-hex HEX | --passphrase TEXT | --words TEXT | --unprotected)
 *                                  [--keyring FILE] [--json]
 *
 * PATH is a folder such as `notebook/ledger-1`, or a backup. HEX is the "ledger" or "backup" key, or the root key; a
 * TEXT of `-` is read from standard input, which no list of processes shows. The keyring is the one beside the folder
 * unless told; a backup brings its own. Says what each file holds and what is wrong where, never what is written in it.
 * Ends with 0 where all is whole, 1 where anything is damaged or missing, 2 where nothing could be opened.
 */
import { createDecipheriv, createHash, createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { closeSync, existsSync, fstatSync, openSync, readdirSync, readFileSync, readSync, statSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { crc32, inflateRawSync } from "node:zlib";
import { mnemonicToEntropy } from "@scure/bip39";
import { wordlist as english } from "@scure/bip39/wordlists/english.js";
import { wordlist as chinese } from "@scure/bip39/wordlists/simplified-chinese.js";
import { argon2id } from "hash-wasm";

/**
 * @typedef {{ kind: string, notebook: string, ledger: string, base: number, begin: number, chain: Buffer, clear: Buffer,
 *   salt: Buffer, bytes: Buffer, frames: number }} Header
 * @typedef {{ at: number, next: number, kind: number, last: boolean, start: number, link: Buffer, after: Buffer,
 *   content: Buffer }} Frame
 * @typedef {{ from: number, to: number, what: string }} Damage
 * @typedef {{ name: string, kind: string, ledger: string, base: number, end: number, link: string, continues: string,
 *   frames: number, entries: number, snapshotEntries: number, facts: number, finished: boolean, tail: number,
 *   lost: { from: number, to: number }[], damage: Damage[] }} Verified
 */

const MAGIC = Buffer.from("51e6a1a54c0d0a1a", "hex");
const MARK = Buffer.from("a551e6f1", "hex");
const KINDS = ["segment", "pack", "snapshot", "backup"];
const [ENTRIES, SNAPSHOT, END, FACTS] = [0, 1, 2, 3];
const BLOCK = 4096;
const HEAD = 46;
const LARGEST = 64 * 1024 * 1024 + 1024;
const LARGEST_CLEAR = 64 * 1024;

/** @param {string} message @returns {never} */
function giveUp(message) {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

/** @param {Buffer} bytes @param {number} at */
function count(bytes, at) {
  const value = bytes.readBigUInt64LE(at);
  return value > BigInt(Number.MAX_SAFE_INTEGER) ? NaN : Number(value);
}

/** @param {Buffer} bytes */
function uuid(bytes) {
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** @param {Buffer[]} parts */
const sha256 = (...parts) => createHash("sha256").update(Buffer.concat(parts)).digest();

/** @param {number} file @param {number} at @param {number} length */
function read(file, at, length) {
  const bytes = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const more = readSync(file, bytes, filled, length - filled, at + filled);
    if (more === 0) break;
    filled += more;
  }
  return bytes.subarray(0, filled);
}

/** The header at the start of some bytes, or what is the matter with it. @param {Buffer} bytes @returns {Header | string} */
function headerAt(bytes) {
  if (!bytes.subarray(0, 8).equals(MAGIC)) return "not ours";
  if (bytes.length < 140) return "header cut short";
  const version = bytes.readUInt16LE(8);
  if (version !== 1) return version > 1 ? `format ${version} is newer than this program` : "header damaged";
  const clearLength = bytes.readUInt32LE(116);
  const length = 120 + clearLength + 4 + 16;
  if (clearLength > LARGEST_CLEAR || bytes.length < length) return "header damaged";
  if (crc32(bytes.subarray(0, length - 20)) !== bytes.readUInt32LE(length - 20)) return "header damaged";
  const kind = KINDS[bytes.readUInt8(10)];
  if (kind === undefined) return "header damaged";
  return {
    kind,
    notebook: uuid(bytes.subarray(12, 28)),
    ledger: uuid(bytes.subarray(28, 44)),
    salt: bytes.subarray(44, 60),
    base: count(bytes, 60),
    begin: count(bytes, 68),
    chain: bytes.subarray(76, 92),
    clear: bytes.subarray(120, 120 + clearLength),
    bytes: bytes.subarray(0, length),
    frames: Math.ceil(length / BLOCK) * BLOCK + length,
  };
}

/** Either copy of the header. @param {number} file @returns {{ header: Header, damage: Damage[], other?: Header } | string} */
function readHeader(file) {
  const start = read(file, 0, LARGEST_CLEAR + 3 * BLOCK);
  const first = headerAt(start);
  if (typeof first !== "string") {
    const copy = start.subarray(first.frames - first.bytes.length, first.frames);
    const damage = copy.equals(first.bytes)
      ? []
      : [{ from: BLOCK, to: first.frames, what: "second copy of the header" }];
    const other = damage.length > 0 ? headerAt(copy) : "the same";
    return { header: first, damage, ...(typeof other === "string" ? {} : { other }) };
  }
  for (let at = BLOCK; at < start.length; at += BLOCK) {
    const copy = headerAt(start.subarray(at));
    if (typeof copy === "string" || copy.frames - copy.bytes.length !== at) continue;
    return { header: copy, damage: [{ from: 0, to: at, what: "first copy of the header" }] };
  }
  return first;
}

/** Null where the key is not this file's. @param {Header} header @param {Buffer} key @returns {Buffer | null} */
function frameKey(header, key) {
  const both = Buffer.from(hkdfSync("sha256", key, header.salt, "qiao/v1/file", 64));
  const mac = createHmac("sha256", both.subarray(32)).update(header.bytes.subarray(0, -16)).digest().subarray(0, 16);
  return timingSafeEqual(mac, header.bytes.subarray(-16)) ? both.subarray(0, 32) : null;
}

/**
 * The frame at a place; null where none is whole.
 * @param {number} file @param {number} size @param {Header} header @param {Buffer} key @param {number} at
 * @returns {Frame | null}
 */
function frameAt(file, size, header, key, at) {
  const head = read(file, at, HEAD);
  if (head.length < HEAD || !head.subarray(0, 4).equals(MARK)) return null;
  const length = head.readUInt32LE(4);
  const flags = head.readUInt8(9);
  const next = at + HEAD + length + 16;
  if (length > LARGEST || next > size || head.readUInt8(8) > FACTS || (flags & ~3) !== 0) return null;
  const tag = read(file, next - 16, 16);
  const decipher = createDecipheriv("aes-256-gcm", key, head.subarray(34, 46));
  decipher.setAAD(Buffer.concat([sha256(header.bytes), head])).setAuthTag(tag);
  const sealed = decipher.update(read(file, at + HEAD, length));
  try {
    decipher.final();
    const content = (flags & 2) === 0 ? sealed : inflateRawSync(sealed, { maxOutputLength: LARGEST });
    const link = head.subarray(18, 34);
    const after = sha256(link, tag).subarray(0, 16);
    return { at, next, kind: head.readUInt8(8), last: (flags & 1) !== 0, start: count(head, 10), link, after, content };
  } catch {
    return null;
  }
}

/** @param {number} file @param {number} size @param {Header} header @param {Buffer} key @param {number} from */
function nextFrame(file, size, header, key, from) {
  for (let at = from; at < size;) {
    const bytes = read(file, at, Math.min(size - at, 1024 * 1024));
    const found = bytes.indexOf(MARK);
    if (found >= 0) {
      const frame = frameAt(file, size, header, key, at + found);
      if (frame) return frame;
    }
    if (found < 0 && bytes.length < 4) return null;
    at += found >= 0 ? found + 1 : bytes.length - 3;
  }
  return null;
}

/** Lengths of the texts of a frame; null where it holds none properly. @param {Buffer} content @returns {number[] | null} */
function texts(content) {
  if (content.length < 8) return null;
  const lengths = [];
  let at = 8;
  while (at < content.length) {
    if (at + 5 > content.length || content.readUInt8(at) > 1) return null;
    const length = content.readUInt32LE(at + 1);
    lengths.push(length);
    at += 5 + length;
  }
  return at === content.length ? lengths : null;
}

/**
 * All of one file, front to back.
 * @param {string} name @param {number} file @param {Header} header @param {Buffer} key @param {Damage[]} damage
 * @returns {Verified}
 */
function verifyFile(name, file, header, key, damage) {
  const { size } = fstatSync(file);
  /** @type {Verified} */
  const verified = {
    ...{ name, kind: header.kind, ledger: header.ledger, base: header.base, end: header.base },
    ...{ link: header.chain.toString("hex"), continues: header.chain.toString("hex"), frames: 0, entries: 0 },
    ...{ snapshotEntries: 0, facts: 0, finished: false, tail: 0, lost: [], damage },
  };
  let link = header.chain;
  let inSnapshot = 0;
  let complete = { at: header.frames, end: header.base, entries: 0, link };
  for (let at = header.frames; at < size && !verified.finished;) {
    const frame = frameAt(file, size, header, key, at) ?? nextFrame(file, size, header, key, at + 1);
    if (!frame) break;
    if (frame.at > at) damage.push({ from: at, to: frame.at, what: "no whole frame" });
    else if (!frame.link.equals(link)) damage.push({ from: at, to: frame.next, what: "not in its place" });
    verified.frames++;
    if (frame.kind === ENTRIES || frame.kind === SNAPSHOT) {
      const lengths = texts(frame.content);
      const step = lengths?.reduce((sum, length) => sum + length + 1, 0) ?? 0;
      if (!lengths) damage.push({ from: frame.at, to: frame.next, what: "not a list of texts" });
      else if (frame.kind === SNAPSHOT) {
        if (frame.start === inSnapshot) verified.snapshotEntries += lengths.length;
        else damage.push({ from: frame.at, to: frame.next, what: "snapshot does not go on here" });
        inSnapshot = frame.start + step;
      } else if (frame.start >= verified.end) {
        if (frame.start > verified.end) verified.lost.push({ from: verified.end, to: frame.start });
        verified.entries += lengths.length;
        verified.end = frame.start + step;
      }
    } else if (frame.kind === FACTS) verified.facts++;
    else if (frame.kind === END) {
      const { content } = frame;
      const whole =
        content.length === 48 &&
        count(content, 16) === verified.entries &&
        count(content, 24) === verified.snapshotEntries &&
        frame.next === size;
      if (!whole) damage.push({ from: frame.at, to: size, what: "its end says otherwise" });
      if (count(content, 8) > verified.end) verified.lost.push({ from: verified.end, to: count(content, 8) });
      verified.end = Math.max(verified.end, count(content, 8));
      verified.continues = content.subarray(32).toString("hex");
      verified.finished = true;
    }
    link = frame.after;
    at = frame.next;
    if (frame.last) complete = { at, end: verified.end, entries: verified.entries, link };
  }
  if (!verified.finished) {
    // What a crash left behind the last complete append was never answered as saved.
    Object.assign(verified, { tail: size - complete.at, end: complete.end, entries: complete.entries });
    verified.continues = complete.link.toString("hex");
    if (header.kind !== "segment") damage.push({ from: complete.at, to: size, what: "cut short" });
  }
  return verified;
}

/** Files of one ledger together: gaps, and chains that do not meet. @param {Verified[]} files @param {number} begin */
function verifyTogether(files, begin) {
  const history = files.filter(({ kind, end }) => (kind === "segment" || kind === "pack") && end > begin);
  /** @type {string[]} */
  const problems = [];
  let position = begin;
  let entries = 0;
  /** @type {Verified | null} */
  let before = null;
  for (;;) {
    const here = history.filter(({ base, end }) => base <= position && position < end);
    here.sort((a, b) => Number(b.kind === "pack") - Number(a.kind === "pack") || b.end - a.end);
    const best = here[0];
    if (!best) {
      const next = Math.min(...history.map(({ base }) => base).filter((base) => base > position));
      if (next === Infinity) return { end: position, entries, problems };
      problems.push(`positions ${position} to ${next} are in no file`);
      position = next;
      before = null;
      continue;
    }
    if (best.base === position && before?.end === position && before.continues !== best.link) {
      problems.push(`${best.name} does not follow ${before.name}`);
    }
    const isLast = !history.some(({ end }) => end > best.end);
    if (!best.finished && !isLast) problems.push(`${best.name} has no end`);
    entries += best.entries;
    before = best;
    position = best.end;
  }
}

/** @param {string} typed @returns {Buffer} */
function recoveryKey(typed) {
  const words =
    typed
      .normalize("NFKC")
      .toLowerCase()
      .match(/\p{Script=Han}|(?:(?!\p{Script=Han})\p{L})+/gu) ?? [];
  const list = words.some((word) => /\p{Script=Han}/u.test(word)) ? chinese : english;
  try {
    return Buffer.from(mnemonicToEntropy(words.join(" "), list));
  } catch {
    return giveUp("these are not the words of a recovery kit");
  }
}

/**
 * The root key of a wrap; null where the key does not open it.
 * @param {string} wrapped @param {Buffer} key @param {string} notebook @param {string} kind @returns {Buffer | null}
 */
function unwrap(wrapped, key, notebook, kind) {
  const bytes = Buffer.from(wrapped, "base64");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12));
  decipher.setAAD(Buffer.from(JSON.stringify(["qiao/v1/wrap", notebook, kind]))).setAuthTag(bytes.subarray(-16));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
  } catch {
    return null;
  }
}

/**
 * @param {{ kind: string, argon2: { memory: number, passes: number, lanes: number, salt: string }, wrapped: string }} wrap
 * @param {Buffer} secret @param {string} notebook
 */
async function unwrapBySecret({ kind, argon2, wrapped }, secret, notebook) {
  const { memory, passes, lanes, salt } = argon2;
  if (!(memory <= 512 * 1024 && passes <= 16 && lanes <= 4)) giveUp("a way to open it asks for absurd work");
  const key = await argon2id({
    ...{ password: secret, salt: Buffer.from(salt, "base64"), memorySize: memory, iterations: passes },
    ...{ parallelism: lanes, hashLength: 32, outputType: "binary" },
  });
  return unwrap(wrapped, Buffer.from(key), notebook, kind);
}

/** @param {Buffer} root @param {string} purpose */
const derive = (root, purpose) => Buffer.from(hkdfSync("sha256", root, Buffer.alloc(0), `qiao/v1/${purpose}`, 32));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    "key-hex": { type: "string" },
    passphrase: { type: "string" },
    words: { type: "string" },
    unprotected: { type: "boolean", default: false },
    keyring: { type: "string" },
    json: { type: "boolean", default: false },
  },
});

/**
 * Keys that may be meant by what was given.
 * @param {string} target @param {string} purpose @param {Header} header @returns {Promise<Buffer[]>}
 */
async function keysFor(target, purpose, header) {
  const hex = values["key-hex"];
  if (hex !== undefined) {
    const key = Buffer.from(hex, "hex");
    if (key.length !== 32) giveUp("a key is 64 hexadecimal digits");
    return [key, derive(key, purpose)];
  }
  const kind = values.words !== undefined ? "recovery" : values.passphrase !== undefined ? "passphrase" : "none";
  if (kind === "none" && !values.unprotected) giveUp("give --key-hex, --passphrase, --words or --unprotected");
  const beside = values.keyring ?? path.join(path.dirname(path.resolve(target)), "keyring.json");
  const keyring = header.kind === "backup" ? null : JSON.parse(readFileSync(beside, "utf8"));
  const wraps = keyring
    ? [keyring.wraps, keyring.rotation?.wraps].map((each) => each?.[kind]).filter(Boolean)
    : JSON.parse(header.clear.toString("utf8")).wraps.filter(
        (/** @type {{ kind: string }} */ wrap) => wrap.kind === kind,
      );
  const given = values.words ?? values.passphrase ?? "";
  const typed = given === "-" ? readFileSync(0, "utf8").replace(/\r?\n$/, "") : given;
  const notebook = keyring?.notebook ?? header.notebook;
  const roots = [];
  for (const wrap of wraps) {
    if (kind === "none") roots.push(unwrap(wrap.wrapped, Buffer.from(wrap.key, "base64"), notebook, kind));
    else {
      const secret = kind === "recovery" ? recoveryKey(typed) : Buffer.from(typed.normalize("NFKC"), "utf8");
      roots.push(await unwrapBySecret(wrap, secret, notebook));
    }
  }
  return roots.filter((root) => root !== null).map((root) => derive(root, purpose));
}

async function main() {
  const [target, ...others] = positionals;
  if (target === undefined || others.length > 0 || !existsSync(target)) giveUp("give one folder or backup");
  const isFolder = statSync(target).isDirectory();
  const paths = isFolder
    ? readdirSync(target)
        .filter((name) => /^(segment|pack|snapshot)-/.test(name) && !name.endsWith(".new"))
        .sort()
        .map((name) => path.join(target, name))
    : [target];
  /** @type {Verified[]} */
  const files = [];
  /** @type {string[]} */
  const problems = [];
  /** @type {Buffer[] | null} */
  let keys = null;
  let begin = 0;
  for (const name of paths) {
    const file = openSync(name, "r");
    const found = readHeader(file);
    if (typeof found === "string") problems.push(`${path.basename(name)}: ${found}`);
    else {
      let { header, damage } = found;
      keys ??= await keysFor(target, header.kind === "backup" ? "backup" : "ledger", header);
      let key = keys.map((each) => frameKey(header, each)).find((each) => each !== null);
      if (!key && found.other) {
        // What proves the first copy has changed; nothing else shows it.
        header = found.other;
        damage = [{ from: 0, to: header.bytes.length, what: "first copy of the header" }];
        key = keys.map((each) => frameKey(header, each)).find((each) => each !== null);
      }
      if (key) {
        files.push(verifyFile(path.basename(name), file, header, key, damage));
        begin = Math.max(begin, header.begin);
      } else problems.push(`${path.basename(name)}: another key`);
    }
    closeSync(file);
  }
  if (files.length === 0 && (paths.length > 0 || problems.length > 0)) giveUp(problems.join("\n"));
  if (new Set(files.map(({ ledger }) => ledger)).size > 1) problems.push("files of more than one ledger");
  const together = isFolder ? verifyTogether(files, begin) : null;
  problems.push(...(together?.problems ?? []));
  for (const { name, damage, lost, kind } of files) {
    for (const { from, to, what } of damage) problems.push(`${name}: bytes ${from} to ${to}: ${what}`);
    // What was lost before a backup was made is no fault of the backup.
    for (const { from, to } of lost) {
      const text = `${name}: positions ${from} to ${to} are missing`;
      if (kind === "backup" && damage.length === 0) process.stderr.write(`${text}, as it says itself\n`);
      else problems.push(text);
    }
  }
  if (values.json) process.stdout.write(`${JSON.stringify({ begin, ...together, files, problems }, null, 2)}\n`);
  else {
    for (const { name, kind, base, end, entries, snapshotEntries, tail } of files) {
      const holds =
        kind === "snapshot" ? `${snapshotEntries} records at ${base}` : `${entries} entries, ${base} to ${end}`;
      const records = kind === "backup" ? `, ${snapshotEntries} in its snapshot` : "";
      process.stdout.write(`${name}: ${holds}${records}${tail > 0 ? `, ${tail} bytes behind it never counted` : ""}\n`);
    }
    if (together) process.stdout.write(`${together.entries} entries, positions ${begin} to ${together.end}\n`);
    process.stdout.write(problems.length === 0 ? "whole\n" : `${problems.join("\n")}\n`);
  }
  process.exitCode = problems.length === 0 ? 0 : 1;
}

await main();
