/** How wide a table may be while `withinWidth` makes its text; nothing elsewhere. */
let widthAtMost = Number.POSITIVE_INFINITY;

/** Makes a text whose tables are fitted into so many columns of a terminal; undefined leaves them as wide as they are. */
export function withinWidth(width: number | undefined, text: () => string): string {
  const before = widthAtMost;
  widthAtMost = width ?? Number.POSITIVE_INFINITY;
  try {
    return text();
  } finally {
    widthAtMost = before;
  }
}

/** A column of a table: its heading and what stands in it. Numbers are set to the right. */
export interface Column<Row> {
  heading: string;
  of: (row: Row) => string | number | null;
  align?: "right";
}

const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}]/u;

/**
 * Rows under headings, columns two spaces apart. What is absent shows as a hyphen. Where the terminal is too narrow, texts
 * of several words are broken into lines; where that is not enough, each row is written as names and values.
 */
export function formatTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const cells = [
    columns.map(({ heading }) => heading.toUpperCase()),
    ...rows.map((row) => columns.map(({ of }) => cleanText(of(row) ?? "-"))),
  ];
  const isWhole = columns.map(({ align }) => align === "right");
  const widths = fitted(cells, { width: widthAtMost, isWhole });
  if (widths === undefined) return asRecords(cells);
  return cells
    .flatMap((line) => linesOf(line, widths))
    .map((line) =>
      line
        .map((cell, index) => pad(cell, widths[index] ?? 0, columns[index]?.align))
        .join("  ")
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join("");
}

type Cells = readonly (readonly string[])[];

/** How wide each column may be; undefined where no way of breaking words apart makes the table fit. */
function fitted(
  cells: Cells,
  { width, isWhole }: { width: number; isWhole: readonly boolean[] },
): number[] | undefined {
  const indexes = [...isWhole.keys()];
  const widest = (of: (cell: string, index: number) => number) =>
    indexes.map((index) => Math.max(...cells.map((line) => of(line[index] ?? "", index))));
  const widths = widest(widthOf);
  // A number stays beside its unit.
  const least = widest((cell, index) =>
    isWhole[index] ? widthOf(cell) : Math.max(...cell.split(" ").map(widthOf)),
  );
  const sum = () => widths.reduce((all, one) => all + one, 2 * Math.max(0, widths.length - 1));
  while (sum() > width) {
    const room = indexes.map((index) => (widths[index] ?? 0) - (least[index] ?? 0));
    const most = room.indexOf(Math.max(...room));
    if ((room[most] ?? 0) <= 0) return undefined;
    widths[most] = Math.max(least[most] ?? 0, (widths[most] ?? 0) - (sum() - width));
  }
  return widths;
}

/** A row as the lines that it takes: cells are broken between words. */
function linesOf(row: readonly string[], widths: readonly number[]): string[][] {
  const broken = row.map((cell, index) => brokenInto(cell, widths[index] ?? 0));
  const height = Math.max(...broken.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) => broken.map((lines) => lines[line] ?? ""));
}

function brokenInto(cell: string, width: number): string[] {
  if (widthOf(cell) <= width) return [cell];
  const lines: string[] = [];
  for (const word of cell.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last) + 1 + widthOf(word) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Each row as names and values, an empty line between two. */
function asRecords([headings = [], ...rows]: Cells): string {
  const width = Math.max(...headings.map(widthOf));
  return rows
    .map((row) =>
      row.map((cell, index) => `${pad(headings[index] ?? "", width, undefined)}  ${cell}\n`).join(""),
    )
    .join("\n");
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
