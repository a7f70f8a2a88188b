import { useMemo, type ReactNode } from "react";
import { encode } from "uqr";
import styles from "./kitSheet.module.css";

/** Light modules around the code that a reader needs to find it (ISO/IEC 18004: four). */
const QUIET_ZONE = 4;

/** A text as a QR code, black on white in every theme. */
export function QrCode(props: { readonly text: string; readonly label: string }): ReactNode {
  const { text, label } = props;
  const { size, path } = useMemo(() => draw(text), [text]);
  return (
    <svg
      className={styles.qr}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect className={styles.paper} width={size} height={size} />
      <path className={styles.ink} d={path} />
    </svg>
  );
}

/** One rectangle for each run of dark modules in a row. */
function draw(text: string): { readonly size: number; readonly path: string } {
  const { data, size } = encode(text, { ecc: "M", border: QUIET_ZONE });
  let path = "";
  for (const [y, row] of data.entries()) {
    for (let x = 0; x < size; x += 1) {
      if (!row[x]) continue;
      const from = x;
      while (x + 1 < size && row[x + 1]) x += 1;
      const width = x + 1 - from;
      path += `M${from} ${y}h${width}v1h-${width}z`;
    }
  }
  return { size, path };
}
