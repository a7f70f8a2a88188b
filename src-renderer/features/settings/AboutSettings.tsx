import { Group } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { AppInfo } from "../../../src-main/shared/ipc";
import styles from "./about.module.css";
import { Disclosure } from "./Disclosure";
import { Licences } from "./Licences";
import { OpenPlace } from "./OpenPlace";
import { ProblemReport } from "./ProblemReport";
import { useAppInfo } from "./useAppInfo";

/** Which program this is, what it is made of, and whom to tell when something is wrong with it. */
export function AboutSettings(): ReactNode {
  const { t } = useTranslation("about");
  const info = useAppInfo();
  return (
    <>
      {info && <Versions info={info} />}
      <section className={styles.part} aria-labelledby="about-data">
        <h3 id="about-data" className={styles.partTitle}>
          {t("data.title")}
        </h3>
        <ul className={styles.points}>
          <li>{t("data.own")}</li>
          <li>{t("data.characters")}</li>
          <li>{t("data.readings")}</li>
          <li>{t("data.fonts")}</li>
        </ul>
      </section>
      <section className={styles.part} aria-labelledby="about-licences">
        <h3 id="about-licences" className={styles.partTitle}>
          {t("licences.title")}
        </h3>
        <p className={styles.text}>{t("licences.text")}</p>
        <Group gap="xs">
          <OpenPlace place="runtime-licences" label={t("licences.chromium")} />
        </Group>
        <Disclosure title={t("licences.show")}>{() => <Licences />}</Disclosure>
      </section>
      <ProblemReport />
    </>
  );
}

function Versions({ info }: { readonly info: AppInfo }): ReactNode {
  const { t } = useTranslation("about");
  const parts = [
    [t("electron"), info.versions.electron],
    [t("chromium"), info.versions.chromium],
    [t("node"), info.versions.node],
    [t("system"), info.system],
  ];
  return (
    <>
      <p className={styles.text}>{t("product", { version: info.version })}</p>
      <dl className={styles.versions} aria-label={t("versions")}>
        {parts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
