import { expect } from "@playwright/test";
import type { Expert } from "./expert";
import { openOrganisation } from "./sharedWork";

/** A notebook with something of every kind that can be lost, written by hand and found again. */

const ministry = "Ministry of Housing and Urban-Rural Development";
const paragraph =
  "推荐性标准与合格评定程序 are recommended standards and conformity assessment procedures; 住建部 answers for both.";
/** About 20,000 characters in both languages. */
export const longNote = Array.from({ length: 180 }, (_, line) => `${String(line + 1)}. ${paragraph}`);

/** A contact, a meeting with a long note, a meeting in the bin, a note on a shipped organisation. */
export async function writePrecious(anna: Expert): Promise<void> {
  const { common, contacts, meetings, organisations } = anna.words;
  await anna.goTo("contacts");
  await anna.button(contacts.newContact).click();
  await anna.field(contacts.field.nameZh).fill("单磊");
  await anna.field(contacts.field.jobTitle).fill("处长");
  await anna.isSaved();
  await addMeeting(anna, "Cancelled visit");
  await anna.button(common.delete).click();
  await expect(anna.entry("Cancelled visit")).toHaveCount(0);
  await addMeeting(anna, "JGJ/T 449 bilateral");
  await anna.field(meetings.field.place).fill("北京三里河路9号");
  await anna.note.click();
  await anna.page.keyboard.insertText(longNote.join("\n"));
  await anna.isSaved();
  await openOrganisation(anna, "mohurd", ministry);
  await anna.field(organisations.note).fill("三里河路9号");
  await anna.isSaved();
}

export async function addMeeting(anna: Expert, title: string): Promise<void> {
  const { meetings } = anna.words;
  await anna.goTo("meetings");
  await anna.button(meetings.newMeeting).first().click();
  await anna.field(meetings.field.title).fill(title);
  await anna.isSaved();
}

/** Everything of `writePrecious` is there, once. */
export async function findPrecious(anna: Expert): Promise<void> {
  const { contacts, meetings, organisations } = anna.words;
  await anna.goTo("contacts");
  await expect(anna.entry(/./)).toHaveCount(1);
  await anna.entry("单磊").click();
  await expect(anna.field(contacts.field.jobTitle)).toHaveValue("处长");
  await anna.goTo("bin");
  await expect(anna.entry(/./)).toHaveCount(1);
  await expect(anna.entry("Cancelled visit")).toBeVisible();
  await anna.openMeeting("JGJ/T 449 bilateral");
  await expect(anna.entry("JGJ/T 449 bilateral")).toHaveCount(1);
  await expect(anna.field(meetings.field.place)).toHaveValue("北京三里河路9号");
  expect(await wholeNote(anna)).toBe(`${longNote.join("\n")}\n`);
  await openOrganisation(anna, "mohurd", ministry);
  await expect(anna.field(organisations.note)).toHaveValue("三里河路9号");
}

/** The text of the note on screen and a line end, by select all and copy: what is out of sight is not in the page. */
export async function wholeNote(anna: Expert): Promise<string> {
  await anna.note.click();
  await anna.page.keyboard.press("Control+A");
  return anna.page.evaluate(() => {
    const data = new DataTransfer();
    document.activeElement?.dispatchEvent(
      new ClipboardEvent("copy", { clipboardData: data, bubbles: true, cancelable: true }),
    );
    return data.getData("text/plain");
  });
}
