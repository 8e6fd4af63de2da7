import type { Carrier } from "./carrier.ts";
import { isRuntime } from "./sidecar-folders.ts";

/**
 * The stamp of the package that this copy is: its single file, its program, its bundle. It counts before a file that
 * lies beside it, since such a file may have come from anywhere: a browser saves it to the same folder of downloads.
 * What reads stamps weighs as much as the rest of the client, so it is not loaded for a script that a runtime runs.
 */
export const ownStampCarrier: Carrier = {
  name: "stamp",
  async *look(context) {
    const { env, execPath } = context;
    if (isRuntime(execPath) && !env.APPIMAGE && !env.PORTABLE_EXECUTABLE_FILE) return;
    const { lookForStamps } = await import("@tallystick/sdk/stamp");
    yield* lookForStamps(context, ["own"]);
  },
};

/** The stamp of what this copy came in: the placeholder of its disc, the end of its installer. */
export const stampCarrier: Carrier = {
  name: "stamp",
  async *look(context) {
    const { lookForStamps } = await import("@tallystick/sdk/stamp");
    yield* lookForStamps(context, ["near"]);
  },
};
