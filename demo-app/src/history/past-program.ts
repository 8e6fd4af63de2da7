import type { Past, PastReport } from "./past.ts";
import { playYear } from "./year.ts";

/** The entry of the process that plays the past, behind `moved-clock.ts`: what to play comes as a message. */
process.once("message", (past: Past) => {
  playYear(past).then(
    (report) => answer({ report }),
    (cause: unknown) =>
      answer({ problem: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) }),
  );
});

function answer(message: { report: PastReport } | { problem: string }): void {
  process.send?.(message, undefined, undefined, () => process.disconnect?.());
}
