/** The keys of the review, as `ui/keyLabel` writes them. The browser itself chooses among values, as in every group of radio buttons. */
export const reviewKeys = {
  choose: ["ArrowLeft", "ArrowRight"],
  keep: "Enter",
  keepAll: "Mod-Enter",
} as const;
