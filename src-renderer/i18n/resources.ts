import type { Language } from "../../src-main/shared/settings";
import enAbout from "../../locales/en/about.json";
import enApp from "../../locales/en/app.json";
import enAreas from "../../locales/en/areas.json";
import enBackup from "../../locales/en/backup.json";
import enBin from "../../locales/en/bin.json";
import enCommon from "../../locales/en/common.json";
import enContacts from "../../locales/en/contacts.json";
import enEditor from "../../locales/en/editor.json";
import enFirstRun from "../../locales/en/firstRun.json";
import enGlossary from "../../locales/en/glossary.json";
import enHistory from "../../locales/en/history.json";
import enLists from "../../locales/en/lists.json";
import enMeetings from "../../locales/en/meetings.json";
import enOrganisations from "../../locales/en/organisations.json";
import enProtection from "../../locales/en/protection.json";
import enReview from "../../locales/en/review.json";
import enSettings from "../../locales/en/settings.json";
import enSyncDetails from "../../locales/en/syncDetails.json";
import enToday from "../../locales/en/today.json";
import enVerify from "../../locales/en/verify.json";
import zhAbout from "../../locales/zh-CN/about.json";
import zhApp from "../../locales/zh-CN/app.json";
import zhAreas from "../../locales/zh-CN/areas.json";
import zhBackup from "../../locales/zh-CN/backup.json";
import zhBin from "../../locales/zh-CN/bin.json";
import zhCommon from "../../locales/zh-CN/common.json";
import zhContacts from "../../locales/zh-CN/contacts.json";
import zhEditor from "../../locales/zh-CN/editor.json";
import zhFirstRun from "../../locales/zh-CN/firstRun.json";
import zhGlossary from "../../locales/zh-CN/glossary.json";
import zhHistory from "../../locales/zh-CN/history.json";
import zhLists from "../../locales/zh-CN/lists.json";
import zhMeetings from "../../locales/zh-CN/meetings.json";
import zhOrganisations from "../../locales/zh-CN/organisations.json";
import zhProtection from "../../locales/zh-CN/protection.json";
import zhReview from "../../locales/zh-CN/review.json";
import zhSettings from "../../locales/zh-CN/settings.json";
import zhSyncDetails from "../../locales/zh-CN/syncDetails.json";
import zhToday from "../../locales/zh-CN/today.json";
import zhVerify from "../../locales/zh-CN/verify.json";

/** English is the source of the typed keys; one namespace a file. */
const english = {
  about: enAbout,
  app: enApp,
  areas: enAreas,
  backup: enBackup,
  bin: enBin,
  common: enCommon,
  contacts: enContacts,
  editor: enEditor,
  firstRun: enFirstRun,
  glossary: enGlossary,
  history: enHistory,
  lists: enLists,
  meetings: enMeetings,
  organisations: enOrganisations,
  protection: enProtection,
  review: enReview,
  settings: enSettings,
  syncDetails: enSyncDetails,
  today: enToday,
  verify: enVerify,
};
export type EnglishTexts = typeof english;
export type TextNamespace = keyof EnglishTexts;

/** All texts are bundled: both languages together are small, and switching needs no request and no restart. */
export const resources: Readonly<Record<Language, Readonly<Record<TextNamespace, object>>>> = {
  en: english,
  "zh-CN": {
    about: zhAbout,
    app: zhApp,
    areas: zhAreas,
    backup: zhBackup,
    bin: zhBin,
    common: zhCommon,
    contacts: zhContacts,
    editor: zhEditor,
    firstRun: zhFirstRun,
    glossary: zhGlossary,
    history: zhHistory,
    lists: zhLists,
    meetings: zhMeetings,
    organisations: zhOrganisations,
    protection: zhProtection,
    review: zhReview,
    settings: zhSettings,
    syncDetails: zhSyncDetails,
    today: zhToday,
    verify: zhVerify,
  },
};
