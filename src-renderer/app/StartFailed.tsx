import { IconAlertTriangle } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { I18nextProvider, useTranslation } from "react-i18next";
import { createTexts, proposeLanguage } from "../i18n/texts";
import { EmptyState } from "../ui/EmptyState";

/** The last resort: neither settings nor texts can be counted on, so the system's language is asked for. */
export function StartFailed({ detail }: { readonly detail: string }): ReactNode {
  const [texts] = useState(() => createTexts(proposeLanguage(navigator.language)));
  return (
    <I18nextProvider i18n={texts}>
      <Message detail={detail} />
    </I18nextProvider>
  );
}

function Message({ detail }: { readonly detail: string }): ReactNode {
  const { t } = useTranslation("app");
  return (
    <main style={{ height: "100%" }}>
      <EmptyState icon={IconAlertTriangle} title={t("startFailed.title")}>
        {t("startFailed.text", { detail })}
      </EmptyState>
    </main>
  );
}
