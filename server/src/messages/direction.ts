/** The scripts that are written from right to left, of those that languages of today use. */
const rightToLeft = new Set(["Arab", "Hebr", "Thaa", "Nkoo", "Syrc", "Adlm", "Rohg"]);

/** How a language is written that is named by a BCP 47 tag, by its usual script where the tag names none. */
export const directionOf = (tag: string): "ltr" | "rtl" =>
  rightToLeft.has(new Intl.Locale(tag).maximize().script ?? "") ? "rtl" : "ltr";
