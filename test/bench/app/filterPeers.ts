import Fuse from "fuse.js";
import MiniSearch from "minisearch";
import type { Content } from "../../../src-renderer/domain/record";
import { recordKind } from "../../../src-renderer/domain/recordKinds";
import { foldText } from "../../../src-renderer/language/fold";
import { proposeNamePinyin, textPinyin } from "../../../src-renderer/language/pinyin";

/**
 * The same lists filtered by libraries for it, set up as their manuals advise for search as one types. Neither knows
 * Chinese, so they are given what ours makes itself: pinyin in syllables, run together, and its initials.
 */

export const peerNames = ["fuse.js 7.5.0", "minisearch 7.2.0"] as const;
export type PeerName = (typeof peerNames)[number];
type FilterPeer = (filter: string) => readonly string[];

interface PeerDocument {
  readonly id: string;
  readonly texts: string;
  readonly pinyin: string;
  readonly joined: string;
  readonly initials: string;
}

export function createPeers(contents: readonly Content[]): Readonly<Record<PeerName, FilterPeer>> {
  const documents = contents.flatMap(documentOf);
  return { "fuse.js 7.5.0": fuse(documents), "minisearch 7.2.0": miniSearch(documents) };
}

const fields = ["texts", "pinyin", "joined", "initials"] as const;

function fuse(documents: readonly PeerDocument[]): FilterPeer {
  const index = new Fuse(documents, { keys: [...fields], threshold: 0.2, ignoreLocation: true });
  return (filter) => index.search(filter).map(({ item }) => item.id);
}

function miniSearch(documents: readonly PeerDocument[]): FilterPeer {
  const index = new MiniSearch<PeerDocument>({
    fields: [...fields],
    tokenize: (text) => text.match(/\p{Script=Han}|[^\s\p{P}\p{Script=Han}]+/gu) ?? [],
    searchOptions: { prefix: true, fuzzy: (term) => (term.length > 3 ? 0.2 : false), combineWith: "AND" },
  });
  index.addAll(documents);
  return (filter) => index.search(filter).map(({ id }) => String(id));
}

function documentOf(content: Content): readonly PeerDocument[] {
  if (content.kind !== "known") return [];
  const { id, type, data } = content.record;
  const texts = recordKind(type).searchTexts(data);
  const readings = texts.flatMap(({ text, kind }) => {
    if (kind !== "zh" && kind !== "zh-name") return [];
    return foldText(kind === "zh" ? textPinyin(text) : proposeNamePinyin(text));
  });
  return [
    {
      id,
      texts: texts.map(({ text }) => foldText(text)).join(" "),
      pinyin: readings.join(" "),
      joined: readings.map((reading) => reading.replaceAll(" ", "")).join(" "),
      initials: readings.map((reading) => initialsOf(reading)).join(" "),
    },
  ];
}

function initialsOf(reading: string): string {
  return reading
    .split(" ")
    .map((syllable) => syllable[0] ?? "")
    .join("");
}
