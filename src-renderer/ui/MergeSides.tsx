import { Button } from "@mantine/core";
import { IconArrowsSplit2 } from "@tabler/icons-react";
import { useId, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../i18n/formats";
import { useIdentity } from "../platform/useIdentity";
import type { MergeSide, SideName } from "../ports/versions";
import { AuthorName } from "./AuthorName";
import { ComputerName } from "./ComputerName";
import styles from "./mergeSides.module.css";

const names = ["mine", "theirs"] as const satisfies readonly SideName[];

/** The way back from a merge to either of the versions that it joined: who made each, and when. */
export function MergeSides(props: {
  readonly sides: Readonly<Record<SideName, MergeSide>>;
  readonly onTake: (side: SideName) => void;
}): ReactNode {
  const { sides, onTake } = props;
  const { t } = useTranslation("review");
  const id = useId();
  return (
    <section className={styles.sides} aria-labelledby={id}>
      <h4 id={id} className={styles.title}>
        {t("sides.title")}
      </h4>
      <p className={styles.text}>{t("sides.text")}</p>
      <ul className={styles.list}>
        {names.map((name) => (
          <Side key={name} name={name} side={sides[name]} onTake={onTake} />
        ))}
      </ul>
    </section>
  );
}

function Side(props: {
  readonly name: SideName;
  readonly side: MergeSide;
  readonly onTake: (side: SideName) => void;
}): ReactNode {
  const { name, side, onTake } = props;
  const { t } = useTranslation("review");
  const formats = useFormats();
  const identity = useIdentity();
  const id = useId();
  const { author, device } = side.by;
  return (
    <li className={styles.side}>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconArrowsSplit2 size={15} stroke={1.6} aria-hidden />}
        disabled={side.restorable !== "yes"}
        aria-describedby={id}
        onClick={() => {
          onTake(name);
        }}
      >
        {t(`sides.${name}`)}
      </Button>
      <span id={id} className={styles.facts}>
        <span>
          <AuthorName id={author} />
        </span>
        <span>
          <ComputerName of={{ author, device, here: identity?.device === device }} />
        </span>
        <span>{formats.dateTime(side.at)}</span>
        {side.restorable === "same" && <span>{t("sides.same")}</span>}
      </span>
    </li>
  );
}
