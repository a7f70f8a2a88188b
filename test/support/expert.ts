import { expect, type Locator, type Page } from "@playwright/test";
import enApp from "../../locales/en/app.json" with { type: "json" };
import enAreas from "../../locales/en/areas.json" with { type: "json" };
import enBackup from "../../locales/en/backup.json" with { type: "json" };
import enBin from "../../locales/en/bin.json" with { type: "json" };
import enCommon from "../../locales/en/common.json" with { type: "json" };
import enContacts from "../../locales/en/contacts.json" with { type: "json" };
import enFirstRun from "../../locales/en/firstRun.json" with { type: "json" };
import enGlossary from "../../locales/en/glossary.json" with { type: "json" };
import enHistory from "../../locales/en/history.json" with { type: "json" };
import enLists from "../../locales/en/lists.json" with { type: "json" };
import enMeetings from "../../locales/en/meetings.json" with { type: "json" };
import enOrganisations from "../../locales/en/organisations.json" with { type: "json" };
import enProtection from "../../locales/en/protection.json" with { type: "json" };
import enSettings from "../../locales/en/settings.json" with { type: "json" };
import enSyncDetails from "../../locales/en/syncDetails.json" with { type: "json" };
import enToday from "../../locales/en/today.json" with { type: "json" };
import enVerify from "../../locales/en/verify.json" with { type: "json" };
import zhApp from "../../locales/zh-CN/app.json" with { type: "json" };
import zhAreas from "../../locales/zh-CN/areas.json" with { type: "json" };
import zhBackup from "../../locales/zh-CN/backup.json" with { type: "json" };
import zhBin from "../../locales/zh-CN/bin.json" with { type: "json" };
import zhCommon from "../../locales/zh-CN/common.json" with { type: "json" };
import zhContacts from "../../locales/zh-CN/contacts.json" with { type: "json" };
import zhFirstRun from "../../locales/zh-CN/firstRun.json" with { type: "json" };
import zhGlossary from "../../locales/zh-CN/glossary.json" with { type: "json" };
import zhHistory from "../../locales/zh-CN/history.json" with { type: "json" };
import zhLists from "../../locales/zh-CN/lists.json" with { type: "json" };
import zhMeetings from "../../locales/zh-CN/meetings.json" with { type: "json" };
import zhOrganisations from "../../locales/zh-CN/organisations.json" with { type: "json" };
import zhProtection from "../../locales/zh-CN/protection.json" with { type: "json" };
import zhSettings from "../../locales/zh-CN/settings.json" with { type: "json" };
import zhSyncDetails from "../../locales/zh-CN/syncDetails.json" with { type: "json" };
import zhToday from "../../locales/zh-CN/today.json" with { type: "json" };
import zhVerify from "../../locales/zh-CN/verify.json" with { type: "json" };
import type { SyncServer } from "./syncServer";

/** What a person sees of the interface, in either language: tests find things by it, as the person does. */
const texts = {
  en: {
    app: enApp,
    areas: enAreas,
    backup: enBackup,
    bin: enBin,
    common: enCommon,
    contacts: enContacts,
    firstRun: enFirstRun,
    glossary: enGlossary,
    history: enHistory,
    lists: enLists,
    meetings: enMeetings,
    organisations: enOrganisations,
    protection: enProtection,
    settings: enSettings,
    syncDetails: enSyncDetails,
    today: enToday,
    verify: enVerify,
  },
  "zh-CN": {
    app: zhApp,
    areas: zhAreas,
    backup: zhBackup,
    bin: zhBin,
    common: zhCommon,
    contacts: zhContacts,
    firstRun: zhFirstRun,
    glossary: zhGlossary,
    history: zhHistory,
    lists: zhLists,
    meetings: zhMeetings,
    organisations: zhOrganisations,
    protection: zhProtection,
    settings: zhSettings,
    syncDetails: zhSyncDetails,
    today: zhToday,
    verify: zhVerify,
  },
} as const;

type Section = keyof typeof enApp.sections;

