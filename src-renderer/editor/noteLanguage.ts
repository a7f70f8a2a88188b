import { markdownLanguage } from "@codemirror/lang-markdown";
import { indentNodeProp, Language, languageDataProp, LanguageSupport } from "@codemirror/language";
import { GFM, InlineContext, parser, type MarkdownConfig } from "@lezer/markdown";

const ASTERISK = 42;
const NOT_CHINESE_PUNCTUATION = /(?![\u3000-\u303f\uff00-\uffef])[\p{P}\p{S}]$/u;
const CHINESE = /[\p{Script=Han}\p{Script=Bopomofo}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]$/u;
const SPACE = /\s$|^$/;

/**
 * Emphasis beside Chinese punctuation. CommonMark lets `**` close only where spaces or Latin punctuation tell a word's
 * end, which Chinese does not write: in `**决定：**同意` nothing would be bold. The rule is that of the CommonMark
 * CJK-friendly amendments (github.com/tats-u/markdown-cjk-friendly): full-width punctuation counts as a letter, and a
 * Chinese character beside Latin punctuation counts as a space.
 */
const chineseEmphasis: MarkdownConfig = {
  parseInline: [
    {
      name: "ChineseEmphasis",
      before: "Emphasis",
      parse(context, next, start) {
        if (next !== ASTERISK) return -1;
        let end = start + 1;
        while (context.char(end) === next) end += 1;
        const before = context.slice(Math.max(context.offset, start - 2), start);
        const after = firstCharacter(context.slice(end, Math.min(context.end, end + 2)));
        const isOpening = !SPACE.test(after) && (!NOT_CHINESE_PUNCTUATION.test(after) || isBoundary(before));
        const isClosing = !SPACE.test(before) && (!NOT_CHINESE_PUNCTUATION.test(before) || isBoundary(after));
        return context.addDelimiter(InlineContext.emphasisAsterisk, start, end, isOpening, isClosing);
      },
    },
  ],
};

function isBoundary(text: string): boolean {
  return SPACE.test(text) || NOT_CHINESE_PUNCTUATION.test(text) || CHINESE.test(text);
}

function firstCharacter(text: string): string {
  const code = text.codePointAt(0);
  return code === undefined ? "" : String.fromCodePoint(code);
}

/** Enter keeps the indentation of the line before. */
const keepIndentation = indentNodeProp.add({ Document: () => null });
/** The commands of CodeMirror's Markdown package act where they find its language data. */
const isMarkdown = languageDataProp.add({ Document: markdownLanguage.data });

/**
 * Markdown with GitHub's lists and links. Left out on purpose: embedded HTML and code, which `markdown()` would bring
 * along, and `~sub~`, which would take Chinese ranges such as 3~5 for markup.
 */
const noteLanguage = new Language(
  markdownLanguage.data,
  parser.configure([GFM, chineseEmphasis, { props: [keepIndentation, isMarkdown] }]),
  [],
  "markdown",
);

export const noteLanguageSupport: LanguageSupport = new LanguageSupport(noteLanguage);
