import { html } from "hono/html";
import type { Addresses } from "../addresses.ts";
import { demoBar } from "../look/demo-bar.ts";
import { type Markup, page } from "../look/page.ts";
import { brushPack, mostBrushPacks, type Plan, plans, priceText, taxOf, taxPercent } from "./plan.ts";
import { type ShopKind, shopKinds, voices } from "./voices/voices.ts";

/** What stands in the form before the customer types, and after she was sent back to it. */
export interface CheckoutForm {
  attempt: string;
  shop: ShopKind;
  plan: Plan["id"];
  brushPacks: number;
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
${brushMenu(form.brushPacks)}
${textField({ id: "name", label: "Name", type: "text", autocomplete: "name", value: form.name, problem: problems.name })}
${textField({ id: "email", label: "E-mail, for the receipt", type: "email", autocomplete: "email", value: form.email, problem: problems.email })}
<div class="field"><label for="coupon">Code of a partner, if you have one</label>
<input id="coupon" name="coupon" type="text" autocomplete="off" value="${form.coupon}" maxlength="60" aria-describedby="coupon-hint">
<p class="soft small" id="coupon-hint">The price stays as it is: the code says whom it counts for.</p></div>
</div>
<aside class="card checkout-sum" aria-label="Your order">
<h2>Your order</h2>
${renewing ? html`<p class="soft">Licence <code>${form.licence}</code> goes on where it ends.</p>` : html`<p class="soft">A new licence for Acme Paint.</p>`}
${carts.map(sum)}
${shopMenu(form.shop)}
<button class="primary wide" type="submit">${carts.map((cart) => html`<span class="${shownFor(cart)}">Pay ${priceText(grossOfCart(cart))}</span>`)}</button>
<p class="soft small">This store is part of a demonstration. No card is asked for and no money moves.</p>
</aside>
</form>
</main>`;
  return page({ title: `${heading} – Acme Store`, site: "store", body, styles: ["/shop.css"] });
}

/** Every cart there can be: a plan, and so many brush packs. */
interface Cart {
  plan: Plan;
  brushPacks: number;
}

const counts = Array.from({ length: mostBrushPacks + 1 }, (_, count) => count);
const carts: readonly Cart[] = plans.flatMap((plan) => counts.map((brushPacks) => ({ plan, brushPacks })));
const shownFor = ({ plan, brushPacks }: Cart): string => `for-${plan.id} with-${brushPacks}`;
const netOfCart = ({ plan, brushPacks }: Cart): number => plan.netMinor + brushPack.netMinor * brushPacks;
const grossOfCart = (cart: Cart): number => netOfCart(cart) + taxOf(netOfCart(cart));

/** A second line for the cart. */
function brushMenu(chosen: number): Markup {
  return html`<div class="field brush-menu"><label for="brushPacks">Brush packs, ${priceText(brushPack.netMinor)} each</label>
<select id="brushPacks" name="brushPacks">${counts.map((count) => html`<option value="${count}" ${count === chosen ? "selected" : ""}>${count === 0 ? "none" : count}</option>`)}</select></div>`;
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

/** Each cart's sum is on the page; the stylesheet shows the chosen one, so no script is needed. */
function sum(cart: Cart): Markup {
  const { plan, brushPacks } = cart;
  return html`<dl class="sum ${shownFor(cart)}">
<div><dt>Acme Paint, ${plan.name.toLowerCase()}</dt><dd>${priceText(plan.netMinor)}</dd></div>
${brushPacks === 0 ? "" : html`<div><dt>${brushPacks} × ${brushPack.name.toLowerCase()}</dt><dd>${priceText(brushPack.netMinor * brushPacks)}</dd></div>`}
<div><dt>VAT, ${taxPercent} %</dt><dd>${priceText(taxOf(netOfCart(cart)))}</dd></div>
<div class="total"><dt>Total</dt><dd>${priceText(grossOfCart(cart))}</dd></div>
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
