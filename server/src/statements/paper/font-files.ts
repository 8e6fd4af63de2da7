// All of these are published under the SIL Open Font License 1.1.
const noto = (subset: string, weight: number) =>
  `@fontsource/noto-sans/files/noto-sans-${subset}-${weight}-normal.woff`;
/** Its letters are whole glyphs, so that what is copied from a document reads as it was written; Noto's are put together. */
const arabic = (weight: number) => `@fontsource/vazirmatn/files/vazirmatn-arabic-${weight}-normal.woff`;
const japanese = "@openfonts/noto-sans-jp_japanese/files/noto-sans-jp-japanese-400.woff";
const korean = "@fontsource/noto-sans-kr/files/noto-sans-kr-korean-400-normal.woff";
const chinese = "@openfonts/noto-sans-sc_chinese-simplified/files/noto-sans-sc-chinese-simplified-400.woff";

const subsets = [
  "latin",
  "latin-ext",
  "greek",
  "cyrillic",
  "vietnamese",
  "greek-ext",
  "cyrillic-ext",
  "devanagari",
];
/** Scripts with a package of their own. */
const script = (name: string, weight: number) =>
  `@fontsource/noto-sans-${name}/files/noto-sans-${name}-${name}-${weight}-normal.woff`;

/** The faces in the order in which they are asked for a character. Chinese and Japanese draw many characters differently. */
export function faceFiles(isBold: boolean, language: string): string[] {
  const weight = isBold ? 700 : 400;
  const eastern = language.startsWith("zh") ? [chinese, japanese] : [japanese, chinese];
  return [
    ...subsets.map((subset) => noto(subset, weight)),
    arabic(weight),
    script("hebrew", weight),
    script("thai", weight),
    ...(language.startsWith("ko") ? [korean, ...eastern] : [...eastern, korean]),
  ];
}

/** Every file that a program needs, so that the build can copy them beside it. */
export const fontFiles: readonly string[] = [
  ...new Set([true, false].flatMap((isBold) => faceFiles(isBold, "en"))),
];
