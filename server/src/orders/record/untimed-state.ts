import type { RefundEvent } from "../../events/purchase-event.ts";
import { findLink, findLossEvents, lossFactOf } from "../../events/rows/events.ts";
import { newest } from "../../ledger/refund.ts";
import type { Tx } from "../../store/store.ts";
import { instant } from "../../words/clock.ts";
import { as, type ShopName } from "../../words/ids.ts";

/**
 * A state that its shop tells without a time, after all that is known of its order; undefined where the newest state says
 * the same. Other events of the order bear the times of the shop's clock, which may run ahead of the receiver's.
 */
export async function placeUntimed(
  tx: Tx,
  shop: ShopName,
  event: RefundEvent,
): Promise<RefundEvent | undefined> {
  const [id] = event.target;
  const key = id === undefined ? undefined : await findLink(tx, as.shop(shop), id);
  if (key === undefined) return event;
  const facts = (await findLossEvents(tx, key)).map(lossFactOf);
  const state = newest(facts.filter(({ effect, cumulative }) => effect === "refund" && cumulative));
  const isSame =
    state?.status === (event.whole ? "whole" : "done") &&
    state.grossMinor === event.amountMinor &&
    state.currency === event.currency;
  if (isSame) return undefined;
  return { ...event, occurredAt: instant(Math.max(event.occurredAt, ...facts.map(({ at }) => at + 1))) };
}
