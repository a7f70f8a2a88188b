import { Anchor } from "@mantine/core";
import { useId, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "./today.module.css";

/** One question that the page answers. */
export function Part(props: {
  readonly title: string;
  /** How many there are in all, beside the title; nothing for none. */
  readonly count?: string | undefined;
  readonly children: ReactNode;
}): ReactNode {
  const id = useId();
  return (
    <section className={styles.part} aria-labelledby={id}>
      <h2 className={styles.partTitle}>
        <span id={id}>{props.title}</span>
        {props.count !== undefined && <span className={styles.count}>{props.count}</span>}
      </h2>
      {props.children}
    </section>
  );
}

/** The rest of a list that is kept short, shown on demand; nothing where there is no rest. */
export function More({ hidden, onShow }: { readonly hidden: number; readonly onShow: () => void }): ReactNode {
  const { t } = useTranslation("today");
  return hidden <= 0 ? null : <Leads onGo={onShow}>{t("more", { count: hidden })}</Leads>;
}

/** A quiet way on from a part, below it. */
export function Leads({ onGo, children }: { readonly onGo: () => void; readonly children: string }): ReactNode {
  return (
    <p className={styles.more}>
      <Anchor component="button" type="button" size="sm" onClick={onGo}>
        {children}
      </Anchor>
    </p>
  );
}
