import { InvalidArgumentError } from "commander";
import { type OpenRange, readOpenRange } from "../open-range.ts";

/** Reads a range of open numbers. */
export function readOpenOption(text: string): OpenRange {
  const range = readOpenRange(text);
  if (range === undefined)
    throw new InvalidArgumentError(
      "Expected a number of up to 15 digits, or a range such as 1000000..1004999.",
    );
  return range;
}
