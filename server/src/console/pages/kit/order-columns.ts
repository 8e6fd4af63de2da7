import type { OrderSummary } from "../../../orders/explain/list-orders.ts";
import { html } from "../../../pages/html.ts";
import type { ListColumn } from "../../../pages/listing.ts";
import { listedId } from "../../../pages/parts.ts";
import { moneyColumn } from "./columns.ts";
import type { Desk } from "./desk.ts";
import { partnerLink } from "./partner-names.ts";
import { orderPath, outcomeBadge, reasonText, timeText } from "./shown.ts";

/** The column of an order, with the way to its record. */
export const orderColumn = <Row extends { shop: string; order: string }>({ say }: Desk): ListColumn<Row> => ({
  heading: say.say("order"),
  sort: "order",
  cell: ({ shop, order }) =>
    html`<a class="code" href="${orderPath(shop, order)}">${listedId(order)}</a> <span class="sub">${shop}</span>`,
  text: ({ order }) => order,
});

/** The columns of every list of orders. */
export const orderColumns = (desk: Desk): ListColumn<OrderSummary>[] => {
  const { say } = desk;
  return [
    orderColumn(desk),
    {
      heading: say.say("outcome"),
      sort: "outcome",
      cell: (row) =>
        html`${outcomeBadge(desk, row.outcome)} <span class="sub">${reasonText(desk, row.reason)}</span>`,
      text: ({ outcome, reason }) => `${outcome}: ${reason}`,
    },
    {
      heading: say.say("partner"),
      sort: "partner",
      cell: ({ partner }) => (partner === null ? "–" : partnerLink(partner)),
      text: ({ partner }) => partner,
    },
    {
      heading: say.say("product"),
      sort: "product",
      cell: ({ product, cycle }) =>
        html`${product ?? "–"} <span class="sub">${say.say(`cycle_${cycle}`)}</span>`,
      text: ({ product }) => product,
      by: ({ product, cycle }) => `${product ?? ""} ${cycle}`,
    },
    {
      heading: say.say("received"),
      sort: "received",
      cell: ({ receivedAt }) => html`<span class="nowrap">${timeText(desk, receivedAt)}</span>`,
      text: ({ receivedAt }) => receivedAt,
    },
    moneyColumn(desk, { heading: say.say("net"), sort: "net", of: ({ netMinor }) => netMinor }),
  ];
};
