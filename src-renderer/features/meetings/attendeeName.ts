/** One Han character or the marks that stand between them in a name, as in 阿卜杜拉·买买提. */
const hanRun = /\p{Script=Han}[\p{Script=Han}·•・]*/u;

/** The names in one line of typing or pasting, parted by 、 ； ; or a line break (never by a comma: "Müller, Hans"). */
export function namesIn(text: string): string[] {
  return text
    .split(/[、；;\r\n]+/u)
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

/** A typed name parted into its scripts: `张伟 (Zhang Wei)` has both, `Zhang Wei` one. Anything unreadable is Latin. */
export function namesByScript(text: string): { nameZh?: string; nameLatin?: string } {
  const name = text.trim();
  const han = hanRun.exec(name)?.[0];
  if (han === undefined) return name === "" ? {} : { nameLatin: name };
  const latin = name
    .replace(han, " ")
    .replace(/[()（）[\]/]+/gu, " ")
    .replace(/\s+/gu, " ")
    .trim();
  return latin === "" ? { nameZh: han } : { nameZh: han, nameLatin: latin };
}
