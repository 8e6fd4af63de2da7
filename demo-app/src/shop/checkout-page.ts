import { html } from "hono/html";
import type { Addresses } from "../addresses.ts";
import { demoBar } from "../look/demo-bar.ts";
import { type Markup, page } from "../look/page.ts";
import { type Plan, plans, priceText, taxOf, taxPercent } from "./plan.ts";
import { type ShopKind, shopKinds, voices } from "./voices/voices.ts";

/** What stands in the form before the customer types, and after she was sent back to it. */
export interface CheckoutForm {
  attempt: string;
  shop: ShopKind;
  plan: Plan["id"];
  name: string;
  email: string;
  licence: string;
  reference: string;
  coupon: string;
}

/** What is wrong with the form, for each field. */
export type CheckoutProblems = Partial<Record<"name" | "email" | "plan", string>>;

/** The checkout: an order form with the price and its tax, and what is bought beside it. */
export function checkoutPage(
  addresses: Addresses,
  form: CheckoutForm,
  problems: CheckoutProblems = {},
): Markup {
  const renewing = form.licence !== "";
  const heading = renewing ? "Renew Acme Paint" : "Buy Acme Paint";
  const wrong = Object.keys(problems).length > 0;
  const body = html`${demoBar(addresses, "checkout")}
<main class="narrow">
<header class="store-head"><p class="eyebrow">Acme Store · Checkout</p><h1>${heading}</h1></header>
${wrong ? html`<p class="notice bad" role="alert">Please look at the marked fields.</p>` : ""}
<form class="checkout" method="post" action="/orders" novalidate>
<input type="hidden" name="attempt" value="${form.attempt}">
<input type="hidden" name="licence" value="${form.licence}">
<input type="hidden" name="reference" value="${form.reference}">
<div class="card checkout-fields">
<fieldset><legend>Plan</legend>${plans.map((plan) => planChoice(plan, plan.id === form.plan))}</fieldset>
${textField({ id: "name", label: "Name", type: "text", autocomplete: "name", value: form.name, problem: problems.name })}
${textField({ id: "email", label: "E-mail, for the receipt", type: "email", autocomplete: "email", value: form.email, problem: problems.email })}
<div class="field"><label for="coupon">Code of a partner, if you have one</label>
<input id="coupon" name="coupon" type="text" autocomplete="off" value="${form.coupon}" maxlength="60" aria-describedby="coupon-hint">
<p class="soft small" id="coupon-hint">The price stays as it is: the code says whom it counts for.</p></div>
</div>
<aside class="card checkout-sum" aria-label="Your order">
<h2>Your order</h2>
${renewing ? html`<p class="soft">Licence <code>${form.licence}</code> goes on where it ends.</p>` : html`<p class="soft">A new licence for Acme Paint.</p>`}
${plans.map(sum)}
${shopMenu(form.shop)}
<button class="primary wide" type="submit">${plans.map((plan) => html`<span class="for-${plan.id}">Pay ${priceText(plan.netMinor + taxOf(plan.netMinor))}</span>`)}</button>
<p class="soft small">This store is part of a demonstration. No card is asked for and no money moves.</p>
</aside>
</form>
</main>`;
  return page({ title: `${heading} – Acme Store`, site: "store", body, styles: ["/shop.css"] });
}

/** The demo's own control: at a vendor's there is one shop. */
function shopMenu(chosen: ShopKind): Markup {
  const remarks = shopKinds.map((kind) => voices[kind]).filter(({ remark }) => remark !== undefined);
  return html`<div class="field shop-menu"><label for="shop">The shop speaks as</label>
<select id="shop" name="shop">${shopKinds.map(
    (kind) =>
      html`<option value="${kind}" ${kind === chosen ? "selected" : ""}>${capitalised(voices[kind].name)}</option>`,
  )}</select>
<details class="small"><summary>What the shops do differently</summary>
<ul>${remarks.map(({ name, remark }) => html`<li><b>${name}:</b> ${remark}</li>`)}</ul></details></div>`;
}

const capitalised = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

function planChoice(plan: Plan, chosen: boolean): Markup {
  const perYear = priceText(Math.round(plan.netMinor / plan.years));
  return html`<label class="choice"><input type="radio" name="plan" id="${plan.id}" value="${plan.id}" ${chosen ? "checked" : ""}>
<span><b>${plan.name}</b><span class="soft">${perYear} a year before tax</span></span><b class="price">${priceText(plan.netMinor)}</b></label>`;
}

/** Each plan's sum is on the page; the stylesheet shows the chosen one, so no script is needed. */
function sum(plan: Plan): Markup {
  const taxMinor = taxOf(plan.netMinor);
  return html`<dl class="sum for-${plan.id}">
<div><dt>Acme Paint, ${plan.name.toLowerCase()}</dt><dd>${priceText(plan.netMinor)}</dd></div>
<div><dt>VAT, ${taxPercent} %</dt><dd>${priceText(taxMinor)}</dd></div>
<div class="total"><dt>Total</dt><dd>${priceText(plan.netMinor + taxMinor)}</dd></div>
</dl>`;
}

interface TextField {
  id: "name" | "email";
  label: string;
  type: string;
  autocomplete: string;
  value: string;
  problem: string | undefined;
}

function textField({ id, label, type, autocomplete, value, problem }: TextField): Markup {
  return html`<div class="field"><label for="${id}">${label}</label>
<input id="${id}" name="${id}" type="${type}" autocomplete="${autocomplete}" value="${value}" required maxlength="200"${
    problem === undefined ? "" : html` aria-invalid="true" aria-describedby="${id}-problem"`
  }>
${problem === undefined ? "" : html`<p class="problem" id="${id}-problem">${problem}</p>`}</div>`;
}
