import { readFileSync } from "node:fs";
import { readStamp } from "@tallystick/sdk/stamp";
import { stampFile } from "../../server/src/stamp/apply-plan.ts";
import { openFileSource } from "../../server/src/stamp/file-source.ts";
import { planRemoval, planStamp } from "../../server/src/stamp/plan-stamp.ts";
import type { StampPlan } from "../../server/src/stamp/stamp-plan.ts";

/** Tokens of the lengths that occur. What they say is no matter here. */
export const tokens = { short: "a".repeat(350), long: "b".repeat(1024) };

/** Writes a stamped copy. */
export const stampCopy = (from: string, to: string, token: string): Promise<StampPlan> =>
  copyBy(from, to, (source) => planStamp(source, token));

/** Writes a copy without its stamp. */
export const restoreCopy = (from: string, to: string): Promise<StampPlan> => copyBy(from, to, planRemoval);

/** The token in a file, or nothing. */
export async function readToken(path: string): Promise<string | undefined> {
  const source = await openFileSource(path);
  try {
    const reading = await readStamp(source);
    return reading.code === "stamped" ? reading.token : undefined;
  } finally {
    await source.close();
  }
}

/** Whether two files hold the same bytes. */
export const areSameFiles = (one: string, other: string): boolean =>
  readFileSync(one).equals(readFileSync(other));

/** Writes what a plan makes of a file. */
export async function copyBy(
  from: string,
  to: string,
  plan: (source: Awaited<ReturnType<typeof openFileSource>>) => Promise<StampPlan>,
): Promise<StampPlan> {
  const source = await openFileSource(from);
  try {
    const planned = await plan(source);
    await stampFile(source, planned, to);
    return planned;
  } finally {
    await source.close();
  }
}
