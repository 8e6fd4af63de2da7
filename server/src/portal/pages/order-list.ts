import type { PartnerOrder } from "../../orders/explain/partner-orders.ts";
import { pathOf } from "../../pages/address.ts";
import { type Html, html } from "../../pages/html.ts";
import { type ListColumn, listTable } from "../../pages/listing.ts";
import { badge, listedId } from "../../pages/parts.ts";
import { instant } from "../../words/clock.ts";
import type { Currency } from "../../words/ids.ts";
import type { PortalFace } from "./portal-face.ts";

/** What stands in a list of orders; the order's number only where the agreement shares it. */
export function orderColumns({ speech }: PortalFace): ListColumn<PartnerOrder>[] {
  const { say, money, day } = speech;
  return [
    { heading: say("bought"), cell: ({ occurredAt }) => day(instant(Date.parse(occurredAt))) },
    {
      heading: say("order"),
      cell: ({ transaction }) =>
        transaction === undefined
          ? html`<span class="sub">${say("order_not_named")}</span>`
          : html`<a href="${orderPath(transaction)}">${listedId(transaction.shopOrder)}</a>`,
    },
    { heading: say("product"), cell: ({ product }) => product ?? "–" },
    {
      heading: say("credit"),
      isFigure: true,
      cell: ({ creditMinor, currency }) => html`<bdi>${money(creditMinor, currency as Currency)}</bdi>`,
    },
    { heading: say("state"), cell: (order) => stateBadge(speech.say, order) },
  ];
}

/** A table of orders. */
export const ordersTable = (
  face: PortalFace,
  { caption, orders }: { caption: string; orders: readonly PartnerOrder[] },
): Html =>
  listTable({
    kit: face.kit,
    caption,
    columns: orderColumns(face),
    rows: orders,
    address: { path: "/portal/orders", query: new URLSearchParams() },
    empty: { title: "" },
  });

/** Where an order stands. */
export const orderPath = ({ shop, shopOrder }: { shop: string; shopOrder: string }): string =>
  pathOf("portal", "orders", shop, shopOrder);

/** Whether an order's credit is still to come, free to be paid, or was taken back. */
export function stateBadge(say: PortalFace["speech"]["say"], { creditMinor, heldMinor }: PartnerOrder): Html {
  if (creditMinor === 0) return badge(say("state_reversed"), "off");
  return heldMinor > 0 ? badge(say("state_held"), "wait") : badge(say("state_payable"), "good");
}
