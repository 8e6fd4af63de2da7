import { readStamp } from "@tallystick/sdk/stamp";
import { stampFile } from "../../../server/src/stamp/apply-plan.ts";
import { openFileSource } from "../../../server/src/stamp/file-source.ts";
import { planStamp } from "../../../server/src/stamp/plan-stamp.ts";
import { answerParent } from "../children.ts";

/** What the process that stamps can be asked. */
export type StamperTasks = {
  /** Stamps a copy: milliseconds from opening the original to the finished copy. */
  stamp(files: { from: string; to: string; token: string }): Promise<number>;
  /** Opens a file, reads its stamp and closes it: milliseconds. */
  read(files: { path: string; token: string }): Promise<number>;
  /** The most resident memory that was seen so far, in MiB. */
  peak(): number;
};

// The system's own record of it would begin with what the parent had when it started this process.
let peakBytes = process.memoryUsage.rss();
const look = () => {
  peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
};
setInterval(look, 5);

answerParent({
  stamp: async ({ from, to, token }) => {
    const begun = performance.now();
    const source = await openFileSource(from);
    await stampFile(source, await planStamp(source, token), to);
    await source.close();
    return performance.now() - begun;
  },
  read: async ({ path, token }) => {
    const begun = performance.now();
    const source = await openFileSource(path);
    const reading = await readStamp(source);
    await source.close();
    const milliseconds = performance.now() - begun;
    if (reading.code !== "stamped" || reading.token !== token) throw new Error(`${path} has another stamp`);
    return milliseconds;
  },
  peak: () => {
    look();
    return peakBytes / 2 ** 20;
  },
} satisfies StamperTasks);
