import { bytesSource, readStamp, StampError } from "@tallystick/sdk/stamp";
import { planRemoval, planStamp } from "../../server/src/stamp/plan-stamp.ts";
import type { StampPlan } from "../../server/src/stamp/stamp-plan.ts";

/** What a plan makes of bytes in memory, said in the plainest way. */
export function apply(bytes: Uint8Array, { patches, newLength }: StampPlan): Uint8Array {
  const result = new Uint8Array(newLength);
  result.set(bytes.subarray(0, newLength));
  for (const patch of patches) result.set(patch.bytes, patch.offset);
  return result;
}

/** The bytes with a stamp. */
export const stampBytes = async (bytes: Uint8Array, token: string): Promise<Uint8Array> =>
  apply(bytes, await planStamp(bytesSource(bytes), token));

/** The bytes without their stamp. */
export const unstampBytes = async (bytes: Uint8Array): Promise<Uint8Array> =>
  apply(bytes, await planRemoval(bytesSource(bytes)));

/** The token that the bytes carry. */
export async function tokenOf(bytes: Uint8Array): Promise<string | undefined> {
  const reading = await readStamp(bytesSource(bytes));
  return reading.code === "stamped" ? reading.token : undefined;
}

/** The code of the refusal, or nothing when nothing was refused. Anything but a `StampError` is thrown on. */
export async function refusalOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof StampError) return error.code;
    throw error;
  }
}
