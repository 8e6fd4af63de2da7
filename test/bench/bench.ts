import type { Child } from "./children.ts";
import type { GeneratorTasks } from "./load/generator.ts";
import type { BenchOptions } from "./options.ts";
import type { Figure } from "./report.ts";

/** What a section of the benchmark works with. */
export interface Bench {
  options: BenchOptions;
  generator: Child<GeneratorTasks>;
  /** Progress, on standard error. */
  say(line: string): void;
  /** A sentence that belongs under the table. */
  note(sentence: string): void;
  /** What is to be ended or removed after the section, the last first, however it ends. */
  afterwards(step: () => Promise<unknown>): void;
}

/** One part of the benchmark. */
export type Section = (bench: Bench) => Promise<Figure[]>;

/** How many connections every load has. */
export const connections = 64;
