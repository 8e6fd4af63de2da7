import { readFile } from "node:fs/promises";
import { Refusal } from "../words/refusal.ts";

/**
 * Reads a JSON file that a command names.
 *
 * @throws {Refusal} `request_invalid` when it is none
 */
export async function readDocument(file: string): Promise<unknown> {
  const text = await readFile(file, "utf8");
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Refusal("request_invalid", `${file} is not a JSON file: ${(cause as Error).message}`);
  }
}
