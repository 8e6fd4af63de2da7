import { money } from "../backstage/plain-words.ts";
import { reseller } from "../cast.ts";
import type { Demo } from "../demo.ts";
import type { DecisionRecord } from "../receiver/admin.ts";
import { grossOf, type Order } from "../shop/order.ts";
import { voices } from "../shop/voices/voices.ts";
import { licenceCreditMinor, readRecord, remainingMinor } from "./accounts.ts";
import { createBrowser } from "./browser.ts";
import type { Narrator } from "./narrator.ts";

/** The orders of one cart: one, or the licence's and then another for what was bought beside it. */
export type CartOrders = readonly [Order, ...Order[]];

/** What went back of a cart, and what the reseller was left with in the end. */
export async function takeBack(demo: Demo, narrator: Narrator, orders: CartOrders): Promise<void> {
  await refundOneLine(demo, narrator, orders);
  await refundThatFails(demo, narrator, orders);
}

/** The merchant gives back the second line, and the credit for it goes with it. */
function refundOneLine(demo: Demo, narrator: Narrator, orders: CartOrders): Promise<DecisionRecord> {
  const order = orders.at(-1) ?? orders[0];
  const { name, refundsByLine, oneArticle } = voices[order.shop];
  const how = refundsByLine
    ? "and the event names it"
    : oneArticle
      ? "which is an order of its own here"
      : `but ${name} tells the amount alone, so it is taken of all lines in proportion`;
  return narrator.step({
    sentence: `The shop gives one line back, the brushes, ${how}.`,
    lookAt: lookAt(demo, order),
    async work() {
      const fields: Record<string, string> = oneArticle ? { how: "all" } : { line: "2" };
      await createBrowser().submit(`${demo.addresses.shop}/orders/${order.id}/refunds`, fields);
      await keeps(demo, orders, licenceCreditMinor);
      const record = await readRecord(demo, order);
      checkLines(record, order);
      return record;
    },
    outcome: (record) => [
      `${reseller.name} keeps ${money(licenceCreditMinor, record.currency)}, the share of the licence`,
      ...(refundsByLine ? record.lines.map((line) => lineText(line, record.currency)) : []),
    ],
  });
}

/** The rest is given back too, and the bank sends it back: nothing was lost after all. */
function refundThatFails(demo: Demo, narrator: Narrator, orders: CartOrders): Promise<"told" | "untold"> {
  const [order] = orders;
  const { name, refundFailed, currency = "EUR" } = voices[order.shop];
  const end =
    refundFailed === undefined ? `${name} tells nobody, so the vendor enters it` : "the bank sends it back";
  return narrator.step({
    sentence: `It gives the rest back, and the refund fails: ${end}.`,
    lookAt: lookAt(demo, order),
    async work() {
      const browser = createBrowser();
      const refunds = `${demo.addresses.shop}/orders/${order.id}/refunds`;
      await browser.submit(refunds, { how: "all" });
      await keeps(demo, orders, 0);
      const refund = order.refunds.at(-1);
      if (refund === undefined) throw new Error("the shop gave nothing back");
      await browser.submit(`${refunds}/${refund.id}/failed`, {});
      if (refundFailed === undefined) await correct(demo, order, grossOf(refund));
      await keeps(demo, orders, licenceCreditMinor);
      return refundFailed === undefined ? "untold" : "told";
    },
    outcome: (how) => [
      ...(how === "untold" ? [`order correct ${order.shop} ORDER --restored AMOUNT`] : []),
      `The credit went down to ${money(0, currency)} and is ${money(licenceCreditMinor, currency)} again`,
    ],
  });
}

/** Waits until the reseller is left with so much of a cart. */
async function keeps(demo: Demo, orders: CartOrders, expectedMinor: number): Promise<void> {
  for (;;) {
    const records = await Promise.all(orders.map((order) => readRecord(demo, order)));
    const left = records.reduce((sum, record) => sum + remainingMinor(record), 0);
    if (left === expectedMinor) return;
    const refused = orders
      .flatMap((order) => demo.shop.deliveriesOf(order))
      .find(({ attempts }) => wasRefused(attempts));
    if (refused !== undefined) throw new Error(`the receiver refused ${refused.type}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const wasRefused = (attempts: readonly { outcome: number | string }[]): boolean =>
  attempts.some(({ outcome }) => typeof outcome === "number" && outcome >= 400 && outcome < 500);

/** What a person does where a shop is silent; the amount as the shop's own currency has it. */
function correct({ admin }: Demo, { shop, id, netMinor }: Order, grossMinor: number): Promise<unknown> {
  const restoredMinor = voices[shop].currency === undefined ? grossMinor : netMinor;
  return admin.post(`/v1/orders/${shop}/${encodeURIComponent(id)}/corrections`, {
    what: { restored: (restoredMinor / 100).toFixed(2) },
    note: "The bank sent the refund back",
  });
}

/** Where the shop tells lines and refunds by line, the receiver knows which line went back. */
function checkLines(record: DecisionRecord, { shop, lines }: Order): void {
  const { tellsLines, refundsByLine } = voices[shop];
  if (tellsLines && record.lines.length !== lines.length)
    throw new Error(`the receiver knows of ${record.lines.length} lines, and the shop sold ${lines.length}`);
  if (!refundsByLine) return;
  const lost = record.lines.map(({ lostNetMinor }) => lostNetMinor);
  if (lost[0] !== 0 || lost[1] !== lines[1]?.netMinor)
    throw new Error(`the receiver takes ${lost.join(" and ")} for lost`);
}

const lineText = (
  { kind, netMinor, lostNetMinor }: DecisionRecord["lines"][number],
  currency: string,
): string => `${kind}: ${money(netMinor, currency)} net, ${money(lostNetMinor, currency)} of it given back`;

const lookAt = ({ addresses }: Demo, { id }: Order): string =>
  `${addresses.shop}/orders/${id}, and the receiver's lines above`;
