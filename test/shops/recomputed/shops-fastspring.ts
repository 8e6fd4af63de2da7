import {
  fastspringBatch,
  fastspringChargeCompleted,
  fastspringEvent,
  fastspringOrderCompleted,
  fastspringReturnCreated,
} from "../fastspring-fixtures.ts";
import type { Json } from "../stripe-fixtures.ts";
import { type About, type History, leftOf, major, moneyOf, ordersOf, partsOf, seconds } from "./history.ts";

/** Histories at this shop: an order, and charges of its subscription, alone or in a group. */
export const fastspring = ({ n, reference, chance }: About): History => {
  const currency = chance.oneOf(["EUR", "JPY", "KWD"]);
  const told: History["told"] = [];
  let day = 0;
  const on = () => ({ eventId: `fs_${n}_${++day}`, createdMs: seconds(day) * 1000 });
  // One delivery may hold several events.
  let batch: Json[] = [];
  const orders: Record<string, Json> = {};
  const send = () => {
    const payload = fastspringBatch(...batch);
    if (batch.length > 0) told.push({ topic: "batch", body: { ...payload, orders }, payload });
    batch = [];
  };
  const tell = (event: Json) => {
    batch.push(event);
    if (chance.is(0.7)) send();
  };
  const of = (minor: number) => Number(major(minor, currency));
  const subscription = `sub-${n}`;
  for (const place of ordersOf(chance)) {
    const money = moneyOf(chance);
    const name = { id: `id-${n}-${place}`, reference: `ACM-${n}-${place}`, currency };
    const items = partsOf(money, chance).map(({ net }, at) => ({
      ...{ product: `acme-${at}`, quantity: 1, subtotal: of(net), sku: null },
      subscription: { id: subscription, intervalUnit: "year" },
    }));
    const amounts = { total: of(money.net + money.tax), tax: of(money.tax), more: { items } };
    const order = { ...name, ...amounts, subscription, ...(place === 0 ? { tags: { reference } } : {}) };
    const charge = () => fastspringChargeCompleted({ ...order, ...on() });
    const completed = () => fastspringOrderCompleted({ ...order, ...on() });
    // Without webhook expansion a charge names its order alone.
    const bare = () => {
      const event = charge();
      orders[name.id] = (event.data as Json).order as Json;
      return { ...event, data: { order: name.id, subscription } };
    };
    const bareGroup = () => {
      bare();
      const primary = { cotermGroupOrderId: name.id, cotermGroupPrimarySubscription: subscription };
      return fastspringEvent("subscription.group.charge.completed", primary, on());
    };
    const inGroup = () => {
      const event = charge();
      const primary = { cotermGroupOrderId: name.id, cotermGroupPrimarySubscription: subscription };
      const group = { ...primary, order: (event.data as Json).order };
      return fastspringEvent("subscription.group.charge.completed", group, on());
    };
    const tellings = chance.oneOf([
      [charge],
      [inGroup],
      [bare],
      [bareGroup],
      [bare, completed],
      [completed, charge],
      [charge, inGroup, completed],
    ]);
    for (const telling of place === 0 ? [completed] : tellings) tell(telling());
    const { take } = leftOf(money, chance);
    for (let step = chance.upTo(3); step > 0; step--) {
      const taken = take();
      if (taken === undefined) continue;
      const returned = partsOf(taken, chance).map(({ net }, at) => ({
        product: `acme-${at}`,
        subtotal: of(net),
      }));
      const about = { original: name.id, reference: name.reference, currency, items: returned };
      const back = { total: of(taken.net + taken.tax), tax: of(taken.tax) };
      tell(fastspringReturnCreated({ id: `ret-${name.id}-${step}`, ...about, ...back, ...on() }));
    }
  }
  send();
  return { told, orders: Object.values(orders) };
};
