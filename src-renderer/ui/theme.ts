import { createTheme, Input, Modal, type MantineColorsTuple } from "@mantine/core";

/** Neutral greys with a trace of warmth: paper, not screen. */
const gray: MantineColorsTuple = [
  "#fbfbfa",
  "#f5f5f3",
  "#ecebe8",
  "#dedcd8",
  "#c6c4bf",
  "#a3a19c",
  "#73716d",
  "#565552",
  "#3a3937",
  "#232322",
];
const dark: MantineColorsTuple = [
  "#e4e3e0",
  "#b9b8b5",
  "#96958f",
  "#6b6a66",
  "#484744",
  "#3a3937",
  "#2b2a29",
  "#232221",
  "#1b1b1a",
  "#141413",
];
/** The one accent: the blue-green of a stone bridge's water. */
const accent: MantineColorsTuple = [
  "#eaf5f6",
  "#d3e8ea",
  "#a5d0d5",
  "#76b8bf",
  "#52a4ad",
  "#3a97a1",
  "#22808b",
  "#0f6a75",
  "#075862",
  "#02454d",
];

const fontFamily =
  '"Segoe UI Variable Text", "Segoe UI", -apple-system, BlinkMacSystemFont, "Noto Sans", "Liberation Sans", ' +
  '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';

export const theme = createTheme({
  fontFamily,
  headings: { fontFamily, fontWeight: "600" },
  colors: { gray, dark, accent },
  primaryColor: "accent",
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  luminanceThreshold: 0.25,
  defaultRadius: "sm",
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    // What is typed comes in any script and is set in the direction of its own. (A field's `dir` would go to its frame.)
    Input: Input.extend({ defaultProps: { attributes: { input: { dir: "auto" } } } }),
    Modal: Modal.extend({ styles: { title: { fontWeight: 600 } } }),
  },
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.25rem" },
  lineHeights: { xs: "1.4", sm: "1.5", md: "1.55", lg: "1.6", xl: "1.6" },
});
