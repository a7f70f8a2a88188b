import type { AuthorId, ContactId, MeetingId, OrganisationId } from "./ids";
import type { Level } from "./records/organisation";

interface RowBase {
  readonly bin: boolean;
  /** Where the record is: only on this computer, or on the server (since when, if known in this run). */
  readonly waiting: boolean;
  /** Written by a newer version of the app: shown, not editable. */
  readonly newer?: boolean;
}
export interface OrganisationRow extends RowBase {
  readonly type: "organisation";
  readonly id: OrganisationId;
  readonly nameEn?: string | undefined;
  readonly nameZh?: string | undefined;
  readonly abbreviation?: string | undefined;
  readonly shortZh?: string | undefined;
  readonly level: Level;
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
}
export interface AuthorRow extends RowBase {
  readonly type: "author";
  readonly id: AuthorId;
  readonly name: string;
}
export type RosterRow = OrganisationRow | ContactRow | MeetingRow | AuthorRow;
export type RowOf<T extends RosterRow["type"]> = Extract<RosterRow, { type: T }>;
