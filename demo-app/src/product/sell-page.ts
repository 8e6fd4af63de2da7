import { html } from "hono/html";
import type { Addresses } from "../addresses.ts";
import { demoBar } from "../look/demo-bar.ts";
import { type Markup, page } from "../look/page.ts";
import type { Sale } from "../ways/sales-counter.ts";
import { type WayId, wayIds, ways } from "../ways/ways.ts";

/** The last sale, and why a new one failed. */
interface SellView {
  sale: Sale | undefined;
  problem?: string;
}

/** How the next copy is sold: a choice for each way, and below it what was done for the last one. */
export function sellPage(addresses: Addresses, { sale, problem }: SellView): Markup {
  const chosen: WayId = sale?.way ?? "installer";
  const body = html`${demoBar(addresses, "sell")}
<main class="narrow">
<header class="store-head"><p class="eyebrow">The vendor, the reseller and a new customer</p><h1>Sell a copy</h1>
<p class="soft">A copy can remember its seller in several ways. Choose one: a new customer buys a copy, installs it, and renews it a year later.</p></header>
${problem === undefined ? "" : html`<p class="notice bad" role="alert">${problem}</p>`}
<form method="post" action="/sell">
<fieldset class="ways"><legend>How is it sold?</legend>${wayIds.map((id) => wayChoice(id, id === chosen))}</fieldset>
<p class="actions"><button class="primary" type="submit">Sell and install</button></p>
</form>
${sale === undefined ? "" : story(addresses, sale)}
</main>`;
  return page({ title: "Sell a copy – Acme Paint", site: "paint", body, styles: ["/sell.css"] });
}

function wayChoice(id: WayId, chosen: boolean): Markup {
  const { name, explained, evidence } = ways[id];
  return html`<label class="way"><input type="radio" name="way" value="${id}" aria-describedby="about-${id}" ${chosen ? "checked" : ""}>
<b>${name}</b><span class="tag">${evidence}</span><span class="soft" id="about-${id}">${explained}</span></label>`;
}

function story(addresses: Addresses, { way, told, handout, customer }: Sale): Markup {
  const { name, sentence, evidence, copyKnows } = ways[way];
  return html`<section class="card sold" id="sold" aria-labelledby="sold-title">
<h2 id="sold-title">Sold: ${name.toLowerCase()}</h2>
<p>${sentence}</p>
<ul class="told soft">${told.map((line) => html`<li>${line}</li>`)}</ul>
<h3>Your turn</h3>
<ol>
<li>${firstStep(handout)}</li>
<li>Move time to 30 days before the end, and renew${copyKnows ? "" : html` with the address <code>${customer.email}</code>`}.</li>
${handout.coupon === undefined ? "" : html`<li>At the checkout type <code>${handout.coupon}</code> as the code of a partner.</li>`}
<li>Look behind the scenes: the order is credited by <b>${evidence}</b>.</li>
</ol>
<p class="actions"><a class="button primary" href="${addresses.product}/">Open Acme Paint</a></p>
</section>`;
}

function firstStep({ code, installer, sidecar }: Sale["handout"]): Markup | string {
  if (code !== undefined) return html`Open Acme Paint and enter the ${code.kind} <code>${code.text}</code>.`;
  if (installer !== undefined)
    return "Open Acme Paint: it has found the stamp in the file that it runs from.";
  if (sidecar !== undefined) return "Open Acme Paint: it has found the file beside it.";
  return "Open Acme Paint: it does not know who sold it, and need not.";
}
