import { basename, dirname, join } from "node:path";
import { expect } from "vitest";
import type { StampPlan } from "../../server/src/stamp/stamp-plan.ts";
import { areSameFiles, readToken, restoreCopy, stampCopy, tokens } from "./stamping.ts";

/**
 * Stamps a file, stamps it again with a longer token, and removes the stamp; what its own tools say of it must hold
 * of every copy.
 *
 * @param verify - throws, or fails an expectation, when a tool refuses the file.
 * @returns the stamped copy, and how it was planned.
 */
export async function expectRoundTrip(
  original: string,
  verify: (file: string) => void,
): Promise<{ stamped: string; plan: StampPlan }> {
  const named = (prefix: string) => join(dirname(original), `${prefix}-${basename(original)}`);
  const [stamped, again, direct, restored] = ["stamped", "again", "direct", "restored"].map(named) as [
    string,
    string,
    string,
    string,
  ];
  verify(original);
  expect(await readToken(original)).toBe(undefined);
  const plan = await stampCopy(original, stamped, tokens.short);
  verify(stamped);
  expect(await readToken(stamped)).toBe(tokens.short);
  await stampCopy(stamped, again, tokens.long);
  verify(again);
  expect(await readToken(again)).toBe(tokens.long);
  await stampCopy(original, direct, tokens.long);
  expect(areSameFiles(again, direct)).toBe(true);
  await restoreCopy(again, restored);
  expect(areSameFiles(restored, original)).toBe(true);
  return { stamped, plan };
}
