import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useId, useState, type ReactNode } from "react";
import styles from "./about.module.css";

/** Something long that is shown on demand, and made only then. */
export function Disclosure(props: { readonly title: string; readonly children: () => ReactNode }): ReactNode {
  const [open, setOpen] = useState(false);
  const id = useId();
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <div>
      <button
        type="button"
        className={styles.disclosure}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => {
          setOpen((now) => !now);
        }}
      >
        <Chevron size={16} stroke={1.8} aria-hidden />
        {props.title}
      </button>
      <div id={id} className={styles.disclosed}>
        {open && props.children()}
      </div>
    </div>
  );
}
