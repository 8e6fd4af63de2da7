import type { Deps } from "../../deps/deps.ts";
import { bringWaitingForward } from "../../intake/rows/waiting-deliveries.ts";
import { bringMailForward } from "../../mail/rows/mails.ts";
import { bringForward } from "../../outbox/rows/work.ts";
import { addDays } from "../../words/clock.ts";

/** Nothing is put off for longer: a destination may ask for a day. */
const longestWaitDays = 2;

/**
 * Makes due what a clock that ran ahead, and was set right, has put off until its own time comes: messages, mails, and
 * deliveries that wait for their shop's API. Each is a look at the end of an index.
 */
export async function setDueRight({ store, clock }: Pick<Deps, "store" | "clock">): Promise<void> {
  const now = clock();
  const range = { now, latest: addDays(now, longestWaitDays) };
  await store.write(async (tx) => {
    await bringForward(tx, range);
    await bringMailForward(tx, range);
    await bringWaitingForward(tx, range);
  });
}
