import { median, medianRatio } from "./measure.ts";

/** A figure beside its control. Both are medians of the rounds, which are kept. */
export interface Figure {
  section: string;
  what: string;
  unit: string;
  value: number;
  rounds: readonly number[];
  control?: { what: string; value: number; rounds: readonly number[] };
  /** Value to control, the median over the rounds. */
  ratio?: number;
  goal?: { says: string; met: boolean };
}

/** What a figure is made of. */
interface Measured {
  section: string;
  what: string;
  unit: string;
  rounds: readonly number[];
  control?: { what: string; rounds: readonly number[] };
  goal?: Goal;
}

/** What a figure should be. One of them is given. */
export type Goal =
  | { ratioAtLeast: number }
  | { ratioAtMost: number }
  | { atLeast: number }
  | { below: number }
  | { moreAtMost: number };

/** Makes a figure of its rounds. */
export function figure({ rounds, control, goal, ...named }: Measured): Figure {
  const value = median(rounds);
  const made: Figure = { ...named, value, rounds };
  if (control !== undefined) {
    made.control = { ...control, value: median(control.rounds) };
    made.ratio = medianRatio(rounds, control.rounds);
  }
  if (goal !== undefined) made.goal = judge(goal, made);
  return made;
}

function judge(goal: Goal, { value, control, ratio = Number.NaN, unit }: Figure) {
  if ("ratioAtLeast" in goal) return { says: `≥ ${goal.ratioAtLeast} ×`, met: ratio >= goal.ratioAtLeast };
  if ("ratioAtMost" in goal) return { says: `≤ ${goal.ratioAtMost} ×`, met: ratio <= goal.ratioAtMost };
  if ("atLeast" in goal) return { says: `≥ ${grouped(goal.atLeast)}`, met: value >= goal.atLeast };
  if ("below" in goal) return { says: `< ${goal.below} ${unit}`, met: value < goal.below };
  const more = value - (control?.value ?? Number.NaN);
  return { says: `+ ${goal.moreAtMost} ${unit} at most`, met: more <= goal.moreAtMost };
}

/** The figures as a table of plain text. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map((one) => [
    one.what,
    `${grouped(one.value)} ${one.unit}`,
    one.control === undefined ? "" : `${grouped(one.control.value)} ${one.control.what}`,
    one.ratio === undefined ? "" : one.ratio.toFixed(2),
    one.goal?.says ?? "",
    one.goal === undefined ? "" : one.goal.met ? "pass" : "FAIL",
  ]);
  const all = [["figure", "ours", "control", "ratio", "goal", ""], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => (row[column] ?? "").length))) ?? [];
  const lines = all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  lines.splice(1, 0, widths.map((width) => "-".repeat(width)).join("  "));
  return lines.join("\n");
}

/** A number as a person reads it: three digits that count, thousands apart. */
export function grouped(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toFixed(digits).replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ",");
}
