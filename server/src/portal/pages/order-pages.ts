import { contactOfOrder } from "../../customers/shown-customers.ts";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { pageRoute } from "../../http/page-route.ts";
import {
  explainPartnerOrder,
  listPartnerOrders,
  type OrderContact,
  type PartnerOrderRecord,
} from "../../orders/explain/partner-orders.ts";
import { type Html, html } from "../../pages/html.ts";
import { listing } from "../../pages/listing.ts";
import { card, facts, idText, panel } from "../../pages/parts.ts";
import { table } from "../../pages/table.ts";
import { addDays, instant } from "../../words/clock.ts";
import type { Currency } from "../../words/ids.ts";
import { firstOrderKey } from "../../words/order-key.ts";
import { Refusal } from "../../words/refusal.ts";
import { explainWhyNot, type WhyNot } from "../why-not.ts";
import { dayAnswer, dayForm } from "./day-answer.ts";
import { contestLink } from "./dispute-view.ts";
import { orderColumns, orderPath, stateBadge } from "./order-list.ts";
import { everyone, kindText, type PortalFace, portalFace, portalPage, reasonText } from "./portal-face.ts";

const list = pageRoute({
  who: everyone,
  operationId: "showPortalOrders",
  method: "get",
  path: "/portal/orders",
  summary: "A partner's orders, the newest first",
});
const show = pageRoute({
  who: everyone,
  operationId: "showPortalOrder",
  method: "get",
  path: "/portal/orders/{shop}/{id}",
  summary: "One of a partner's orders, and why it is hers",
});
const why = pageRoute({
  who: everyone,
  operationId: "showWhyNot",
  method: "get",
  path: "/portal/why",
  summary: "Why an order does not count, by its number or a serial",
});

const rowsOfPage = 50;

/** The pages about a partner's orders. */
export function addOrderPages(app: App, deps: Deps): void {
  app.serve(list, async (c) => {
    const face = await portalFace(deps, c);
    const { say } = face.speech;
    const page = await listPartnerOrders(deps, face.person.partner, {
      limit: rowsOfPage,
      after: startOf(c.req.query()),
    });
    return portalPage(deps, face, {
      title: say("nav_orders"),
      content: panel(
        listing({
          kit: face.kit,
          caption: say("nav_orders"),
          columns: orderColumns(face),
          rows: page.orders,
          next: page.next,
          address: face.address,
          empty: { title: say("orders_none_title"), text: say("orders_none_text") },
        }),
      ),
    });
  });
  app.serve(show, async (c) => {
    const face = await portalFace(deps, c);
    const [shop = "", order = ""] = [c.req.param("shop"), c.req.param("id")];
    const { partner } = face.person;
    const record = await explainPartnerOrder(deps, partner, { shop, order }, contactOfOrder(deps)).catch(
      (error: unknown) => {
        if (error instanceof Refusal) return undefined;
        throw error;
      },
    );
    const { say } = face.speech;
    if (record === undefined)
      return portalPage(
        deps,
        face,
        {
          title: say("order"),
          content: html`<p>${say("why_not_yours")}</p>${contestLink(face, { number: order.slice(0, 256) })}`,
        },
        404,
      );
    return portalPage(deps, face, {
      title: record.transaction?.shopOrder ?? order,
      crumbs: [html`<a href="/portal/orders">${say("nav_orders")}</a>`],
      content: orderRecord(face, record),
    });
  });
  app.serve(why, async (c) => {
    const face = await portalFace(deps, c);
    const asked = (c.req.query("q") ?? "").slice(0, 255).toWellFormed().trim();
    const found = asked === "" ? undefined : await explainWhyNot(deps, face.person.partner, asked);
    const { say } = face.speech;
    return portalPage(deps, face, {
      title: say("why_title"),
      lead: say("why_lead"),
      content: html`${whyForm(face, asked)}${found && whyAnswer(face, found)}${dayForm(face)}${await dayAnswer(deps, face)}`,
    });
  });
}

/** Where a page of orders begins: behind the page before, or before the end of a day. */
function startOf({ after, until }: Record<string, string>): string | undefined {
  if (after !== undefined && /^[a-z0-9~]{1,64}$/.test(after)) return after;
  const day = until !== undefined && /^\d{4}-\d\d-\d\d$/.test(until) ? Date.parse(until) : Number.NaN;
  return Number.isNaN(day) ? undefined : firstOrderKey(addDays(instant(day), 1));
}

