import { ActionIcon } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useEffect, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useMain } from "../../platform/bridge";

/** How long it is shown that something was copied, in ms. */
const SHOWN_FOR = 1_500;

export interface CopyButtonProps {
  readonly text: string;
  /** Id of the element with the words, which tell one of these buttons from another. */
  readonly describedBy: string;
}

/** Puts one form of a term into the clipboard. */
export function CopyButton({ text, describedBy }: CopyButtonProps): ReactNode {
  const { t } = useTranslation("glossary");
  const main = useMain();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => {
      setCopied(false);
    }, SHOWN_FOR);
    return () => {
      clearTimeout(timer);
    };
  }, [copied]);
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="sm"
      aria-label={copied ? t("copied") : t("copy")}
      aria-describedby={describedBy}
      title={copied ? t("copied") : t("copy")}
      onClick={() => {
        void main.invoke("clipboard:write", { text }).then(() => {
          setCopied(true);
        });
      }}
    >
      {copied ? <IconCheck size={15} stroke={1.7} aria-hidden /> : <IconCopy size={15} stroke={1.6} aria-hidden />}
    </ActionIcon>
  );
}
