import { money, partnerName } from "../backstage/plain-words.ts";
import { customerName, reseller } from "../cast.ts";
import type { Demo } from "../demo.ts";
import type { LogLine, LogLines } from "../receiver/log-lines.ts";
import { priceText } from "../shop/plan.ts";
import { type ShopKind, voices } from "../shop/voices/voices.ts";
import type { Sale } from "../ways/sales-counter.ts";
import { ways } from "../ways/ways.ts";
import { createBrowser, filledFields, type ReadPage, readableText } from "./browser.ts";
import type { CartOrders } from "./money-back.ts";
import type { Narrator } from "./narrator.ts";

const receiverLines = "the receiver's lines above";

/** The product asks to renew, once. */
export function waitAYear({ copy, addresses }: Demo, narrator: Narrator, sale: Sale): Promise<ReadPage> {
  const named = ways[sale.way].copyKnows ? `Sold by ${reseller.name}` : "You can renew at any time";
  return narrator.step({
    sentence: "A year passes: 30 days before the end Acme Paint asks, calmly and once, whether to renew.",
    lookAt: `${addresses.product}/`,
    async work() {
      await copy.moveTo("30-days-before");
      const page = await createBrowser().open(`${addresses.product}/`);
      const text = readableText(page);
      if (!text.includes("Your licence ends in 30 days")) throw new Error("the page has no prompt");
      if (!text.includes(named)) throw new Error(`the prompt does not say: ${named}`);
      return page;
    },
    outcome: () => `"Your licence ends in 30 days. ${named} …"`,
  });
}

/** The customer follows the renewal link. A copy that names nobody gets her to the checkout all the same. */
export function clickRenew({ addresses, receiver }: Demo, narrator: Narrator, sale: Sale): Promise<ReadPage> {
  const { copyKnows } = ways[sale.way];
  return narrator.step({
    sentence: copyKnows
      ? "The customer clicks Renew: the receiver checks the token, notes the click and sends her on to the shop."
      : "The customer clicks Renew: the link holds no token, and the receiver sends her on to the shop.",
    lookAt: receiverLines,
    async work() {
      const from = receiver.log.all.length;
      const page = await createBrowser().submit(`${addresses.product}/renewal/open`, {});
      if (!page.address.startsWith(`${addresses.shop}/checkout`))
        throw new Error(`she came to ${page.address}`);
      await receiver.log.waitFor(copyKnows ? "click.accepted" : "click.rejected", { from });
      return page;
    },
    outcome: (page) =>
      copyKnows
        ? `She is at the checkout, with the reference ${filledFields(page).reference}`
        : "She is at the checkout",
  });
}

/** What is paid, and at which shop. */
export interface Payment {
  sale: Sale;
  checkout: ReadPage;
  shop: ShopKind;
  /** What else is in the cart. */
  brushPacks: number;
}

/** The shop takes the order; its webhook brings it to the receiver. */
export async function payOrder(demo: Demo, narrator: Narrator, payment: Payment): Promise<CartOrders> {
  const { addresses, shop, receiver } = demo;
  const { checkout, sale, brushPacks } = payment;
  const { coupon } = sale.handout;
  const from = receiver.log.all.length;
  const { name, oneArticle } = voices[payment.shop];
  const count = oneArticle && brushPacks > 0 ? 2 : 1;
  const speaking = payment.shop === "stripe" ? "" : `, speaking as ${name}`;
  const typed = coupon === undefined ? "" : " with the reseller's code";
  const taken =
    brushPacks === 0 ? "the order" : count === 1 ? "an order of two lines" : "two orders for one cart";
  const order = await narrator.step({
    sentence: `The shop takes ${taken}${typed} and sends its signed webhook${count === 1 ? "" : "s"}${speaking}; the reseller is credited.`,
    lookAt: `${addresses.shop}/orders, and ${receiverLines}`,
    async work() {
      const fields = {
        ...filledFields(checkout),
        name: customerName,
        shop: payment.shop,
        brushPacks: String(brushPacks),
      };
      await createBrowser().submit(
        `${addresses.shop}/orders`,
        coupon === undefined ? fields : { ...fields, coupon },
      );
      const [first, ...others] = shop.orders.list().slice(0, count).reverse();
      if (first === undefined) throw new Error("the shop has no order");
      const orders: CartOrders = [first, ...others];
      return { orders, lines: await creditLines(receiver.log, { count, from }) };
    },
    outcome: ({ orders, lines }) => [
      ...orders.flatMap(({ number, lines: sold, taxMinor }) => [
        `Order ${number}: ${sold.map(lineOfOrder).join(", ")}, and ${priceText(taxMinor)} tax`,
      ]),
      ...lines.map(
        ({ fields }) =>
          `${partnerName(String(fields.partner))} is credited ${money(Number(fields.amountMinor), String(fields.currency))}`,
      ),
    ],
  });
  return order.orders;
}

const lineOfOrder = ({ article, quantity, netMinor }: CartOrders[0]["lines"][number]): string =>
  `${quantity === 1 ? "" : `${quantity} × `}${article.name.toLowerCase()} ${priceText(netMinor)}`;

/** The receiver's lines about so many orders. @throws when one of them is no credit */
async function creditLines(
  log: LogLines,
  { count, from }: { count: number; from: number },
): Promise<readonly LogLine[]> {
  const lines: LogLine[] = [];
  while (lines.length < count) {
    const last = lines.at(-1);
    const line = await log.waitForOneOf(
      ["order.credited", "order.unattributed", "order.held", "webhook.rejected", "webhook.failed"],
      { from: last === undefined ? from : log.all.indexOf(last) + 1 },
    );
    if (line.event !== "order.credited")
      throw new Error(`the receiver logged ${line.event}: ${line.fields.reason}`);
    lines.push(line);
  }
  return lines;
}

/** The product hears of the renewal from its shop. */
export function thankCustomer({ addresses }: Demo, narrator: Narrator): Promise<string> {
  return narrator.step({
    sentence: "Acme Paint hears from its shop that the licence is paid: the prompt goes away.",
    lookAt: `${addresses.product}/, and ${addresses.shop}/orders`,
    async work() {
      const thanks = /Thank you! Your licence now runs until [^.]*\./;
      for (;;) {
        const text = readableText(await createBrowser().open(`${addresses.product}/`));
        const said = thanks.exec(text)?.[0];
        if (said !== undefined && !text.includes("Your licence ends in")) return said;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    outcome: (said) => `"${said}"`,
  });
}
