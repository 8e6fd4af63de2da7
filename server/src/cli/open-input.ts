import { constants, createReadStream } from "node:fs";
import { access } from "node:fs/promises";
import { Readable } from "node:stream";
import type { Terminal } from "./terminal.ts";

/** How much of a file is read at once: 256 KiB, as lists of a million rows come by this way. */
const pieceBytes = 2 ** 18;

/**
 * What a command reads: the file that it names, or standard input for `-`. That the file is there is seen at once; it
 * is opened when its first byte is asked for, so that whoever opens a database in between hears of what goes wrong with
 * it, and misses nothing of it.
 *
 * @throws an error of the file system when it cannot be read
 */
export async function openInput(file: string, { stdin }: Terminal): Promise<AsyncIterable<Uint8Array>> {
  if (file === "-") return stdin;
  await access(file, constants.R_OK);
  return piecesOf(file);
}

async function* piecesOf(file: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(file, { highWaterMark: pieceBytes });
}

/**
 * The lines of what a command reads, without their ends. Reading begins with the first line that is asked for:
 * `node:readline` on its own loses the lines that come in before.
 */
export async function* linesOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const { createInterface } = await import("node:readline");
  yield* createInterface({
    input: Readable.from(input, { objectMode: false }),
    crlfDelay: Number.POSITIVE_INFINITY,
  });
}
