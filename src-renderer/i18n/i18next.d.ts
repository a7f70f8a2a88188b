import "i18next";
import type { EnglishTexts } from "./resources";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: EnglishTexts;
    returnNull: false;
  }
}
