import { type Bench, connections } from "./bench.ts";
import type { Child } from "./children.ts";
import type { LoadResult } from "./load/drive.ts";
import type { SubjectTasks } from "./subject.ts";

/** Something that is put under load: a receiver or a control. */
export interface TargetOptions {
  name: string;
  /** The processes, which share the connections. */
  subjects: readonly Child<SubjectTasks>[];
  /** Makes so many requests ready in the generator. */
  makeReady(count: number): Promise<unknown>;
  /** How many requests it has recorded so far; nothing where it records none. */
  recorded?(): Promise<number>;
}

/** What a load came to at both ends. */
export interface TargetResult extends LoadResult {
  /** Processor time of all threads of the processes under load, in microseconds a request. */
  processorMicros: number;
}

/** A target that can be measured again and again. */
export interface Target {
  name: string;
  /** Load that is not counted, until compilers and caches have seen what will come. */
  warmUp(): Promise<void>;
  /** As many requests as should fill a round, as fast as the answers come. */
  round(): Promise<TargetResult>;
  /** So many requests, as fast as the answers come. */
  burst(count: number): Promise<TargetResult>;
  /** Requests at a steady rate. */
  paced(perSecond: number, seconds: number): Promise<TargetResult>;
}

const firstBurst = 500;

/**
 * Makes a target. After each load it is asked how many requests it has recorded: a load that was answered and not
 * recorded, or answered with an error, ends the benchmark, so that a fast failure never counts as speed.
 */
export async function target(bench: Bench, options: TargetOptions): Promise<Target> {
  const { name, subjects, makeReady, recorded } = options;
  const { generator } = bench;
  const { warmupSeconds, roundSeconds } = bench.options;
  const urls = await Promise.all(subjects.map((subject) => subject.ask("url", undefined)));
  let perSecond = 0;

  const checked = async (count: number, load: () => Promise<LoadResult>): Promise<TargetResult> => {
    await makeReady(count);
    const before = await recorded?.();
    const processorBefore = await processorTime(subjects);
    const result = await load();
    const processorMicros = ((await processorTime(subjects)) - processorBefore) / count;
    if (result.failed > 0 || result.answered !== count)
      throw new Error(`${name}: ${result.answered} of ${count} requests were answered as they should be`);
    const after = await recorded?.();
    if (after !== undefined && before !== undefined && after - before !== count)
      throw new Error(`${name}: ${count} requests were answered and ${after - before} recorded`);
    if (result.generatorBusy > 0.95)
      bench.note(`${name}: the generator's core was ${Math.round(result.generatorBusy * 100)} % busy.`);
    return { ...result, processorMicros };
  };
  const burst = async (count: number) => {
    const result = await checked(count, () => generator.ask("burst", { urls, connections }));
    perSecond = result.perSecond;
    return result;
  };
  return {
    name,
    burst,
    async warmUp() {
      let seconds = 0;
      for (let count = firstBurst; seconds < warmupSeconds; ) {
        seconds += (await burst(count)).seconds;
        count = Math.ceil(perSecond * Math.max(0.2, warmupSeconds - seconds));
      }
    },
    round: () => burst(Math.ceil(perSecond * roundSeconds)),
    paced: (rate, seconds) =>
      checked(Math.ceil(rate * seconds), () => generator.ask("pace", { urls, connections, perSecond: rate })),
  };
}

async function processorTime(subjects: readonly Child<SubjectTasks>[]): Promise<number> {
  const times = await Promise.all(subjects.map((subject) => subject.ask("processorTime", undefined)));
  return times.reduce((sum, time) => sum + time, 0);
}
