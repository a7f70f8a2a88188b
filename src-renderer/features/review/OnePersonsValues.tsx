import { Button } from "@mantine/core";
import { useId, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { DoubleEdit, EditedValue } from "../../domain/doubleEdits";
import type { Edit } from "../../domain/edit";
import type { Stamp } from "../../domain/envelope";
import { useIdentity } from "../../platform/useIdentity";
import { AuthorName } from "../../ui/AuthorName";
import { ComputerName } from "../../ui/ComputerName";
import styles from "./review.module.css";

/** The values of one person on one computer, all at once, where the merge was made elsewhere and is not known as a whole. */
export function OnePersonsValues(props: {
  readonly id: string;
  readonly places: readonly DoubleEdit[];
  readonly onTake: (edits: readonly Edit[]) => void;
}): ReactNode {
  const { id, places, onTake } = props;
  const { t } = useTranslation("review");
  const identity = useIdentity();
  const titleId = useId();
  const setters = settersOf(places);
  // Of one place alone the value itself is as near.
  if (places.length < 2 || setters.length < 2) return null;
  return (
    <section className={styles.persons} aria-labelledby={titleId}>
      <h4 id={titleId} className={styles.placeName}>
        {t("persons.title")}
      </h4>
      <div className={styles.commands}>
        {setters.map(({ author, device }) => (
          <Button
            key={`${author} ${device}`}
            size="compact-sm"
            variant="default"
            onClick={() => {
              onTake(editsFor(id, places, { author, device }));
            }}
          >
            <span className={styles.setter}>
              <AuthorName id={author} />
              <span aria-hidden> · </span>
              <ComputerName of={{ author, device, here: identity?.device === device }} />
            </span>
          </Button>
        ))}
      </div>
    </section>
  );
}

function settersOf(places: readonly DoubleEdit[]): readonly Stamp[] {
  const stamps = new Map<string, Stamp>();
  for (const { set } of places.flatMap(({ values }) => values)) {
    if (set) stamps.set(`${set.by.author} ${set.by.device}`, set.by);
  }
  return [...stamps.values()];
}

/** Who may have the record is decided by itself. */
function editsFor(id: string, places: readonly DoubleEdit[], by: Stamp): readonly Edit[] {
  const isTheirs = ({ set }: EditedValue): boolean => set?.by.author === by.author && set.by.device === by.device;
  const decided = places.filter(({ place, values }) => place.kind !== "visibility" && values.some(isTheirs));
  const switches = decided.flatMap(({ values }): readonly Edit[] => {
    const latest = values.findLast(isTheirs);
    return latest && !latest.isShown ? [{ kind: "switch", id, key: latest.key }] : [];
  });
  const keys = decided.flatMap(({ open }) => open);
  return keys.length === 0 ? [] : [...switches, { kind: "settle", id, keys, settled: true }];
}