/** Someone in front of one installation, doing what the screen offers. */
export class Expert {
  constructor(
    readonly page: Page,
    readonly language: "en" | "zh-CN" = "en",
  ) {}

  get words(): (typeof texts)["en" | "zh-CN"] {
    return texts[this.language];
  }

  get status(): Locator {
    return this.page.getByRole("status").first();
  }

  field(name: string): Locator {
    return this.page
      .getByRole("textbox", { name, exact: true })
      .or(this.page.getByRole("combobox", { name, exact: true }));
  }

  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }

  /** Entries of the list on the left. */
  entry(text: string | RegExp): Locator {
    return this.page.getByRole("listbox").first().getByRole("option").filter({ hasText: text });
  }

  /** The first two questions: the language, and (where the system has no keychain) that nothing is to be protected. */
  async answerFirstQuestions(): Promise<void> {
    await this.page.getByRole("radio", { name: this.language === "en" ? "English" : "中文" }).check({ force: true });
    const without = this.button(this.words.protection.first.without);
    const name = this.field(this.words.firstRun.yourName);
    await expect(without.or(name).first()).toBeVisible();
    if (await without.isVisible()) await without.click();
    await expect(name).toBeVisible();
  }

  async begin(name: string): Promise<void> {
    await this.answerFirstQuestions();
    await this.field(this.words.firstRun.yourName).fill(name);
    await this.button(this.words.firstRun.start).click();
    await expect(this.status).toHaveText(this.words.app.sync.notConnected);
  }

  async goTo(section: Section): Promise<void> {
    await this.page.getByRole("navigation").getByText(this.words.app.sections[section], { exact: true }).click();
  }

  async filter(text: string): Promise<void> {
    await this.field(this.words.common.filter).fill(text);
  }

  /** Chooses from a record field by typing part of a name, as `choose("Organisation", "zjb", "住房")`. */
  async choose(field: string, typed: string, wanted: string | RegExp): Promise<void> {
    await this.field(field).click();
    await this.field(field).fill(typed);
    await this.page.getByRole("option").filter({ hasText: wanted }).last().click();
  }

  /** The one save state of the record on screen. */
  async isSaved(): Promise<void> {
    await expect(this.page.getByText(this.words.common.save.saved, { exact: true }).first()).toBeVisible();
  }

  get note(): Locator {
    return this.field(this.words.meetings.field.note);
  }

  async connect(server: Pick<SyncServer, "address" | "database" | "user" | "password">): Promise<void> {
    const { settings } = this.words;
    await this.goTo("settings");
    await this.field(settings.sync.address).fill(server.address);
    await this.field(settings.sync.database).fill(server.database);
    await this.field(settings.sync.user).fill(server.user);
    await this.page.getByLabel(settings.sync.password, { exact: true }).fill(server.password);
    await this.button(settings.sync.connect).click();
  }

  async openMeeting(title: string): Promise<void> {
    await this.goTo("meetings");
    await this.entry(title).first().click();
    await expect(this.note).toBeVisible();
  }

  async openContact(name: string | RegExp): Promise<void> {
    await this.goTo("contacts");
    await this.entry(name).first().click();
  }

  async addLineToNote(line: string): Promise<void> {
    await this.note.click();
    await this.page.keyboard.press("Control+End");
    await this.page.keyboard.press("Enter");
    await this.page.keyboard.insertText(line);
    await this.isSaved();
  }

  async syncNow(): Promise<void> {
    await this.goTo("settings");
    await this.button(this.words.settings.sync.syncNow).click();
  }

  /** Without a keychain the app asks before it keeps a password. */
  async keepPasswordUntilClose(): Promise<void> {
    await this.button(this.words.settings.keychain.memory).click();
  }

  async isSynced(): Promise<void> {
    await expect(this.status).toHaveText(new RegExp(this.words.app.sync.synced.replace("{{time}}", "\\d\\d:\\d\\d")), {
      timeout: 20_000,
    });
  }
}
