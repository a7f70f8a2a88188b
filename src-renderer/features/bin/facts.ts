import type { AnyRecord } from "../../domain/record";
import type { RecordId } from "../../domain/ids";

/** Something to know of a deleted record: texts as they are, records to be named, or an instant. */
export interface Fact {
  readonly label:
    | "names"
    | "pinyin"
    | "starts"
    | "ends"
    | "place"
    | "organisations"
    | "attendees"
    | "jobTitle"
    | "reach"
    | "superior"
    | "website"
    | "definition"
    | "warning"
    | "areas";
  readonly texts?: readonly string[];
  readonly records?: readonly RecordId[];
  readonly at?: string | undefined;
}

/** What is in a record, in short: enough to know whether it is still wanted. Its name stands above. Facts without content are left out. */
export function factsOf(record: AnyRecord): readonly Fact[] {
  return allFacts(record).filter(
    ({ texts = [], records = [], at }) =>
      texts.some((text) => text.trim() !== "") || records.length > 0 || at !== undefined,
  );
}

function allFacts(record: AnyRecord): readonly Fact[] {
  switch (record.type) {
    case "contact": {
      const { pinyin, posts, emails, phones, wechat } = record.data;
      return [
        { label: "pinyin", texts: present(pinyin?.value) },
        { label: "organisations", records: posts.flatMap(({ organisationId }) => organisationId ?? []) },
        { label: "jobTitle", texts: posts.flatMap(({ department, title }) => present(department, title)) },
        {
          label: "reach",
          texts: [...emails.map(({ value }) => value), ...phones.map(({ value }) => value), ...present(wechat)],
        },
      ];
    }
    case "meeting": {
      const { startsAt, endsAt, place, organisationIds, attendees, areaIds } = record.data;
      return [
        { label: "starts", at: startsAt },
        { label: "ends", at: endsAt },
        { label: "place", texts: present(place) },
        { label: "organisations", records: organisationIds },
        {
          label: "attendees",
          texts: attendees.flatMap(({ contactId, name }) => (contactId === undefined ? present(name) : [])),
          records: attendees.flatMap(({ contactId }) => contactId ?? []),
        },
        { label: "areas", records: areaIds },
      ];
    }
    case "organisation": {
      const { abbreviation, shortZh, parentId, website, areaIds } = record.data;
      return [
        { label: "names", texts: present(abbreviation, ...shortZh) },
        { label: "superior", records: present(parentId) },
        { label: "website", texts: present(website) },
        { label: "areas", records: areaIds },
      ];
    }
    case "term": {
      const { definitionEn, definitionZh, note, areaIds, abbreviation } = record.data;
      return [
        { label: "names", texts: present(abbreviation) },
        { label: "definition", texts: present(definitionEn, definitionZh) },
        { label: "warning", texts: present(note) },
        { label: "areas", records: areaIds },
      ];
    }
    case "area":
    case "author":
    case "note":
      return [];
  }
}

function present<Value>(...values: readonly (Value | undefined)[]): readonly Value[] {
  return values.filter((value) => value !== undefined);
}
