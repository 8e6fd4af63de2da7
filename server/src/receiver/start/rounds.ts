import { sortJournal } from "../../books/sort-movements.ts";
import { resealCustomers } from "../../customers/reseal-customers.ts";
import { settleDealSites } from "../../deals/settle-deal-sites.ts";
import type { Deps } from "../../deps/deps.ts";
import { remindDisputes } from "../../disputes/answer-dispute.ts";
import { releaseImported } from "../../imports/release-imported.ts";
import { workOffImports } from "../../imports/work-off-imports.ts";
import { retryWaiting, type WaitingDeps } from "../../intake/waiting-room.ts";
import { pruneLimits } from "../../limits/prune-limits.ts";
import { pruneMail } from "../../mail/send-due.ts";
import { pruneNotices } from "../../mail/tell-notices.ts";
import { decideWaiting } from "../../orders/decide/decide-some.ts";
import { sortOrders } from "../../orders/record/sort-orders.ts";
import { releaseDue } from "../../orders/rule/release.ts";
import { createEmailPruner } from "../../registered-emails/prune-emails.ts";
import { createClickPruner } from "../../renewal/prune-clicks.ts";
import { createRegistrationPruner } from "../../renewal/prune-registrations.ts";
import { refreshEarningsQuietly } from "../../reports/refresh-earnings.ts";
import { followRewards } from "../../rewards/follow-rewards.ts";
import { Unopened } from "../../secrets/unopened.ts";
import { pruneSessions } from "../../sessions/sessions.ts";
import type { Log } from "../../words/log.ts";
import type { ClockWatch } from "./clock-watch.ts";
import { type Repetition, repeat } from "./repeating.ts";
import { setDueRight } from "./set-due-right.ts";

/** What the rounds need beside the dependencies. */
export interface RoundsOptions {
  /** A log whose lines wake what sends messages. */
  waking: Log;
  retrying: WaitingDeps;
  /** What cannot be undone waits while the clock is not steady. */
  watch: ClockWatch;
  isStopping: () => boolean;
}

/** A round: its work, the pause behind it in milliseconds, and its name in the log where it fails. */
type Round = [cause: string, pause: number, work: () => Promise<unknown>];

const second = 1_000;
const minute = 60 * second;

/** Starts what a receiver does again and again beside its requests. Each round stands for itself: one that fails stops no other. */
export function startRounds(deps: Deps, { waking, retrying, watch, isStopping }: RoundsOptions): Repetition {
  const wakingDeps = { ...deps, log: waking };
  const prune = createPrune(deps);
  const unopened = new Unopened();
  const release = () => Promise.all([releaseDue(deps), releaseImported(deps), workOffImports(deps)]);
  const rounds: Round[] = [
    ["release", minute, async () => watch.isSteady() && (await release())],
    [
      "limits",
      minute,
      async () => {
        await setDueRight(deps);
        if (watch.isSteady()) await prune();
      },
    ],
    ["waiting_decisions", second, () => decideWaiting(wakingDeps)],
    ["confirm", 5 * second, () => retryWaiting(retrying)],
    ["reminders", minute, () => remindDisputes(deps)],
    ["earnings", minute, () => refreshEarningsQuietly(deps, isStopping)],
    [
      "customers",
      minute,
      // A process of an older version beside this one keeps deals without a site.
      () => Promise.all([resealCustomers(deps, { unopened }), settleDealSites(deps, { unopened })]),
    ],
    [
      "sorting",
      second,
      async () => {
        await sortJournal(deps, { isStopping });
        await sortOrders(deps, { isStopping });
      },
    ],
    ["rewards", 5 * second, () => followRewards(wakingDeps)],
  ];
  const running = rounds.map(([cause, pause, work]) =>
    repeat(work, { pause, onError: (error) => deps.log.error("server.failed", { cause }, error) }),
  );
  return {
    stop: async () => {
      await Promise.all(running.map((one) => one.stop()));
    },
  };
}

/** Takes away what need not be kept any longer. */
function createPrune(deps: Deps): () => Promise<unknown> {
  const clicks = createClickPruner(deps);
  const registrations = createRegistrationPruner(deps);
  const emails = createEmailPruner(deps);
  return () =>
    Promise.all([
      pruneLimits(deps),
      pruneSessions(deps),
      pruneMail(deps),
      pruneNotices(deps),
      clicks.prune(),
      registrations.prune(),
      emails.prune(),
    ]);
}
