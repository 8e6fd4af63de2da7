/** Signals that mean: stop. */
export type StopSignal = "SIGTERM" | "SIGINT";

/** What signals are heard from: the process, or something like it in a test. */
export interface SignalSource {
  on(signal: StopSignal, listener: () => void): unknown;
}

/**
 * A signal that comes again within this time is the same one: `npm run` passes on what the terminal, or a control
 * group, has sent to the program already.
 */
const sameForMs = 1_000;

/**
 * Listens for the signals that mean to stop. `first` resolves with the first of them; `again` is called with a later one,
 * from a person who does not want to wait.
 *
 * @param nowMs a clock that only goes forward
 */
export function hearStopSignals(
  source: SignalSource,
  again: (signal: StopSignal) => void,
  nowMs: () => number = () => performance.now(),
): { first: Promise<StopSignal> } {
  const first = Promise.withResolvers<StopSignal>();
  let firstAtMs: number | undefined;
  const hear = (signal: StopSignal) => () => {
    if (firstAtMs === undefined) {
      firstAtMs = nowMs();
      first.resolve(signal);
    } else if (nowMs() - firstAtMs >= sameForMs) again(signal);
  };
  source.on("SIGTERM", hear("SIGTERM"));
  source.on("SIGINT", hear("SIGINT"));
  return { first: first.promise };
}
