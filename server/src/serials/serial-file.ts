import { type NormalSerial, normalizeSerial, readOpenNumber } from "../words/serial-text.ts";

/** A line of a file that cannot be taken. Says where and why, and never what stands there. */
export interface LineProblem {
  line: number;
  message: string;
}

/** A serial of a file, with the number printed on its box where the file has one. */
export interface FileSerial {
  line: number;
  /** As it stands in the file, without spaces around it. */
  text: string;
  serial: NormalSerial;
  open: number | undefined;
}

/** Reads one line; returns a problem's message, or nothing when there is nothing in the line to take. */
type LineReader = (text: string) => Omit<FileSerial, "line"> | string | undefined;

const longestLine = 4_096;

const wrongLineEnd =
  "holds line ends that are none (a carriage return alone, U+0085, U+2028): save the list with those of Windows or Unix";

/**
 * Reads a file of serials as it comes in: one a line, or CSV (RFC 4180, also with semicolons or tabs) whose first line
 * names the columns `serial` and perhaps `open`; other columns are passed over. Blank lines are too.
 *
 * @param onProblem hears of each line that cannot be taken
 */
export async function* readSerialFile(
  source: AsyncIterable<Uint8Array>,
  onProblem: (problem: LineProblem) => void,
): AsyncGenerator<FileSerial[]> {
  let reader: LineReader | undefined;
  let line = 0;
  for await (const lines of linesOf(source, onProblem)) {
    const found: FileSerial[] = [];
    for (const text of lines) {
      line += 1;
      if (text === "") continue;
      if (reader === undefined) {
        const header = readHeader(text);
        reader = header ?? readPlainLine;
        if (header !== undefined) continue;
      }
      const read = reader(text);
      if (typeof read === "string") onProblem({ line, message: read });
      else if (read !== undefined)
        found.push({ line, text: read.text, serial: read.serial, open: read.open });
    }
    yield found;
  }
}

const notSerial =
  "is not a serial: expected 4 to 64 letters, digits and _ . + / = : # *, beside hyphens and spaces";

/** What a person writes over a list or beside it. It reads as a serial, and would be handed to a customer as one. */
const headingWords =
  /^[\p{L}\s_:.-]*\b(?:serials?|keys?|licen[cs]es?|codes?|numbers?|products?)\b[\p{L}\s_:.-]*$/iu;
const comment = /^\s*(?:#|\/\/|--|\*)\s/;
/** What a spreadsheet makes of a long number. */
const rounded = /^\s*"?\d[.,]\d+E\+\d+"?\s*$/i;

/** What is wrong with a text though it could be a serial. */
function unlikely(text: string): string | undefined {
  if (rounded.test(text))
    return "is a number that a spreadsheet has rounded: format the column as text before you save it";
  if (comment.test(text)) return "is a comment: leave it out";
  if (headingWords.test(text)) return "is a heading: leave it out, or name the column serial";
  return undefined;
}

const readPlainLine: LineReader = (text) => {
  const doubt = unlikely(text);
  if (doubt !== undefined) return doubt;
  const serial = normalizeSerial(text);
  if (serial !== undefined) return { text: text.trim(), serial, open: undefined };
  if (text.trim() === "") return undefined;
  if (/[,;\t]/.test(text)) return "has several columns: the first line must name them, such as open,serial";
  return notSerial;
};

/** The reader of the columns that a first line names; nothing when it names none and is a serial itself. */
function readHeader(text: string): LineReader | undefined {
  const delimiter = [",", ";", "\t"].find((one) => text.includes(one)) ?? ",";
  const names = splitColumns(text, delimiter)?.map((name) => name.trim().toLowerCase()) ?? [];
  const serialAt = names.indexOf("serial");
  if (serialAt === -1) return undefined;
  const openAt = names.indexOf("open");
  return (row) => {
    const columns = splitColumns(row, delimiter);
    if (columns === undefined) return "has a quotation mark that does not end";
    if (columns.every((column) => column.trim() === "")) return undefined;
    if (columns.length !== names.length) return `has ${columns.length} columns and not ${names.length}`;
    const text = (columns[serialAt] ?? "").trim();
    const doubt = unlikely(text);
    if (doubt !== undefined) return doubt;
    const serial = normalizeSerial(text);
    if (serial === undefined) return notSerial;
    if (openAt === -1) return { text, serial, open: undefined };
    const open = readOpenNumber(columns[openAt] ?? "");
    return open === undefined ? "has an open number that is not 1 to 15 digits" : { text, serial, open };
  };
}

/** The columns of a line; nothing when a quotation mark is left open. No column holds a line break: serials have none. */
function splitColumns(text: string, delimiter: string): string[] | undefined {
  if (!text.includes('"')) return text.split(delimiter);
  const columns: string[] = [];
  for (let at = 0; at <= text.length; at++) {
    if (text[at] === '"') {
      const end = /^"((?:[^"]|"")*)"/.exec(text.slice(at));
      if (end === null) return undefined;
      columns.push((end[1] ?? "").replaceAll('""', '"'));
      at += end[0].length;
      if (at < text.length && text[at] !== delimiter) return undefined;
    } else {
      const end = text.indexOf(delimiter, at);
      columns.push(text.slice(at, end === -1 ? undefined : end));
      at = end === -1 ? text.length : end;
    }
  }
  return columns;
}

/** Lines in portions, each without its end. Of a line that is longer than any could be only the beginning is kept. */
async function* linesOf(
  source: AsyncIterable<Uint8Array>,
  onProblem: (problem: LineProblem) => void,
): AsyncGenerator<string[]> {
  const decoder = new TextDecoder("utf-8");
  let rest = "";
  let passed = 0;
  const take = (text: string, isLast: boolean): string[] => {
    const lines = (rest + text).split("\n");
    rest = isLast ? "" : (lines.pop() ?? "").slice(0, longestLine + 1);
    for (const [index, line] of lines.entries()) {
      if (line.length > longestLine) {
        const message =
          line.includes("\r", 1) && !line.endsWith("\r") ? wrongLineEnd : "is longer than any serial";
        onProblem({ line: passed + index + 1, message });
        lines[index] = "";
        continue;
      }
      const bare = line.endsWith("\r") ? line.slice(0, -1) : line;
      const wrongEnd = /[\r\u0085\u2028\u2029]/.test(bare);
      if (wrongEnd) onProblem({ line: passed + index + 1, message: wrongLineEnd });
      lines[index] = wrongEnd ? "" : bare;
    }
    passed += lines.length;
    return lines;
  };
  for await (const bytes of source) yield take(decoder.decode(bytes, { stream: true }), false);
  yield take(decoder.decode(), true);
}
