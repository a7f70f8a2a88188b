import { useRef, useState } from "react";
import { v7 as uuid } from "uuid";
import { failure, success, type Result } from "../../../src-main/shared/result";
import type { Change } from "../../domain/edit";
import type { ContactId, OrganisationId } from "../../domain/ids";
import type { Attendee } from "../../domain/records/meeting";
import type { SaveFailure } from "../../domain/saveFailure";
import { useNotebook, useNotebookSession } from "../../platform/notebook";
import { useEdit } from "../../platform/useEdit";
import type { RecordForm } from "../../platform/useRecordForm";
import { namesByScript, namesIn } from "./attendeeName";
import { changesForContact, changesForNames, contactIdFor } from "./meetingForm";

/** An organisation that a chosen contact works at and that is not among those of the meeting. */
export interface OrganisationOffer {
  readonly contactId: ContactId;
  readonly organisationId: OrganisationId;
}

export interface Attendees {
  readonly items: readonly Attendee[];
  readonly offer: OrganisationOffer | null;
  readonly acceptOffer: () => void;
  readonly dismissOffer: () => void;
  readonly addContact: (id: ContactId) => void;
  /** Adds the names in a line of typing; a failure that will not pass is answered, so that the text can stay. */
  readonly addNames: (text: string) => Promise<Result<null, SaveFailure>>;
  /** Names that were refused are no longer shown as not saved. */
  readonly dismissRefused: () => void;
  readonly remove: (attendeeId: string) => void;
  /** Creates the contact that a typed name stands for, and links it. */
  readonly makeContact: (attendee: Attendee) => void;
}

export function useAttendees(form: RecordForm<"meeting">): Attendees {
  const notebook = useNotebook();
  const { edits } = useNotebookSession();
  const edit = useEdit();
  const [offer, setOffer] = useState<OrganisationOffer | null>(null);
  const items = form.record?.data.attendees ?? [];
  const organisationIds = form.record?.data.organisationIds ?? [];
  const isAttending = items.some((attendee) => attendee.contactId === offer?.contactId);
  const making = useRef(new Set<string>());

  async function offerOrganisation(contactId: ContactId): Promise<void> {
    const [row] = await notebook.request("rows", { ids: [contactId] }).catch(() => [null]);
    if (row?.type !== "contact" || row.organisationId === undefined) return;
    setOffer({ contactId, organisationId: row.organisationId });
  }

  async function create(attendee: Attendee): Promise<boolean> {
    const { nameZh, nameLatin } = namesByScript(attendee.name ?? "");
    const readings =
      nameZh === undefined || nameZh.length > 1000
        ? []
        : await notebook.request("readings", { text: nameZh, kind: "name" }).catch(() => []);
    const [proposal] = readings;
    const changes: Change[] = [
      { op: "set", field: "nameZh", value: nameZh },
      { op: "set", field: "nameLatin", value: nameLatin },
      {
        op: "set",
        field: "pinyin",
        value: proposal === undefined ? undefined : { value: proposal, source: "proposed" },
      },
    ];
    const visibility = form.record?.visibility ?? "project";
    const created = await edit({ kind: "create", id: contactIdFor(attendee), type: "contact", visibility, changes });
    return created.ok;
  }

  return {
    items,
    offer: offer && isAttending && !organisationIds.includes(offer.organisationId) ? offer : null,
    acceptOffer: () => {
      if (offer === null) return;
      void edit(form.editOf([{ op: "addMember", field: "organisationIds", value: offer.organisationId }]));
    },
    dismissOffer: () => {
      setOffer(null);
    },
    addContact: (id) => {
      const changes = changesForContact(items, id, uuid);
      if (changes.length === 0) return;
      void edit(form.editOf(changes));
      void offerOrganisation(id);
    },
    addNames: async (text) => {
      const changes = changesForNames(items, namesIn(text), uuid);
      if (changes.length === 0) return success(null);
      const result = await edit(form.editOf(changes));
      // Other failures are tried again by the queue, which keeps the names meanwhile.
      const isFinal = !result.ok && (result.failure.kind === "too-large" || result.failure.kind === "invalid");
      return isFinal ? failure(result.failure) : success(null);
    },
    dismissRefused: () => {
      edits.dismiss(form.id);
    },
    remove: (itemId) => {
      void edit(form.editOf([{ op: "removeItem", field: "attendees", itemId }]));
    },
    makeContact: (attendee) => {
      if (making.current.has(attendee.id)) return;
      making.current.add(attendee.id);
      void create(attendee)
        .then(async (isCreated) => {
          if (!isCreated) return;
          const item = { id: attendee.id, contactId: contactIdFor(attendee) };
          await edit(form.editOf([{ op: "putItem", field: "attendees", item }]));
        })
        .finally(() => {
          making.current.delete(attendee.id);
        });
    },
  };
}