function orderRecord(face: PortalFace, record: PartnerOrderRecord): Html {
  const { say, money, day } = face.speech;
  const { transaction, currency, creditMinor, product, occurredAt, reason, evidence, plan } = record;
  const amount = (minor: number) => html`<bdi>${money(minor, currency as Currency)}</bdi>`;
  const own = evidence.map((one) => [
    kindText(face, one.kind),
    day(instant(Date.parse(one.seenAt))),
    reasonText(face, one.reason),
  ]);
  const rules = plan.rules.map(({ rule, line, matched, why: because }) => [
    rule,
    line,
    say(matched ? "yes" : "no"),
    reasonText(face, because),
  ]);
  return html`<div class="grid">${card({
    title: say("reason_title"),
    content: html`<p>${reason === null ? say("reason_chain") : reasonText(face, reason)}</p>
${facts([
  [say("bought"), day(instant(Date.parse(occurredAt)))],
  [say("product"), product],
  [say("deal_customer"), record.contact === undefined ? undefined : whoBought(record.contact)],
  [say("net"), transaction === undefined ? undefined : amount(transaction.netMinor)],
  [say("remaining"), transaction === undefined ? undefined : amount(transaction.remainingNetMinor)],
  [say("credit"), amount(creditMinor)],
  [say("state"), stateBadge(say, record)],
])}`,
  })}${
    own.length > 0 &&
    card({
      title: say("evidence_title"),
      content: table({
        caption: say("evidence_title"),
        columns: [say("evidence_kind"), say("evidence_seen"), say("evidence_verdict")],
        rows: own,
      }),
    })
  }${
    rules.length > 0 &&
    card({
      title: say("plan_title"),
      lead: say("plan_name", { plan: plan.id, version: plan.version }),
      wide: true,
      content: table({
        caption: say("plan_title"),
        columns: [say("rule"), say("line"), say("matched"), say("reason_title")],
        rows: rules,
      }),
    })
  }</div>${contestLink(face, transaction === undefined ? {} : { number: transaction.shopOrder })}`;
}

const whoBought = ({ email, name }: OrderContact): Html =>
  html`${name !== null && html`<bdi>${name}</bdi> `}<bdi>${email}</bdi>`;

const whyForm = (
  { speech }: PortalFace,
  asked: string,
): Html => html`<form method="get" action="/portal/why" class="filters">
<div><label for="q">${speech.say("why_label")}</label><input id="q" name="q" value="${asked}" maxlength="255" required autocapitalize="none" spellcheck="false" dir="ltr"></div>
<button class="main">${speech.say("why_button")}</button>
</form>
`;

function whyAnswer(face: PortalFace, found: WhyNot): Html {
  const { say, day } = face.speech;
  const contest = html`<p>${say("why_contest")}</p>${contestLink(face)}`;
  const answer = (content: Html) => html`<section class="card" role="status">${content}</section>\n`;
  switch (found.outcome) {
    case "counts":
      return answer(
        html`<p>${say("why_counts")} <a href="${orderPath({ shop: found.shop, shopOrder: found.order })}">${idText(found.order)}</a></p>`,
      );
    case "own_evidence":
      return answer(html`<p>${say("why_own")}</p>
<ul>${found.evidence.map(
        ({ kind, reason, seenAt }) =>
          html`<li>${kindText(face, kind)} (${day(instant(Date.parse(seenAt)))}): ${reasonText(face, reason)}</li>`,
      )}</ul>
${contest}`);
    case "own_serial":
      return answer(
        found.isRevoked
          ? html`<p>${say("why_serial_revoked", { batch: found.batch })}</p>${contest}`
          : html`<p>${say("why_serial_yours", { batch: found.batch })} ${say("why_serial_unsold")}</p>${contest}`,
      );
    case "not_shared":
      return answer(html`<p>${say("why_not_shared")}</p>${contestLink(face)}`);
    case "not_yours":
      return answer(html`<p>${say("why_not_yours")}</p>${contest}`);
  }
}
