import type { UncheckedKeySet } from "../../protocol/index.ts";
import { fs } from "../../runtime/built-in.ts";

/**
 * Reads a key set from a file, as a receiver gives it at `/.well-known/jwks.json`.
 *
 * @throws Error that says what is wrong with the file.
 */
export function readKeys(file: string): UncheckedKeySet {
  const value: unknown = JSON.parse(fs.readFileSync(file, "utf8"));
  const { keys } = (value ?? {}) as { keys?: unknown };
  if (!Array.isArray(keys)) throw new Error(`${file} is no key set: expected { "keys": [...] }`);
  return { keys };
}
