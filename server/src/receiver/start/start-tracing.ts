import { version } from "../../cli/version.ts";
import type { Config } from "../../config/config.ts";
import type { Recorder } from "../../intake/recorder.ts";
import type { Tracing } from "../../tracing/tracing.ts";
import type { Log } from "../../words/log.ts";

/** Traces, where the configuration says whither; the program that does it is loaded only then. */
export async function startTracing(
  { telemetry }: Pick<Config, "telemetry">,
  log: Log,
): Promise<Tracing | undefined> {
  if (telemetry === undefined) return undefined;
  const { openTracing } = await import("../../tracing/open-tracing.ts");
  return openTracing({ url: telemetry.otlp, share: telemetry.share, version, log });
}

/** The same recorder, whose purchases are spans: on SQLite they are written in a thread of their own. */
export const tracedRecorder = (recorder: Recorder, tracing: Tracing | undefined): Recorder =>
  tracing === undefined
    ? recorder
    : {
        record: (told) =>
          tracing.within("purchase.record", { "tallystick.shop": told.shop }, () => recorder.record(told)),
      };
