import { html } from "hono/html";
import type { Addresses } from "../addresses.ts";
import { demoBar } from "../look/demo-bar.ts";
import { type Markup, page } from "../look/page.ts";
import type { Delivery } from "./courier.ts";
import { grossOf, isGivenBack, type Order, type OrderLine, type Refund, refundedOf } from "./order.ts";
import { lineText, type OrderWithDeliveries, refundForm } from "./orders-page.ts";
import { priceText, taxPercent } from "./plan.ts";
import { voices } from "./voices/voices.ts";

const times = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });

/** One order as the merchant sees it: the money, and every try to tell others about it. */
export function orderPage(
  addresses: Addresses,
  { order, deliveries }: OrderWithDeliveries,
  problem?: string,
): Markup {
  const body = html`${demoBar(addresses, "orders")}
<main class="narrow">
<header class="store-head"><p class="eyebrow"><a href="/orders">Orders</a></p><h1>Order ${order.number}</h1></header>
${problem === undefined ? "" : html`<p class="notice bad" role="alert">${problem}</p>`}
<div class="two">
<section class="card" aria-labelledby="facts"><h2 id="facts">The sale</h2>${facts(order)}
<p><a href="/orders/${order.id}/receipt">The customer’s receipt</a></p></section>
<section class="card" aria-labelledby="money"><h2 id="money">Money back</h2>${refundForm(order)}${lineForms(order)}${refundList(order)}${disputeForms(order)}
<p class="small soft">Every change is sent to the receiver as ${voices[order.shop].name} tells it and signs it.</p>
<p><a class="button" href="/behind-the-scenes?order=${encodeURIComponent(order.id)}">Who is credited?</a></p></section>
</div>
<section class="card" aria-labelledby="told"><h2 id="told">What the store told others</h2>
<ol class="deliveries">${deliveries.map(deliveryItem)}</ol></section>
</main>`;
  return page({
    title: `Order ${order.number} – Acme Store`,
    site: "store",
    body,
    styles: ["/shop.css"],
    scripts: ["/fresh.js"],
  });
}

function facts(order: Order): Markup {
  const rows: readonly (readonly [string, string | Markup])[] = [
    ["Customer", `${order.name}, ${order.email}`],
    ...order.lines.map(
      (line) => [`Line ${line.number}`, `${lineText(line)}, ${priceText(line.netMinor)}`] as const,
    ),
    ["Net", priceText(order.netMinor)],
    [`VAT, ${taxPercent} %`, priceText(order.taxMinor)],
    ["Paid", priceText(grossOf(order))],
    ["Given back", priceText(refundedOf(order))],
    ["Licence", order.licence ?? "a new one"],
    [
      "Reference",
      order.reference === undefined
        ? "none: not through the receiver"
        : html`<code>${order.reference}</code>`,
    ],
    ...(order.coupon === undefined ? [] : [["Code of a partner", order.coupon] as const]),
    ["Sold as", voices[order.shop].name],
    ["Known by", html`<code>${order.id}</code>`],
  ];
  return html`<dl class="facts">${rows.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** A button for each line that can still go back as a whole. One line alone is all of the order. */
function lineForms(order: Order): Markup {
  const left = order.lines.filter((line) => !isGivenBack(order, line));
  if (order.lines.length < 2 || left.length === 0) return html``;
  return html`<form class="refund" method="post" action="/orders/${order.id}/refunds">${left.map(lineButton)}</form>`;
}

const lineButton = (line: OrderLine): Markup =>
  html`<button type="submit" name="line" value="${line.number}">Refund ${lineText(line)}, ${priceText(grossOf(line))}</button>`;

/** What was given back, and the bank's way to send it back again. */
function refundList(order: Order): Markup {
  if (order.refunds.length === 0) return html``;
  const { name, refundFailed } = voices[order.shop];
  const untold = refundFailed === undefined && order.refunds.some(({ failedAt }) => failedAt !== undefined);
  return html`<ul class="refunds">${order.refunds.map((refund) => refundItem(order, refund))}</ul>
${untold ? html`<p class="small">${name} tells nobody that a refund failed. By hand: <code>tallystick order correct ${order.shop} ${order.id} --restored AMOUNT --note WHY</code></p>` : ""}`;
}

function refundItem(order: Order, refund: Refund): Markup {
  const of = refund.line === undefined ? "" : ` for ${lineText(refund.line)}`;
  const end =
    refund.failedAt !== undefined
      ? html`<span class="tag bad">failed</span>`
      : html`<form method="post" action="/orders/${order.id}/refunds/${refund.id}/failed"><button type="submit">The bank sends it back</button></form>`;
  return html`<li><span>${priceText(grossOf(refund))}${of}</span>${end}</li>`;
}

function disputeForms(order: Order): Markup {
  const { name, disputed } = voices[order.shop];
  if (disputed === undefined) return html`<p class="small">${name} has no event for a dispute.</p>`;
  const status = order.dispute?.status;
  if (status === "won" || status === "lost") return html`<p>The bank’s dispute was ${status}.</p>`;
  const steps = status === "open" ? (["won", "lost"] as const) : (["open"] as const);
  const texts = { open: "The bank disputes it", won: "Dispute won", lost: "Dispute lost" };
  return html`<form class="refund" method="post" action="/orders/${order.id}/disputes">
${steps.map((step) => html`<button type="submit" name="status" value="${step}">${texts[step]}</button>`)}</form>`;
}

function deliveryItem(delivery: Delivery): Markup {
  const states = {
    waiting: ["warn", "on the way"],
    delivered: ["good", "delivered"],
    given_up: ["bad", "given up"],
  } as const;
  const [tone, text] = states[delivery.state];
  return html`<li><div class="delivery-head"><b>${delivery.type}</b><span class="tag ${tone}">${text}</span>
<form method="post" action="/orders/${delivery.order}/deliveries/${delivery.id}"><button type="submit">Send again</button></form></div>
<ol class="attempts">${delivery.attempts.map((attempt) => html`<li><time>${times.format(attempt.at)}</time> ${typeof attempt.outcome === "number" ? `answered ${attempt.outcome}` : attempt.outcome}</li>`)}${
    delivery.nextAttemptAt === undefined
      ? ""
      : html`<li class="soft"><time>${times.format(delivery.nextAttemptAt)}</time> next try</li>`
  }</ol></li>`;
}
