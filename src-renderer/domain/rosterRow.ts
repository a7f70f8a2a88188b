import type { AreaId, AuthorId, ContactId, MeetingId, OrganisationId, TermId } from "./ids";
import type { Area } from "./records/area";
import type { Device } from "./records/author";
import type { Level } from "./records/organisation";

interface RowBase {
  readonly bin: boolean;
  /** Where the record is: only on this computer, or on the server (since when, if known in this run). */
  readonly waiting: boolean;
  /** Written by a newer version of the app: shown, not editable. */
  readonly newer?: boolean;
  /** ISO instant; of what is in the bin (for another client's tombstone the last change). */
  readonly deletedAt?: string | undefined;
  /** The app ships a record of this id. */
  readonly shipped?: boolean;
  /** A shipped record whose data is changed here. */
  readonly changed?: boolean;
  /** Never leaves this computer. */
  readonly private?: boolean;
  /** Values that were changed on two computers and that nobody has decided on. */
  readonly review?: number;
}
export interface OrganisationRow extends RowBase {
  readonly type: "organisation";
  readonly id: OrganisationId;
  readonly nameEn?: string | undefined;
  readonly nameZh?: string | undefined;
  readonly abbreviation?: string | undefined;
  readonly shortZh?: string | undefined;
  readonly level: Level;
  readonly parentId?: OrganisationId | undefined;
  readonly areaIds: readonly AreaId[];
}
export interface ContactRow extends RowBase {
  readonly type: "contact";
  readonly id: ContactId;
  readonly nameZh?: string | undefined;
  readonly nameLatin?: string | undefined;
  readonly pinyin?: string | undefined;
  readonly organisationId?: OrganisationId | undefined;
  readonly jobTitle?: string | undefined;
}
export interface MeetingRow extends RowBase {
  readonly type: "meeting";
  readonly id: MeetingId;
  readonly title: string;
  readonly startsAt?: string | undefined;
  readonly endsAt?: string | undefined;
  readonly place?: string | undefined;
  readonly organisationIds: readonly OrganisationId[];
  readonly attendeeCount: number;
  readonly areaIds: readonly AreaId[];
}
export interface TermRow extends RowBase {
  readonly type: "term";
  readonly id: TermId;
  /** Preferred forms. */
  readonly en?: string | undefined;
  readonly zh?: string | undefined;
  readonly pinyin?: string | undefined;
  readonly abbreviation?: string | undefined;
  readonly areaIds: readonly AreaId[];
  /** There is something to know before using it. */
  readonly warns: boolean;
}
export interface AreaRow extends RowBase {
  readonly type: "area";
  readonly id: AreaId;
  readonly nameEn?: string | undefined;
  readonly nameZh?: string | undefined;
  readonly kind: Area["kind"];
  readonly parentId?: AreaId | undefined;
  /** Last day (China time) of a retired area. */
  readonly validTo?: string | undefined;
}
export interface AuthorRow extends RowBase {
  readonly type: "author";
  readonly id: AuthorId;
  readonly name: string;
  /** The computers on which this author writes. */
  readonly devices: readonly Device[];
}
export type RosterRow = OrganisationRow | ContactRow | MeetingRow | TermRow | AreaRow | AuthorRow;
export type RowOf<T extends RosterRow["type"]> = Extract<RosterRow, { type: T }>;
