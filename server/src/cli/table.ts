/** A column of a table: its heading and what stands in it. Numbers are set to the right. */
export interface Column<Row> {
  heading: string;
  of: (row: Row) => string | number | null;
  align?: "right";
}

const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}]/u;

/** How wide a table may be while `withinWidth` makes its text; nothing elsewhere. */
let widthAtMost = Number.POSITIVE_INFINITY;

/** Below this a column is not made narrower: a table that still does not fit runs over the edge. */
const narrowestColumn = 10;

/** Makes a text whose tables take at most so many columns of the terminal, as far as columns of text can be wrapped. */
export function withinWidth(width: number | undefined, text: () => string): string {
  const before = widthAtMost;
  widthAtMost = width ?? Number.POSITIVE_INFINITY;
  try {
    return text();
  } finally {
    widthAtMost = before;
  }
}

/**
 * Rows under headings, columns two spaces apart. What is absent shows as a hyphen. Where the terminal is narrower, the
 * widest columns of text go on below; nothing is cut, so that an id can still be read, and numbers stay whole.
 */
export function formatTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const cells = [
    columns.map(({ heading }) => heading.toUpperCase()),
    ...rows.map((row) => columns.map(({ of }) => cleanText(of(row) ?? "-"))),
  ];
  const widths = fitted(
    columns.map((_, index) => Math.max(...cells.map((line) => widthOf(line[index] ?? "")))),
    columns,
  );
  return cells
    .flatMap((line) => {
      const parts = line.map((cell, index) => wrapped(cell, widths[index] ?? 0));
      return Array.from({ length: Math.max(1, ...parts.map((part) => part.length)) }, (_, row) =>
        parts.map((part) => part[row] ?? ""),
      );
    })
    .map((line) =>
      line
        .map((cell, index) => pad(cell, widths[index] ?? 0, columns[index]?.align))
        .join("  ")
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join("");
}

/** Takes from the widest columns of text until the table fits. */
function fitted(widths: readonly number[], columns: readonly { align?: "right" }[]): number[] {
  const narrowed = [...widths];
  let over = narrowed.reduce((sum, width) => sum + width, 2 * (narrowed.length - 1)) - widthAtMost;
  while (over > 0) {
    const texts = narrowed.map((width, index) => (columns[index]?.align === "right" ? 0 : width));
    const widest = Math.max(...texts);
    if (widest <= narrowestColumn) break;
    const at = texts.indexOf(widest);
    narrowed[at] = widest - 1;
    over -= 1;
  }
  return narrowed;
}

/** Splits a text into lines of a width: after a space or a hyphen where there is one in the second half, else anywhere. */
function wrapped(text: string, width: number): string[] {
  if (widthOf(text) <= width) return [text];
  const lines: string[] = [];
  let rest = [...text];
  while (widthOf(rest.join("")) > width) {
    let end = 0;
    for (let taken = 0; end < rest.length; end++) {
      taken += widthOf(rest[end] ?? "");
      if (taken > width) break;
    }
    const breakable = rest.slice(0, end).findLastIndex((character) => character === " " || character === "-");
    const cut = breakable >= end / 2 ? breakable + 1 : Math.max(1, end);
    lines.push(rest.slice(0, cut).join("").trimEnd());
    rest = rest.slice(cut);
  }
  return [...lines, rest.join("")];
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
