import { spawnSync } from "node:child_process";

/** How many milliseconds longer a program takes than an empty one. */
export interface StartUpCost {
  medianMs: number;
}

/**
 * Runs a program and an empty one in turn, so that what slows the machine slows both, and compares the medians.
 * Both are files and are started in the same way.
 */
export function measureStartUp(node: string, empty: string, program: string, rounds: number): StartUpCost {
  const [emptyTimes, programTimes]: [number[], number[]] = [[], []];
  for (let round = 0; round <= rounds; round += 1) {
    const times = [timeOf(node, empty), timeOf(node, program)] as const;
    if (round === 0) continue; // The first fills the disk's cache.
    emptyTimes.push(times[0]);
    programTimes.push(times[1]);
  }
  return { medianMs: medianOf(programTimes) - medianOf(emptyTimes) };
}

/** The middle value. */
export function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function timeOf(node: string, program: string): number {
  const began = performance.now();
  const { status, stderr } = spawnSync(node, [program], {
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
  });
  const took = performance.now() - began;
  if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
  return took;
}
