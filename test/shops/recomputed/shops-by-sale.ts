import { gumroadPing, gumroadSale } from "../gumroad-fixtures.ts";
import { ownPurchaseCompleted, ownPurchaseDisputed, ownPurchaseRefunded } from "../own-shop-fixtures.ts";
import type { Json } from "../stripe-fixtures.ts";
import { type About, type History, iso, leftOf, moneyOf, ordersOf, partsOf } from "./history.ts";

/** Histories at this shop: sales of a membership, gifts and trials. Its API alone tells how much of each went back. */
export const gumroad = ({ n, reference, chance }: About): History => {
  const told: History["told"] = [];
  const sales: Json[] = [];
  const kind = chance.oneOf(["sale", "sale", "gift", "trial"]);
  for (const place of kind === "gift" ? [0] : ordersOf(chance)) {
    const { net: price } = moneyOf(chance);
    const id = `sale-${n}-${place}`;
    const isTrial = kind === "trial" && place === 0;
    const paid = 1 + chance.upTo(99_999);
    const text = (cents: number) =>
      chance.is(0.5) && cents % 100 === 0 ? String(cents / 100) : (cents / 100).toFixed(2);
    const whole = !isTrial && chance.is(0.2) && { refunded: true };
    const isPart = !whole && kind !== "gift" && !isTrial && chance.is(0.4);
    const back = isPart && {
      partially_refunded: true,
      amount_refundable_in_currency: text(chance.upTo(paid)),
    };
    const isWon = chance.is(0.5);
    const disputed = kind !== "gift" &&
      !isTrial &&
      chance.is(0.3) && { [chance.oneOf(["disputed", "chargedback"])]: true, dispute_won: isWon };
    const state = {
      ...{
        id,
        price: kind === "gift" ? 0 : price,
        recurring_charge: place > 0,
        is_upgrade_purchase: place > 0 && chance.is(0.3),
      },
      ...{
        formatted_total_price: `$${text(paid)}${place > 0 ? " a month" : ""}`,
        amount_refundable_in_currency: text(paid),
      },
      ...(kind === "gift" ? { is_gift_receiver_purchase: true } : {}),
      ...(kind === "trial" ? { free_trial_ends_on: "December 3, 2025" } : {}),
    };
    const sale = gumroadSale({ ...state, ...(back || {}), ...(whole || {}), ...(disputed || {}) });
    sales.push(sale);
    const gift = {
      is_gift_receiver_purchase: "true",
      gift_price: String(price),
      gifter_email: `g-${n}@customer.example`,
    };
    const more = {
      license_key: `LICENCE-${n}`,
      email: `buyer-${n}@customer.example`,
      ...(kind === "gift" ? gift : {}),
    };
    const params = place === 0 ? { params: { ref: reference } } : { recurring: true };
    const of = { id, priceCents: kind === "gift" ? 0 : price, ...params, subscription: `member-${n}`, more };
    const resources = [
      "sale",
      ...(back || whole ? ["refund"] : []),
      ...(disputed ? ["dispute"] : []),
      ...(disputed && isWon ? ["dispute_won"] : []),
    ];
    // Each ping is read as the sale stands by then, beside what the ping alone says of a gift.
    for (const resource of resources) {
      const ping = gumroadPing({ ...of, resource });
      told.push({ topic: resource, body: { ...sale, gift_price: ping.gift_price }, payload: ping });
    }
  }
  return { told, sales };
};

/** Histories at the vendor's own shop: orders by line, edits, prepaid lines, refunds in every status, disputes. */
export const own = ({ n, reference, chance }: About): History => {
  const told: History["told"] = [];
  const tell = (body: Json) => told.push({ topic: String(body.type), body, payload: body });
  let day = 0;
  const currency = chance.oneOf(["EUR", "JPY", "KWD"]);
  for (const place of ordersOf(chance)) {
    const money = moneyOf(chance);
    const order = `A-${n}-${place}`;
    const none = { licence: null, coupon: null, customer: undefined };
    const claims =
      place === 0
        ? { cycle: "new", reference }
        : { cycle: chance.oneOf(["renewal", "upgrade"]), reference: null };
    // Money for later is a line, and no part of the order.
    const prepaid = chance.is(0.2) ? 1 + chance.upTo(5000) : 0;
    const completed = (more: number) => {
      const parts = partsOf({ net: money.net + more, tax: money.tax }, chance);
      const lines = parts.map(({ net, tax }, at) => ({
        line: `L${at}`,
        product: null,
        quantity: 1,
        netMinor: net,
        taxMinor: tax,
      }));
      const card = { line: "card", quantity: 1, netMinor: prepaid, taxMinor: 0, kind: "prepaid" };
      const all = prepaid > 0 ? [...lines, card] : chance.is(0.7) ? lines : undefined;
      const totals = { netMinor: money.net + more + prepaid, taxMinor: money.tax, lines: all };
      const names = { order, subscription: `S-${n}`, currency, ...none, ...claims };
      tell(ownPurchaseCompleted({ ...names, ...totals, changedAt: iso(++day) }));
    };
    if (chance.is(0.3)) completed(500);
    completed(0);
    const { take, putBack } = leftOf(money, chance);
    for (let step = chance.upTo(4); step > 0; step--) {
      const taken = take();
      if (taken === undefined) continue;
      const card = prepaid > 0 ? [{ line: "card", netMinor: chance.upTo(prepaid), taxMinor: 0 }] : [];
      const cardMinor = card[0]?.netMinor ?? 0;
      const lines = [{ line: "L0", netMinor: taken.net, taxMinor: taken.tax }, ...card];
      const apart = prepaid > 0 || chance.is(0.5) ? { netMinor: taken.net + cardMinor, lines } : {};
      const amountMinor = taken.net + taken.tax + cardMinor;
      const refund = { order, refund: `R-${step}`, currency, amountMinor, ...apart };
      const statuses = chance.oneOf([
        ["done"],
        ["pending", "done"],
        ["done", "failed"],
        ["done", "deleted"],
        ["pending", "cancelled"],
        [undefined],
      ]);
      for (const status of statuses) tell(ownPurchaseRefunded({ ...refund, status, refundedAt: iso(++day) }));
      if (!["done", undefined].includes(statuses.at(-1))) putBack(taken);
    }
    const gross = money.net + money.tax;
    if (prepaid > 0 || gross === 0 || chance.is(0.7)) continue;
    const dispute = { order, dispute: `D-${order}`, currency, amountMinor: 1 + chance.upTo(gross - 1) };
    for (const status of chance.oneOf([
      ["opened"],
      ["opened", "won"],
      ["opened", "lost"],
      ["opened", "won", "lost"],
    ]))
      tell(ownPurchaseDisputed({ ...dispute, status, disputedAt: iso(++day) }));
  }
  return { told };
};
