/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = Number.NaN, high = Number.NaN] = [sorted[(sorted.length - 1) >> 1], sorted[middle]];
  return (low + high) / 2;
}

/** One of several things that are measured in turns. */
export interface Subject<T> {
  name: string;
  round(): Promise<T>;
}

/**
 * Measures subjects in turns, forwards and backwards, so that whatever else the machine does, and whatever warms up
 * or fills up, touches all of them alike. Answers each subject's rounds, in the order of the subjects.
 */
export async function inTurns<T>(
  subjects: readonly Subject<T>[],
  rounds: number,
  say: (line: string) => void,
): Promise<T[][]> {
  const results = subjects.map((): T[] => []);
  for (let round = 0; round < rounds; round++) {
    const order = subjects.map((_, index) => (round % 2 === 0 ? index : subjects.length - 1 - index));
    for (const index of order) {
      const subject = subjects[index];
      if (subject === undefined) continue;
      say(`round ${round + 1} of ${rounds}: ${subject.name}`);
      results[index]?.push(await subject.round());
    }
  }
  return results;
}

/** The median of what each round's value is to the same round's control. */
export const medianRatio = (values: readonly number[], controls: readonly number[]): number =>
  median(values.map((value, index) => value / (controls[index] ?? Number.NaN)));

/** One member of every round. */
export const column = <Name extends string>(rounds: readonly Record<Name, number>[], name: Name): number[] =>
  rounds.map((round) => round[name]);
