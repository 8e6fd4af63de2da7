import { setTimeout as pause } from "node:timers/promises";

/**
 * Resolves once something is so; looks every few milliseconds. For what another process or thread comes to in its own
 * time. It has no deadline: a test that waits in vain is ended by its own, which is minutes long.
 */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(2);
}
