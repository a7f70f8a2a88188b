import { Button, CloseButton } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ContactId } from "../../domain/ids";
import type { Attendee } from "../../domain/records/meeting";
import { shortOrganisationName } from "../../i18n/organisationName";
import { rowNames } from "../../i18n/rowNames";
import { useLanguage } from "../../i18n/texts";
import { useOpenRecord } from "../../platform/navigation";
import type { RecordForm } from "../../platform/useRecordForm";
import { useRow, useRows } from "../../platform/useRows";
import { useReadOnly } from "../../ui/readOnly";
import { AttendeeInput } from "./AttendeeInput";
import styles from "./meetings.module.css";
import { useAttendees, type Attendees, type OrganisationOffer } from "./useAttendees";
import { useTypedNames } from "./useTypedNames";

/** Who was there: contacts, and names that are not contacts until asked. */
export function AttendeesField({ form }: { readonly form: RecordForm<"meeting"> }): ReactNode {
  const { t } = useTranslation("meetings");
  const attendees = useAttendees(form);
  const names = useTypedNames(form.id, attendees.addNames);
  const readOnly = useReadOnly();
  const contactIds = attendees.items.flatMap(({ contactId }): ContactId[] => (contactId ? [contactId] : []));
  return (
    <div>
      <AttendeeInput
        without={new Set(contactIds)}
        onContact={attendees.addContact}
        names={names}
        onChangeRefused={attendees.dismissRefused}
      >
        {attendees.items.length > 0 && (
          <ul className={styles.attendees} aria-label={t("whoAttends")}>
            {attendees.items.map((attendee) => (
              <li key={attendee.id} className={styles.attendee}>
                <AttendeeText attendee={attendee} attendees={attendees} />
              </li>
            ))}
          </ul>
        )}
      </AttendeeInput>
      {!readOnly && attendees.offer && <Offer offer={attendees.offer} attendees={attendees} />}
    </div>
  );
}

function AttendeeText(props: { readonly attendee: Attendee; readonly attendees: Attendees }): ReactNode {
  const { attendee, attendees } = props;
  const { t } = useTranslation(["meetings", "common"]);
  const [language] = useLanguage();
  const open = useOpenRecord();
  const readOnly = useReadOnly();
  const { contactId } = attendee;
  const row = useRow(contactId);
  const names = row ? rowNames(row, language) : undefined;
  const typed = attendee.name ?? "";
  const known = names && names.first !== "" ? names.first : typed;
  const name = known !== "" ? known : contactId !== undefined && row === undefined ? "" : t("unnamedAttendee");
  return (
    <>
      {contactId === undefined || !row ? (
        <bdi className={styles.attendeeName}>{name}</bdi>
      ) : (
        <button
          type="button"
          className={styles.chipLink}
          onClick={() => {
            open(contactId);
          }}
        >
          <bdi lang={names?.firstLang}>{name}</bdi>
          {names && names.second !== "" && (
            <bdi className={styles.attendeeSecond} lang={names.secondLang}>
              {names.second}
            </bdi>
          )}
        </button>
      )}
      {row?.bin && <span className={styles.attendeeSecond}>{t("deletedContact")}</span>}
      {contactId === undefined && !readOnly && (
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconUserPlus size={13} stroke={1.7} aria-hidden />}
          aria-label={t("makeContactOf", { name })}
          onClick={() => {
            attendees.makeContact(attendee);
          }}
        >
          {t("makeContact")}
        </Button>
      )}
      {!readOnly && (
        <CloseButton
          size="xs"
          aria-label={t("common:remove", { name })}
          onClick={() => {
            attendees.remove(attendee.id);
          }}
        />
      )}
    </>
  );
}

/** A quiet offer, not a question: it goes when it is taken, put away, or no longer fits. */
function Offer(props: { readonly offer: OrganisationOffer; readonly attendees: Attendees }): ReactNode {
  const { offer, attendees } = props;
  const { t } = useTranslation(["meetings", "common"]);
  const [language] = useLanguage();
  const rows = useRows([offer.contactId, offer.organisationId]);
  const organisation = rows.get(offer.organisationId);
  const contact = rows.get(offer.contactId);
  if (organisation?.type !== "organisation" || !contact) return null;
  return (
    <div className={styles.offer} aria-live="polite">
      <span>
        {t("offer.text", {
          person: rowNames(contact, language).first,
          organisation: shortOrganisationName(organisation, language),
        })}
      </span>
      <Button size="compact-xs" variant="light" onClick={attendees.acceptOffer}>
        {t("offer.add")}
      </Button>
      <CloseButton size="xs" aria-label={t("common:close")} onClick={attendees.dismissOffer} />
    </div>
  );
}
