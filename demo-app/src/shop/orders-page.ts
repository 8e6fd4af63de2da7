import { html } from "hono/html";
import type { Addresses } from "../addresses.ts";
import { demoBar } from "../look/demo-bar.ts";
import { type Markup, page } from "../look/page.ts";
import type { Delivery } from "./courier.ts";
import { grossOf, type Order, type OrderLine, refundableOf, refundedOf } from "./order.ts";
import { priceText } from "./plan.ts";

const times = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });

/** An order with what the store told others about it. */
export interface OrderWithDeliveries {
  order: Order;
  deliveries: readonly Delivery[];
}

/** The merchant's list of orders, the newest first. */
export function ordersPage(addresses: Addresses, rows: readonly OrderWithDeliveries[]): Markup {
  const body = html`${demoBar(addresses, "orders")}
<main>
<header class="store-head"><p class="eyebrow">Acme Store · For the merchant</p><h1>Orders</h1>
<p class="soft">Give back a part or all of a payment: the receiver hears of it by a signed webhook, and takes back as much of the credit.</p></header>
${
  rows.length === 0
    ? html`<p class="card empty">No orders yet. <a href="/checkout">Buy something</a>, or renew in <a href="${addresses.product}/">Acme Paint</a>.</p>`
    : html`<div class="card table-card"><table>
<thead><tr><th scope="col">Order</th><th scope="col">Customer</th><th scope="col">Lines</th><th scope="col" class="number">Paid</th><th scope="col" class="number">Given back</th><th scope="col">Webhooks</th><th scope="col">Refund</th></tr></thead>
<tbody>${rows.map(orderRow)}</tbody></table></div>`
}
</main>`;
  return page({
    title: "Orders – Acme Store",
    site: "store",
    body,
    styles: ["/shop.css"],
    scripts: ["/fresh.js"],
  });
}

function orderRow({ order, deliveries }: OrderWithDeliveries): Markup {
  return html`<tr>
<th scope="row"><a href="/orders/${order.id}">${order.number}</a><span class="soft small">${times.format(order.paidAt)}</span></th>
<td data-label="Customer">${order.name}<span class="soft small">${order.email}</span></td>
<td data-label="Lines">${order.lines.map(lineText).join(", ")}</td>
<td data-label="Paid" class="number">${priceText(grossOf(order))}</td>
<td data-label="Given back" class="number">${refundedOf(order) === 0 ? "–" : priceText(refundedOf(order))}</td>
<td data-label="Webhooks">${deliverySummary(deliveries)}</td>
<td data-label="Refund">${refundForm(order)}</td>
</tr>`;
}

/** What a line is, such as `2 × brush pack`. */
export const lineText = ({ article, quantity }: OrderLine): string =>
  quantity === 1 ? article.name.toLowerCase() : `${quantity} × ${article.name.toLowerCase()}`;

/** The form that gives back a part or all; the amount defaults to half of what is left. */
export function refundForm(order: Order): Markup {
  const left = refundableOf(order);
  if (left === 0) return html`<span class="tag quiet">refunded in full</span>`;
  const half = (Math.ceil(left / 2) / 100).toFixed(2);
  return html`<form class="refund" method="post" action="/orders/${order.id}/refunds">
<label class="unseen" for="amount-${order.id}">Amount to give back of ${order.number}, in euros</label>
<input id="amount-${order.id}" name="amount" inputmode="decimal" value="${half}" size="7">
<button type="submit" name="how" value="part">Refund</button>
<button type="submit" name="how" value="all">All ${priceText(left)}</button>
</form>`;
}

function deliverySummary(deliveries: readonly Delivery[]): Markup {
  const waiting = deliveries.filter(({ state }) => state === "waiting").length;
  const lost = deliveries.filter(({ state }) => state === "given_up").length;
  if (lost > 0) return html`<span class="tag bad">${lost} given up</span>`;
  if (waiting > 0) return html`<span class="tag warn">${waiting} on the way</span>`;
  return html`<span class="tag good">${deliveries.length} delivered</span>`;
}
