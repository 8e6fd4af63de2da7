import { Refusal } from "../words/refusal.ts";

/** What may divide the cells of a list: what spreadsheets write in one country or another. */
export const delimiters = [",", ";", "\t"] as const;
type Delimiter = (typeof delimiters)[number];

/**
 * What divides the cells of a list: of the three the one that a line has most of outside of quotation marks. The others
 * may stand in its cells, as the comma of `1,50` does. Undefined where the line has none of them.
 */
export function delimiterOf(line: string): Delimiter | undefined {
  const bare = line.replace(/"(?:[^"]|"")*"/g, "");
  const counts = delimiters.map((one) => ({ one, count: bare.split(one).length - 1 }));
  const [most] = counts.toSorted((a, b) => b.count - a.count);
  return most === undefined || most.count === 0 ? undefined : most.one;
}

const longestMark = 3;

/**
 * The text of a list in pieces: UTF-8, or UTF-16 where its byte order mark says so. The mark is left out.
 *
 * @throws {Refusal} `request_invalid` for what is neither; what stood there is not repeated
 */
export async function* readListText(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  let head: Uint8Array = new Uint8Array();
  try {
    for await (const chunk of chunks) {
      if (decoder !== undefined) yield decoder.decode(chunk, { stream: true });
      else {
        head = Buffer.concat([head, chunk]);
        if (head.length < longestMark) continue;
        decoder = decoderOf(head);
        yield decoder.decode(head, { stream: true });
      }
    }
    yield decoder === undefined ? decoderOf(head).decode(head) : decoder.decode();
  } catch (error) {
    if ((error as { code?: unknown }).code !== "ERR_ENCODING_INVALID_ENCODED_DATA") throw error;
    throw notUtf8(error);
  }
}

function decoderOf([first, second]: Uint8Array): TextDecoder {
  const isLittle = first === 0xff && second === 0xfe;
  const isBig = first === 0xfe && second === 0xff;
  return new TextDecoder(isLittle ? "utf-16le" : isBig ? "utf-16be" : "utf-8", { fatal: true });
}

/** The refusal of a list in another encoding. */
export const notUtf8 = (cause?: unknown): Refusal =>
  new Refusal("request_invalid", "The list is not UTF-8: save it as “CSV UTF-8”.", { cause });

/** Lines before which a list that has begun must have its first line's end; a longer one is divided by what it has by then. */
const longestFirstLine = 65_536;

/**
 * The first line of a text that comes in pieces for which `counts` holds, and a text that begins anew with what was read.
 */
export async function peekLine(
  pieces: AsyncIterable<string>,
  counts: (line: string) => boolean,
): Promise<{ line: string; text: AsyncIterable<string> }> {
  const all = pieces[Symbol.asyncIterator]();
  let begun = "";
  let line: string | undefined;
  let isOver = false;
  while (line === undefined && !isOver && begun.length < longestFirstLine) {
    const next = await all.next();
    isOver = next.done === true;
    if (next.done !== true) begun += next.value;
    const lines = begun.split(/\r\n|\n|\r/);
    line = (isOver ? lines : lines.slice(0, -1)).find((one) => one.trim() !== "" && counts(one));
  }
  const rest = async function* () {
    yield begun;
    if (!isOver) yield* { [Symbol.asyncIterator]: () => all };
  };
  return { line: line ?? begun, text: rest() };
}
