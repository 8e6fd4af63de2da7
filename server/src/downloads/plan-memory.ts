import type { PlannedBytes } from "../stamp/apply-plan.ts";

/** Plans that were made already, the most recently used ones. */
export interface PlanMemory {
  get(key: string): PlannedBytes | undefined;
  set(key: string, plan: PlannedBytes): void;
}

/** What a plan weighs beside its patches. */
const planBytes = 512;

/** Remembers plans up to a weight in bytes. A plan that is heavier than a quarter of it is made anew each time. */
export function createPlanMemory(capacityBytes: number): PlanMemory {
  const plans = new Map<string, { plan: PlannedBytes; bytes: number }>();
  let heldBytes = 0;
  const forget = (key: string) => {
    heldBytes -= plans.get(key)?.bytes ?? 0;
    plans.delete(key);
  };
  return {
    get: (key) => {
      const found = plans.get(key);
      if (found === undefined) return undefined;
      plans.delete(key);
      plans.set(key, found);
      return found.plan;
    },
    set: (key, plan) => {
      forget(key);
      const bytes = plan.patches.reduce((sum, patch) => sum + patch.bytes.length, planBytes);
      if (bytes > capacityBytes / 4) return;
      plans.set(key, { plan, bytes });
      heldBytes += bytes;
      for (const oldest of plans.keys()) {
        if (heldBytes <= capacityBytes) break;
        forget(oldest);
      }
    },
  };
}
