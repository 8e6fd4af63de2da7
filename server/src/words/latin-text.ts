/** Letters that Unicode does not take apart into one of A to Z and a mark, and whole alphabets that banks transcribe. */
const letters: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ß: "ss",
    ẞ: "SS",
    æ: "ae",
    Æ: "AE",
    œ: "oe",
    Œ: "OE",
    ø: "o",
    Ø: "O",
    đ: "d",
    Đ: "D",
    ð: "d",
    Ð: "D",
    ł: "l",
    Ł: "L",
    þ: "th",
    Þ: "TH",
    ı: "i",
    ħ: "h",
    Ħ: "H",
    "&": "+",
    "@": "(at)",
    _: "-",
    '"': "'",
    "`": "'",
    "´": "'",
    "‘": "'",
    "’": "'",
    "“": "'",
    "”": "'",
    "–": "-",
    "—": "-",
    "€": "EUR",
    "[": "(",
    "]": ")",
    "{": "(",
    "}": ")",
    ";": ",",
  }).concat(
    pairs(
      "абвгдежзийклмнопрстуфхцчшщъыьэюяєіїґ",
      "a b v g d e zh z i i k l m n o p r s t u f kh ts ch sh shch  y  e iu ia ie i i g",
    ),
    pairs("αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i th i k l m n x o p r s s t y f ch ps o"),
  ),
);

function pairs(from: string, to: string): [string, string][] {
  const words = to.split(" ");
  return [...from].flatMap((letter, at): [string, string][] => {
    const word = words[at] ?? "";
    return [
      [letter, word],
      [letter.toUpperCase(), word.slice(0, 1).toUpperCase() + word.slice(1)],
    ];
  });
}

const allowed = /^[A-Za-z0-9/\-?:().,'+ ]$/;

/**
 * A text in the characters that every bank of the single euro payments area takes, at most so long. Letters lose their
 * marks, Greek and Cyrillic are transcribed, what has no spelling in them becomes a full stop.
 *
 * Source: https://www.europeanpaymentscouncil.eu/document-library/guidance-documents/sepa-requirements-extended-character-set-unicode-subset-best
 */
export function latinText(text: string, maxLength: number): string {
  const plain = [...text.normalize("NFC")].map(latinOf).join("");
  return plain
    .replace(/ {2,}/g, " ")
    .replace(/\/{2,}/g, "/")
    .replace(/^[ /]+/, "")
    .slice(0, maxLength)
    .replace(/[ /]+$/, "");
}

/** True when something of a text is left that a person would know it by. */
export const hasLatinLetters = (text: string): boolean => /[A-Za-z0-9]/.test(latinText(text, 1000));

function latinOf(character: string): string {
  const known = letters.get(character);
  if (known !== undefined) return known;
  if (allowed.test(character)) return character;
  const bare = character.normalize("NFKD").replace(/\p{M}/gu, "");
  if (bare !== "" && [...bare].every((one) => allowed.test(one) || letters.has(one)))
    return [...bare].map((one) => letters.get(one) ?? one).join("");
  return /\p{M}/u.test(character) ? "" : /\s/u.test(character) ? " " : ".";
}
