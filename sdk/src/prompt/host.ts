import type { Timeline } from "../client/timeline.ts";
import type { Reminder } from "../renewal/reminder.ts";

/** What the product and its machine are doing. What is left out is taken for a good moment. */
export interface HostConditions {
  /** Any program fills the screen. */
  fullScreen?: boolean | undefined;
  /** The screen is shared or projected, or kept from sleeping. */
  presenting?: boolean | undefined;
  /** The system's do-not-disturb or focus mode is on. */
  doNotDisturb?: boolean | undefined;
  /** The product is exporting, recording, saving. */
  busy?: boolean | undefined;
  /** The product's window is in front. */
  foreground?: boolean | undefined;
  /** How long nobody has typed or moved anything. */
  idleSeconds?: number | undefined;
}

/** Why a prompt that is due waits, in order of precedence. */
export const waitReasons = [
  "full_screen",
  "presenting",
  "do_not_disturb",
  "busy",
  "background",
  "new_copy",
  "at_work",
] as const;

/** Why a prompt that is due waits. `new_copy`: its first week; `at_work`: neither just started, nor back, nor idle. */
export type WaitReason = (typeof waitReasons)[number];

/** So long after a start, or after `beginSession()`, nobody is in the middle of something. */
const arrivalMs = 120_000;

const idleEnoughSeconds = 60;

const firstWeekMs = 7 * 86_400_000;

/** Whether a prompt has to wait, and why. The first week ends early for what ends within a day. Pure. */
export function waitReason(
  host: HostConditions,
  { now, sessionBeganAt, firstSeenAt }: Timeline,
  urgency: Reminder["urgency"],
): WaitReason | null {
  const atWork = now - sessionBeganAt > arrivalMs && (host.idleSeconds ?? 0) < idleEnoughSeconds;
  const holds: Record<WaitReason, boolean | undefined> = {
    full_screen: host.fullScreen,
    presenting: host.presenting,
    do_not_disturb: host.doNotDisturb,
    busy: host.busy,
    background: host.foreground === false,
    new_copy: urgency !== "high" && now - firstSeenAt < firstWeekMs,
    at_work: atWork,
  };
  return waitReasons.find((reason) => holds[reason]) ?? null;
}
