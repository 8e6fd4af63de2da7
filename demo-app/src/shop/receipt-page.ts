import { html } from "hono/html";
import type { Addresses } from "../addresses.ts";
import { demoBar } from "../look/demo-bar.ts";
import { type Markup, page } from "../look/page.ts";
import { grossOf, type Order, refundedOf } from "./order.ts";
import { lineText } from "./orders-page.ts";
import { priceText, taxPercent } from "./plan.ts";

const days = new Intl.DateTimeFormat("en-GB", { dateStyle: "long" });

/** The customer's receipt, and the way back to her picture. */
export function receiptPage(addresses: Addresses, order: Order): Markup {
  const body = html`${demoBar(addresses, "checkout")}
<main class="narrow receipt-page">
<h1>Thank you, ${order.name}.</h1>
<p class="lead">${order.licence === undefined ? "Your licence is on its way." : "Your licence is renewed."} A receipt goes to ${order.email}.</p>
<div class="receipt-paper"><article class="receipt" aria-label="Receipt ${order.number}">
<header><p class="receipt-store">Acme Store</p><p>Receipt ${order.number}</p><p>${days.format(order.paidAt)}</p></header>
<dl>
${order.lines.map((line) => html`<div><dt>Acme Paint, ${lineText(line)}</dt><dd>${priceText(line.netMinor)}</dd></div>`)}
${order.licence === undefined ? "" : html`<div class="receipt-note"><dt>Licence</dt><dd>${order.licence}</dd></div>`}
<div><dt>VAT, ${taxPercent} %</dt><dd>${priceText(order.taxMinor)}</dd></div>
<div class="total"><dt>Total paid</dt><dd>${priceText(grossOf(order))}</dd></div>
${refundedOf(order) === 0 ? "" : html`<div class="total"><dt>Given back</dt><dd>−${priceText(refundedOf(order))}</dd></div>`}
</dl>
<p class="receipt-foot">Paid with play money. Keep painting.</p>
</article></div>
<p class="actions"><a class="button primary" href="${addresses.product}/">Back to Acme Paint</a>
<a class="button" href="/orders/${order.id}">See it as the store does</a></p>
</main>`;
  return page({ title: `Receipt ${order.number} – Acme Store`, site: "store", body, styles: ["/shop.css"] });
}
