// @vitest-environment happy-dom
import { entropyToMnemonic } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import { render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { encode } from "uqr";
import { QrCode } from "../../../src-renderer/features/protection/QrCode";
import { readQr, type Modules } from "../../support/qrReading";
import { cleanup } from "../../support/renderScreen";
import { seededRandom } from "../../support/seededRandom";

const QUIET_ZONE = 4;

afterEach(cleanup);

/** What the path draws, the quiet zone with it. */
function drawn(text: string): Modules {
  const { unmount } = render(<QrCode text={text} label="the code" />);
  const code = screen.getByRole("img", { name: "the code" });
  const size = Number(code.getAttribute("viewBox")?.split(" ").at(-1));
  const modules = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  for (const [, x = "", y = "", width = ""] of (code.querySelector("path")?.getAttribute("d") ?? "").matchAll(
    /M(\d+) (\d+)h(\d+)v1h-\d+z/g,
  ))
    modules[Number(y)]?.fill(true, Number(x), Number(x) + Number(width));
  unmount();
  return modules;
}

function withoutQuietZone(modules: Modules): Modules {
  return modules.slice(QUIET_ZONE, -QUIET_ZONE).map((row) => row.slice(QUIET_ZONE, -QUIET_ZONE));
}

describe("the QR code of a sheet (seed 4)", () => {
  const random = seededRandom(4);
  const kits = Array.from({ length: 40 }, () =>
    entropyToMnemonic(
      Uint8Array.from({ length: 16 }, () => Math.floor(random() * 256)),
      wordlist,
    ),
  );

  it("is read as the very words", () => {
    for (const words of kits) expect(readQr(withoutQuietZone(drawn(words)))).toBe(words);
  });

  it("is drawn module by module as it was computed, inside four light modules", () => {
    for (const words of kits.slice(0, 5)) {
      const modules = drawn(words);
      expect(modules).toEqual(encode(words, { ecc: "M", border: QUIET_ZONE }).data);
      const outside = modules.flatMap((row, y) =>
        row.filter((_, x) => Math.min(x, y, row.length - 1 - x, modules.length - 1 - y) < QUIET_ZONE),
      );
      expect(outside).not.toContain(true);
    }
  });
});
