import type { ReactNode } from "react";
import { diffText, type TextPart } from "../../domain/textDiff";

/** One side of a changed text: what only it has is marked, by more than colour. */
export function ChangedText(props: {
  readonly before: string;
  readonly after: string;
  readonly side: "before" | "after";
}): ReactNode {
  const { before, after, side } = props;
  // All of it is new, or gone: there is nothing in it to tell apart.
  if (before === "" || after === "") return <TextParts parts={wholeOf(side === "before" ? before : after, side)} />;
  const left = side === "before" ? "added" : "removed";
  return <TextParts parts={diffText(before, after).filter(({ kind }) => kind !== left)} />;
}

/** A text with what was added and removed in it. */
export function TextParts({ parts }: { readonly parts: readonly TextPart[] }): ReactNode {
  return parts.map(({ kind, text }, index) => {
    const key = `${String(index)} ${kind}`;
    switch (kind) {
      case "added":
        return <ins key={key}>{text}</ins>;
      case "removed":
        return <del key={key}>{text}</del>;
      case "same":
        return <span key={key}>{text}</span>;
    }
  });
}

function wholeOf(text: string, side: "before" | "after"): readonly TextPart[] {
  return text === "" ? [] : [{ kind: side === "before" ? "removed" : "added", text }];
}
