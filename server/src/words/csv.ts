/** What stands in a cell of a CSV file; null is an empty one. */
export type CsvValue = string | number | null;

/** A cell as RFC 4180 writes it: quoted where needed, and never read as a formula by a spreadsheet. */
export function csvCell(value: CsvValue, delimiter = ","): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  // Where lists are divided by semicolons, a program may begin a cell behind one in the midst of ours.
  const text = value.replace(/(^|[;\t\r\n])(?=[=+\-@\t\r\n])/g, "$1'");
  const isPlain = !/[",\r\n]/.test(text) && !text.includes(delimiter);
  return isPlain ? text : `"${text.replaceAll('"', '""')}"`;
}

/** A line of a CSV file with its end. */
export const csvLine = (values: readonly CsvValue[], delimiter = ","): string =>
  `${values.map((value) => csvCell(value, delimiter)).join(delimiter)}\r\n`;
