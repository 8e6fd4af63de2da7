/** Something that is done again and again until it is stopped. */
export interface Repetition {
  /** No further round begins; resolves when the one under way has ended. */
  stop(): Promise<void>;
}

/**
 * Does work at once and then again after each pause. Rounds never overlap, a failed one is reported and does not
 * end the repetition, and the pauses keep no process alive.
 *
 * @param pause in milliseconds
 */
export function repeat(
  work: () => Promise<unknown>,
  { pause, onError }: { pause: number; onError: (error: unknown) => void },
): Repetition {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const round = async (): Promise<void> => {
    try {
      await work();
    } catch (error) {
      onError(error);
    }
    if (stopped) return;
    timer = setTimeout(() => {
      current = round();
    }, pause);
    timer.unref();
  };
  let current = round();
  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      return current;
    },
  };
}

/** Waits for something, and no longer. */
export async function atMost(milliseconds: number, something: Promise<unknown> | undefined): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([something, late]);
  clearTimeout(timer);
}
