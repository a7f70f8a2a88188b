import { openValues } from "./kept";
import type { AnyRecord } from "./record";
import { preferredForm, warnsOf } from "./records/term";
import type { RosterRow } from "./rosterRow";

type WithoutSync<Row> = Row extends RosterRow ? Omit<Row, "waiting"> : never;
/** A row without what only the sync knows. */
export type BareRow = WithoutSync<RosterRow>;

/** What a row says beside the record's own fields; flags that are false are left out. */
export interface RowState {
  /** In the bin, also where only another client's tombstone says so. */
  readonly bin: boolean;
  readonly newer?: boolean;
  readonly shipped?: boolean;
  readonly changed?: boolean;
}

/** One line about a record, for lists and pickers; undefined for a note, which no list shows. */
export function rowOf(record: AnyRecord, { bin, newer, shipped, changed }: RowState): BareRow | undefined {
  const review = openValues(record).length;
  const state = {
    bin,
    ...(newer === true ? { newer } : {}),
    ...(shipped === true ? { shipped } : {}),
    ...(changed === true ? { changed } : {}),
    ...(bin ? { deletedAt: record.deletedAt ?? record.updatedAt } : {}),
    ...(record.visibility === "private" ? { private: true } : {}),
    ...(review > 0 ? { review } : {}),
  };
  switch (record.type) {
    case "organisation": {
      const { nameEn, nameZh, abbreviation, shortZh, level, parentId, areaIds } = record.data;
      return {
        type: "organisation",
        id: record.id,
        ...state,
        nameEn,
        nameZh,
        abbreviation,
        shortZh: shortZh[0],
        level,
        parentId,
        areaIds,
      };
    }
    case "contact": {
      const { nameZh, nameLatin, pinyin, posts } = record.data;
      const post = posts.find(({ to }) => to === undefined);
      return {
        type: "contact",
        id: record.id,
        ...state,
        nameZh,
        nameLatin,
        pinyin: pinyin?.value,
        organisationId: post?.organisationId,
        jobTitle: post?.title,
      };
    }
    case "meeting": {
      const { title, startsAt, endsAt, place, organisationIds, attendees, areaIds } = record.data;
      return {
        type: "meeting",
        id: record.id,
        ...state,
        title,
        startsAt,
        endsAt,
        place,
        organisationIds,
        attendeeCount: attendees.length,
        areaIds,
      };
    }
    case "term": {
      const { abbreviation, areaIds } = record.data;
      const zh = preferredForm(record.data, "zh");
      return {
        type: "term",
        id: record.id,
        ...state,
        en: preferredForm(record.data, "en")?.text,
        zh: zh?.text,
        pinyin: zh?.pinyin,
        abbreviation,
        areaIds,
        warns: warnsOf(record.data),
      };
    }
    case "area": {
      const { nameEn, nameZh, kind, parentId, validTo } = record.data;
      return { type: "area", id: record.id, ...state, nameEn, nameZh, kind, parentId, validTo };
    }
    case "author":
      return { type: "author", id: record.id, ...state, name: record.data.name, devices: record.data.devices };
    case "note":
      return undefined;
  }
}
