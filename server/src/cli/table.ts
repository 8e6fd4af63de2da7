/** A column of a table: its heading and what stands in it. Numbers are set to the right. */
export interface Column<Row> {
  heading: string;
  of: (row: Row) => string | number | null;
  align?: "right";
}

const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}]/u;

/** Rows under headings, columns two spaces apart. What is absent shows as a hyphen. */
export function formatTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const cells = [
    columns.map(({ heading }) => heading.toUpperCase()),
    ...rows.map((row) => columns.map(({ of }) => cleanText(of(row) ?? "-"))),
  ];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => widthOf(line[index] ?? ""))));
  return cells
    .map((line) =>
      line
        .map((cell, index) => pad(cell, widths[index] ?? 0, columns[index]?.align))
        .join("  ")
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join("");
}

/** Names and what they stand for, one a line, names padded to one width. */
export function formatFields(
  fields: readonly (readonly [string, string | number | null])[],
  indent = "",
): string {
  const width = Math.max(...fields.map(([name]) => name.length));
  return fields
    .map(([name, value]) => `${indent}${name.padEnd(width)}  ${cleanText(value ?? "-")}\n`)
    .join("");
}

/** Text that cannot steer a terminal: what shops and partners send may hold control characters. */
export function cleanText(value: string | number): string {
  return String(value).replace(/[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu, "?");
}

function pad(cell: string, width: number, align: "right" | undefined): string {
  const space = " ".repeat(Math.max(0, width - widthOf(cell)));
  return align === "right" ? space + cell : cell + space;
}

/** How many columns of a terminal a text takes. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += wide.test(character) ? 2 : 1;
  return width;
}
