import { listAdjustments } from "../adjustments/list-adjustments.ts";
import { listRequests } from "../approvals/approvals.ts";
import type { Deps } from "../deps/deps.ts";
import { listDisputes } from "../disputes/open-dispute.ts";
import { type DeskFacts, noteNotice } from "../notices/notices.ts";
import { listPayouts } from "../payouts/payout.ts";
import { dueDigests } from "../people/due-digests.ts";
import { readMoments } from "../store/moments.ts";
import { type Instant, instant } from "../words/clock.ts";
import { isQuiet } from "./first-screen.ts";
import { readQueues } from "./queues.ts";
import { countWaitingDeals } from "./rows/first-screen.ts";

/** More than this is not counted: it is enough to know that much waits. */
const countedAtMost = 1_000;

/**
 * Notes for the vendor's people what waits for them, as often as each of them wants it. Of one day each is noted once, on
 * however many processes. Where nothing waits nobody is told.
 *
 * @returns how many were noted
 */
export async function noteDeskDigests(deps: Deps): Promise<number> {
  let waiting: DeskFacts | undefined;
  let noted = 0;
  for await (const { id, today } of dueDigests(deps, "vendor")) {
    waiting ??= await readWaiting(deps, today);
    if (!isWaiting(waiting)) return noted;
    const [notice, once] = [{ kind: "desk", person: id, facts: waiting } as const, `${id} ${today}`];
    if (await deps.store.write((tx) => noteNotice(tx, notice, { once, now: deps.clock() }))) noted++;
  }
  return noted;
}

/** What waits for the vendor's people now: counts, and never whose it is. */
export async function readWaiting(deps: Deps, date: Instant): Promise<DeskFacts> {
  const limit = countedAtMost;
  const [payouts, adjustments, requests, deals, disputes, queues, moments] = await Promise.all([
    listPayouts(deps, { state: "proposed", limit }),
    listAdjustments(deps, { status: "pending", limit }),
    listRequests(deps, { status: "pending", limit }),
    deps.store.read(countWaitingDeals),
    listDisputes(deps, { due: true, limit }),
    readQueues(deps),
    deps.store.read(readMoments),
  ]);
  const dueAt = disputes.disputes[0]?.answerDueAt ?? null;
  const shops = [...deps.config.shops.keys()]
    .map((shop) => ({ shop, heardAt: moments.get(`shop:${shop}`) ?? null }))
    .filter(({ heardAt }) => isQuiet(heardAt ?? undefined, deps.clock()));
  return {
    date,
    payouts: payouts.payouts.length,
    adjustments: adjustments.adjustments.length + requests.requests.length,
    deals,
    held: queues.held,
    disputes: disputes.disputes.length,
    disputeDueAt: dueAt === null ? null : instant(Date.parse(dueAt)),
    stuck: queues.stuck,
    shops,
  };
}

const isWaiting = ({ payouts, adjustments, deals, held, disputes, stuck, shops }: DeskFacts): boolean =>
  payouts + adjustments + deals + held + disputes + stuck + shops.length > 0;
