import { CommandRefusal } from "../../cli/failure.ts";
import { cleanText } from "../../cli/table.ts";
import type { Terminal } from "../../cli/terminal.ts";
import type { FileSource } from "../file-source.ts";
import type { StampPlan } from "../stamp-plan.ts";

/** Where progress is told. */
export interface CopyTerminal {
  readonly terminal: Terminal;
  readonly json: boolean;
}

/** Opens a file for as long as the work takes. */
export async function withSource<T>(path: string, work: (source: FileSource) => Promise<T>): Promise<T> {
  const { openFileSource } = await import("../file-source.ts");
  const source = await openFileSource(path);
  try {
    return await work(source);
  } finally {
    await source.close();
  }
}

/** Writes the copy. What takes longer than half a second is told on the way, and may be interrupted. */
export async function writeCopy(
  { terminal, json }: CopyTerminal,
  source: FileSource,
  plan: StampPlan,
  out: string,
): Promise<void> {
  const { stampFile } = await import("../apply-plan.ts");
  const { stderr } = terminal;
  const isWatched = stderr.isTTY === true && !json;
  const tell = (copied: number, all: number) =>
    void stderr.write(`\rCopying ${cleanText(out)}: ${Math.floor((100 * copied) / Math.max(1, all))} %`);
  try {
    await untilInterrupted((signal) =>
      stampFile(source, plan, out, { signal, ...(isWatched ? { onProgress: tell } : {}) }),
    );
  } finally {
    if (isWatched) stderr.write("\r\u001b[K");
  }
}

/** Lets the work clean up when somebody ends the command. */
async function untilInterrupted(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const controller = new AbortController();
  const end = () =>
    controller.abort(new CommandRefusal("interrupted", "Ended on request: nothing was written."));
  process.once("SIGINT", end).once("SIGTERM", end);
  try {
    await work(controller.signal);
  } finally {
    process.off("SIGINT", end).off("SIGTERM", end);
  }
}
