/**
 * A result as tab-separated values, for spreadsheets and shells: a line of names, then a line a row, with the same names
 * and values as `--json` has. The rows are the result itself where it is a list, its list where it is a page of one, or else the one
 * result. What is absent is empty, what has parts of its own is JSON, and a tab or a line end in a text is a space.
 */
export function tabSeparated(result: unknown): string {
  const rows = rowsOf(result).map((row) => (isRecord(row) ? row : { value: row }));
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (names.length === 0) return "";
  return [names, ...rows.map((row) => names.map((name) => cellOf(row[name])))]
    .map((cells) => `${cells.join("\t")}\n`)
    .join("");
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function rowsOf(result: unknown): readonly unknown[] {
  if (Array.isArray(result)) return result;
  if (!isRecord(result)) return [result];
  const { next: _, ...members } = result;
  const lists = Object.values(members);
  return lists.length > 0 && lists.every(Array.isArray) ? lists.flat() : [result];
}

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return text.replace(/[\t\r\n\p{Cc}]+/gu, " ");
}
