import type { Deps } from "../../deps/deps.ts";
import { listPartnerOrders } from "../../orders/explain/partner-orders.ts";
import { type Html, html } from "../../pages/html.ts";
import { card, emptyState, listedId } from "../../pages/parts.ts";
import { addDays, type Instant, instant } from "../../words/clock.ts";
import { firstOrderKey } from "../../words/order-key.ts";
import { readUncountedOf, type Uncounted } from "../uncounted.ts";
import { contestLink } from "./dispute-view.ts";
import { ordersTable } from "./order-list.ts";
import { kindText, type PortalFace, reasonText } from "./portal-face.ts";

const ordersOfDay = 100;

/** Asks for a day. */
export const dayForm = ({
  speech,
  address,
}: PortalFace): Html => html`<form method="get" action="/portal/why" class="filters">
<div><label for="day">${speech.say("why_date_label")}</label><input id="day" name="day" type="date" value="${address.query.get("day") ?? ""}" required></div>
<button>${speech.say("why_date_button")}</button>
</form>
`;

/** What arrived on the day that the address names: what counts for the partner, and what of its own did not. */
export async function dayAnswer(deps: Deps, face: PortalFace): Promise<Html | undefined> {
  const from = dayIn(face.address.query.get("day"));
  if (from === undefined) return undefined;
  const until = addDays(from, 1);
  const { say, day } = face.speech;
  const { partner } = face.person;
  const page = await listPartnerOrders(deps, partner, { limit: ordersOfDay, after: firstOrderKey(until) });
  const orders = page.orders.filter(({ order }) => order >= firstOrderKey(from));
  const uncounted = await readUncountedOf(deps, partner, { from, until });
  const title = say("day_title", { date: day(from) });
  return html`<div class="stack"><h2>${title}</h2>${card({
    title: say("day_counted"),
    content:
      orders.length === 0
        ? emptyState(say("orders_none_title"))
        : ordersTable(face, { caption: title, orders }),
  })}${card({
    title: say("uncounted_title"),
    lead: say("uncounted_lead"),
    content: uncounted === undefined ? html`<p>${say("why_not_shared")}</p>` : uncountedList(face, uncounted),
  })}<p>${say("why_contest")}</p>${contestLink(face)}</div>`;
}

function dayIn(text: string | null): Instant | undefined {
  const at = text !== null && /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : instant(at);
}

function uncountedList(face: PortalFace, all: readonly Uncounted[]): Html {
  const { say, day } = face.speech;
  if (all.length === 0) return emptyState(say("uncounted_none"));
  return html`<ul>${all.map(
    ({ order, evidence }) =>
      html`<li>${listedId(order)}${evidence.map(
        ({ kind, reason, seenAt }) =>
          html`<br>${kindText(face, kind)} (${day(instant(Date.parse(seenAt)))}): ${reasonText(face, reason)}`,
      )}</li>`,
  )}</ul>`;
}
