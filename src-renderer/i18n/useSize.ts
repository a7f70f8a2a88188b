import { useMemo } from "react";
import { useLanguage } from "./texts";

const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** The size of a file as the language writes it, decimal as file managers count: `1.2 MB`. */
export function useSize(): (bytes: number) => string {
  const [language] = useLanguage();
  return useMemo(() => {
    const formats = units.map(
      (unit, step) =>
        new Intl.NumberFormat(language === "en" ? "en-GB" : "zh-CN", {
          style: "unit",
          unit,
          unitDisplay: step === 0 ? "long" : "short",
          maximumFractionDigits: step < 2 ? 0 : 1,
        }),
    );
    return (bytes) => {
      const step = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
      return formats[step]?.format(bytes / 1000 ** step) ?? "";
    };
  }, [language]);
}
