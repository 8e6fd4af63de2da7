import { once } from "node:events";
import { createWriteStream } from "node:fs";

const digits = 12;
const spread = 36 ** digits;
// Prime to 36, so that no two numbers give one serial; large, so that neighbours have nothing in common.
const step = 1_000_003 * 999_983;

/** One of a file's serials, by its place. */
export const serialAt = (series: string, place: number): string => {
  const number = (BigInt(place) * BigInt(step) + 7n) % BigInt(spread);
  const text = number.toString(36).toUpperCase().padStart(digits, "0");
  return `${series}-${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}`;
};

/** Writes a file of so many serials, one a line, none of them twice. */
export async function writeSerialFile(path: string, series: string, count: number): Promise<void> {
  const file = createWriteStream(path, { flags: "wx" });
  for (let from = 0; from < count; from += 10_000) {
    const lines = Array.from({ length: Math.min(10_000, count - from) }, (_, at) =>
      serialAt(series, from + at),
    );
    if (!file.write(`${lines.join("\n")}\n`)) await once(file, "drain");
  }
  file.end();
  await once(file, "close");
}
