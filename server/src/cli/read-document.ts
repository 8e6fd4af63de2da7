import { readFile } from "node:fs/promises";
import { Refusal } from "../words/refusal.ts";

/**
 * Reads a JSON file that a command names, with or without a byte order mark.
 *
 * @throws {Refusal} `request_invalid` when it is none
 * @throws an error of the file system when it cannot be read
 */
export async function readDocument(file: string): Promise<unknown> {
  const text = await readFile(file, "utf8");
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw new Refusal("request_invalid", `${file} is not a JSON file: ${(cause as Error).message}`);
  }
}
