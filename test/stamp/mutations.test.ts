import { type ByteSource, bytesSource, readStamp, StampError } from "@tallystick/sdk/stamp";
import { describe, expect, it } from "vitest";
import { planRemoval, planStamp } from "../../server/src/stamp/plan-stamp.ts";
import type { StampPlan } from "../../server/src/stamp/stamp-plan.ts";
import { seededRandom } from "../faults/random.ts";
import { mutate } from "./mutate.ts";
import { stampFixtures } from "./stamp-fixtures.ts";
import { apply, stampBytes } from "./stamping.ts";

const mutants = Number(process.env.TALLYSTICK_MUTANTS ?? 30_000);
const token = "eyJhbGciOiJFZERTQSJ9.".repeat(16);
const another = "another.".repeat(9);
const maxPatchBytes = 64 * 1024 * 1024;
const maxReadBytes = 4 * 1024 * 1024;

/** A source that gives up on whoever reads it over and over. */
function limited(bytes: Uint8Array): ByteSource {
  const source = bytesSource(bytes);
  let reads = 0;
  let read = 0;
  return {
    size: source.size,
    read: (offset, length) => {
      if (++reads > 20_000) throw new Error("read 20,000 times");
      if (length > 128 * 1024 * 1024) throw new Error(`read ${length} bytes at once`);
      read += Math.max(0, Math.min(length, source.size - offset));
      if (read > maxReadBytes) throw new Error(`read ${read} bytes in all`);
      return source.read(offset, length);
    },
  };
}

/** What it gave, or the code of its refusal. Anything else that is thrown is a defect. */
async function outcomeOf<T>(work: Promise<T>): Promise<T | string> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof StampError) return error.code;
    throw error;
  }
}

function expectSane(plan: StampPlan, size: number): void {
  let at = 0;
  for (const { offset, bytes } of plan.patches) {
    if (offset < at || offset + bytes.length > plan.newLength) throw new Error("a patch is out of place");
    at = offset + bytes.length;
  }
  const patched = plan.patches.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (patched > maxPatchBytes || plan.newLength > size + maxPatchBytes)
    throw new Error("the plan is too large");
}

/** Reads, stamps and restores a mutant. Returns what came of the reading. */
async function examine(mutant: Uint8Array): Promise<string> {
  const reading = await outcomeOf(readStamp(limited(mutant)));
  if (typeof reading !== "string" && reading.code === "stamped" && reading.token !== token)
    throw new Error(`read a wrong token: ${JSON.stringify(reading.token)}`);
  const removal = await outcomeOf(planRemoval(limited(mutant)));
  if (typeof removal !== "string") expectSane(removal, mutant.length);
  const plan = await outcomeOf(planStamp(limited(mutant), another));
  if (typeof plan !== "string") {
    expectSane(plan, mutant.length);
    const stamped = apply(mutant, plan);
    const again = await readStamp(limited(stamped));
    if (again.code !== "stamped" || again.token !== another) throw new Error("the stamp cannot be read");
    const restored = apply(stamped, await planRemoval(limited(stamped)));
    if (typeof removal === "string" && Buffer.compare(restored, mutant) !== 0)
      throw new Error("the original was not restored");
  }
  return typeof reading === "string" ? reading : reading.code;
}

describe("mutated containers", () => {
  it(`give the right token, none, or a reason: ${mutants} of them`, async () => {
    const random = seededRandom("mutated containers");
    const fixtures = stampFixtures();
    const stamped = await Promise.all(fixtures.map(({ bytes }) => stampBytes(bytes, token)));
    const outcomes: Record<string, number> = {};
    for (let index = 0; index < mutants; index++) {
      const which = index % fixtures.length;
      const original = random.next() < 0.3 ? fixtures[which]?.bytes : stamped[which];
      const mutant = mutate(original ?? new Uint8Array(), random.pick(stamped), random);
      try {
        const outcome = await examine(mutant);
        outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      } catch (error) {
        throw new Error(`mutant ${index} of ${fixtures[which]?.name}, seed ${random.seed}`, { cause: error });
      }
    }
    console.info(`mutated containers: ${JSON.stringify(outcomes)}`);
    expect(Object.keys(outcomes)).toEqual(
      expect.arrayContaining(["stamped", "absent", "stamp_damaged", "container_malformed"]),
    );
  });
});
