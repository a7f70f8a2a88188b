import { syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";
import type { SyntaxNode } from "@lezer/common";

const OPENABLE = new Set(["http:", "https:", "mailto:"]);

/** The address that may be opened outside the app, or null: only web pages and mail, never a file or a script. */
export function openableUrl(written: string): string | null {
  const text = written.trim().replace(/^<(.*)>$/, "$1");
  const address = /^www\./i.test(text)
    ? `https://${text}`
    : /^[^\s/:@]+@[^\s/:@]+\.[^\s/:@]+$/.test(text)
      ? `mailto:${text}`
      : text;
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  return OPENABLE.has(url.protocol) ? url.href : null;
}

/** The link, image or bare address that the position lies in or touches. */
export function linkNodeAt(state: EditorState, position: number): SyntaxNode | null {
  for (const side of [1, -1] as const) {
    let bare: SyntaxNode | null = null;
    for (let node: SyntaxNode | null = syntaxTree(state).resolveInner(position, side); node; node = node.parent) {
      if (node.name === "Link" || node.name === "Autolink" || node.name === "Image") return node;
      if (node.name === "URL") bare = node;
    }
    if (bare) return bare;
  }
  return null;
}

/** The address of a link node as it is written; null where it names a reference. */
export function addressOf(state: EditorState, link: SyntaxNode): string | null {
  const url = link.name === "URL" ? link : link.getChild("URL");
  return url ? state.sliceDoc(url.from, url.to) : null;
}

/** What Ctrl/⌘+click at this place opens. */
export function openableUrlAt(state: EditorState, position: number): string | null {
  const link = linkNodeAt(state, position);
  const address = link && addressOf(state, link);
  return address ? openableUrl(address) : null;
}
