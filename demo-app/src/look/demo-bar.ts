import { html } from "hono/html";
import type { Addresses } from "../addresses.ts";
import type { Markup } from "./page.ts";

/** The places of the demo that a person may go to. */
export type Place = "sell" | "paint" | "checkout" | "orders" | "backstage" | "people" | "mail";

/** The bar on top of every page: where one is, and where else one may go. */
export function demoBar(addresses: Addresses, here: Place): Markup {
  const places: readonly { place: Place; href: string; text: string }[] = [
    { place: "sell", href: `${addresses.product}/sell`, text: "Sell a copy" },
    { place: "paint", href: `${addresses.product}/`, text: "Acme Paint" },
    { place: "checkout", href: `${addresses.shop}/checkout`, text: "Checkout" },
    { place: "orders", href: `${addresses.shop}/orders`, text: "Orders" },
    { place: "backstage", href: `${addresses.shop}/behind-the-scenes`, text: "Behind the scenes" },
    { place: "people", href: `${addresses.shop}/people`, text: "Sign in" },
    { place: "mail", href: `${addresses.shop}/mail`, text: "Mail" },
  ];
  return html`<nav class="demo-bar" aria-label="Places of the demo">
<span class="demo-bar-name">Tallystick demo</span>
<ul>${places.map(
    ({ place, href, text }) =>
      html`<li>${place === here ? html`<a href="${href}" aria-current="page">${text}</a>` : html`<a href="${href}">${text}</a>`}</li>`,
  )}</ul>
</nav>`;
}
