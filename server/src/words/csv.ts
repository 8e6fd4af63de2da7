/** What stands in a cell of a CSV file; null is an empty one. */
export type CsvValue = string | number | null;

/** A cell as RFC 4180 writes it: quoted where needed, and never read as a formula by a spreadsheet. */
export function csvCell(value: CsvValue): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  // Where lists are divided by semicolons, a program may begin a cell behind one in the midst of ours.
  const text = value.replace(/(^|[;\t\r\n])(?=[=+\-@\t\r\n])/g, "$1'");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A line of a CSV file with its end. */
export const csvLine = (values: readonly CsvValue[]): string => `${values.map(csvCell).join(",")}\r\n`;
