import enAbout from "../../locales/en/about.json" with { type: "json" };
import enAreas from "../../locales/en/areas.json" with { type: "json" };
import enGlossary from "../../locales/en/glossary.json" with { type: "json" };
import enLists from "../../locales/en/lists.json" with { type: "json" };
import enOrganisations from "../../locales/en/organisations.json" with { type: "json" };
import zhAbout from "../../locales/zh-CN/about.json" with { type: "json" };
import zhAreas from "../../locales/zh-CN/areas.json" with { type: "json" };
import zhGlossary from "../../locales/zh-CN/glossary.json" with { type: "json" };
import zhLists from "../../locales/zh-CN/lists.json" with { type: "json" };
import zhOrganisations from "../../locales/zh-CN/organisations.json" with { type: "json" };

export const languages = ["en", "zh-CN"] as const;

/** Texts that only the pictures ask for, beside those that `Expert` knows. */
export const words = {
  en: { about: enAbout, areas: enAreas, glossary: enGlossary, lists: enLists, organisations: enOrganisations },
  "zh-CN": { about: zhAbout, areas: zhAreas, glossary: zhGlossary, lists: zhLists, organisations: zhOrganisations },
} as const;

/** Who sits in front of the screen. */
export const people = { en: "Anna Weber", "zh-CN": "李冰" } as const;
