import { type DealStep, listDeals, showDeal, takeDealStep } from "../../../deals/deals.ts";
import type { AnsweredDeal, Deal } from "../../../deals/shown-deal.ts";
import { hiddenFields } from "../../../pages/app-page.ts";
import { type Html, html } from "../../../pages/html.ts";
import type { ListColumn } from "../../../pages/listing.ts";
import {
  type BadgeTone,
  badge,
  buttonLink,
  card,
  facts,
  idText,
  notice,
  outcomeNotice,
} from "../../../pages/parts.ts";
import { Refusal } from "../../../words/refusal.ts";
import { dayColumn, partnerColumn } from "../kit/columns.ts";
import { may, planners } from "../kit/console-route.ts";
import { consolePage, type Desk, doneNotice, formFields, given, goTo } from "../kit/desk.ts";
import { entered, line, type Option, radios } from "../kit/fields.ts";
import { listPage, partnerFilter } from "../kit/list-page.ts";
import { orAgain } from "../kit/or-again.ts";
import { partnerInLine, partnerLink } from "../kit/partner-names.ts";
import { dayText, timeText } from "../kit/shown.ts";
import { endOfDay } from "../kit/time-fields.ts";

const pageRows = 50;
const tones: Readonly<Record<Deal["state"], BadgeTone>> = {
  registered: "wait",
  accepted: "good",
  refused: "off",
  ended: "off",
  over: "off",
};
const dealPath = (id: string): string => `/console/deals/${encodeURIComponent(id)}`;

const stateBadge = ({ say }: Desk, { state, overdue }: Deal): Html =>
  html`${badge(say.say(`deal_${state}`), tones[state])}${overdue && html` ${badge(say.say("deal_overdue"), "bad")}`}`;

/** Customers that partners registered before a sale, the newest first. */
export async function dealsPage(desk: Desk): Promise<Response> {
  const { say, deps, address } = desk;
  const { deals, next } = await listDeals(deps, {
    partner: given(address.query, "partner"),
    after: given(address.query, "after"),
    limit: pageRows,
  });
  return listPage<Deal>(desk, {
    title: say.say("nav_deals"),
    lead: say.say("deals_lead"),
    actions: may(desk, planners) ? buttonLink(say.say("deal_add"), "/console/deals/register") : undefined,
    heading: say.say("orders_title"),
    file: "deals",
    columns: dealColumns(desk),
    rows: deals,
    filters: [partnerFilter(desk)],
    next,
    empty: { title: say.say("no_deals"), text: say.say("no_deals_why") },
  });
}

const dealColumns = (desk: Desk): ListColumn<Deal>[] => {
  const { say } = desk;
  return [
    {
      heading: say.say("customer"),
      sort: "customer",
      cell: ({ deal, customer }) => html`<a href="${dealPath(deal)}"><bdi>${customer}</bdi></a>`,
      text: ({ customer }) => customer,
    },
    partnerColumn(desk),
    {
      heading: say.say("state"),
      sort: "state",
      cell: (one) => stateBadge(desk, one),
      text: ({ state }) => state,
    },
    {
      heading: say.say("product"),
      sort: "product",
      cell: ({ product }) => product ?? say.say("every_product"),
      text: ({ product }) => product ?? "",
    },
    {
      heading: say.say("decide_by"),
      sort: "decide_by",
      cell: ({ state, decideBy }) => (state === "registered" ? dayText(desk, decideBy) : "–"),
      text: ({ decideBy }) => decideBy,
    },
    dayColumn(desk, {
      heading: say.say("protected_until"),
      sort: "protected_until",
      of: ({ protectedUntil }) => protectedUntil,
    }),
    {
      heading: say.say("conflicts"),
      cell: ({ conflicts }) =>
        conflicts.length === 0
          ? "–"
          : conflicts.map((one) => html`${partnerInLine(one.partner, dealPath(one.deal))} `),
      text: ({ conflicts }) => conflicts.map((one) => one.partner).join(" "),
    },
  ];
};

/** One deal: who registered whom, who is in conflict with it, what became of it, and the answer. */
export async function dealPage(desk: Desk, id: string, problem?: string | Html): Promise<Response> {
  const { say } = desk;
  const deal = await showDeal(desk.deps, id);
  return consolePage(desk, {
    title: say.say("deal_title", { customer: deal.customer }),
    crumbs: [html`<a href="/console/deals">${say.say("nav_deals")}</a>`, html`<code>${idText(id)}</code>`],
    lead: stateBadge(desk, deal),
    status: problem === undefined ? 200 : 422,
    content: html`${problem !== undefined && outcomeNotice(problem, "bad")}${doneNotice(desk)}${soldBefore(desk, deal)}<div class="grid">${card(
      {
        title: say.say("facts"),
        content: facts([
          [say.say("partner"), partnerLink(deal.partner)],
          [say.say("product"), deal.product ?? say.say("every_product")],
          [say.say("territory"), deal.territory],
          [say.say("registered"), timeText(desk, deal.registeredAt)],
          [say.say("decide_by"), deal.state === "registered" ? dayText(desk, deal.decideBy) : undefined],
          [say.say("protected_until"), deal.protectedUntil && dayText(desk, deal.protectedUntil)],
          [
            say.say("conflicts"),
            deal.conflicts.length === 0
              ? undefined
              : deal.conflicts.map(
                  (one) =>
                    html`${partnerInLine(one.partner, dealPath(one.deal))} <span class="sub">${say.say(`deal_${one.state}`)}</span><br>`,
                ),
          ],
          [
            say.say("deal_sold_by"),
            deal.soldBy.length === 0
              ? undefined
              : deal.soldBy.map(
                  ({ partner, orders, lastSoldAt }) =>
                    html`${partnerLink(partner)} <span class="sub">${orders} × ${dayText(desk, lastSoldAt)}</span><br>`,
                ),
          ],
        ]),
      },
    )}${answerCard(desk, deal)}${card({
      title: say.say("history"),
      wide: true,
      content: html`<ol class="steps">${deal.history.map(
        ({ step, at, note }) =>
          html`<li><p><b>${say.say(`step_${step}`)}</b>${note !== null && html`: ${note}`} <span class="sub">${timeText(desk, at)}</span></p></li>`,
      )}</ol>`,
    })}</div>`,
  });
}

/** Said before a deal is accepted, since the deal would take from a partner what it has earned so far. */
const soldBefore = ({ say }: Desk, { state, soldBy }: AnsweredDeal): Html | false =>
  state === "registered" &&
  soldBy.length > 0 &&
  notice(say.say("deal_sold_before"), "bad", say.say("deal_sold_before_why"));

function answerCard(desk: Desk, deal: Deal): Html | undefined {
  const { say } = desk;
  const steps = stepsOf(desk, deal);
  const [first] = steps;
  if (first === undefined) return undefined;
  return card({
    title: say.say("deal_answer"),
    lead: say.say("deal_answer_lead"),
    content: html`<form method="post" action="${dealPath(deal.deal)}">${hiddenFields(formFields(desk))}${radios("step", say.say("what"), steps, entered(desk, "step") || first[0])}
${line("until", say.say("protected_until"), entered(desk, "until"), { type: "date", hint: say.say("deal_until_hint") })}
${line("note", say.say("note"), entered(desk, "note"), { required: true, maxlength: 1_000, hint: say.say("deal_note_hint") })}
<div class="actions"><button class="main">${say.say("deal_do")}</button></div></form>`,
  });
}

/** What may be said to a deal in its state. */
function stepsOf({ say }: Desk, { state }: Deal): Option[] {
  const named = (step: "accepted" | "refused" | "extended" | "ended"): Option => [
    step,
    say.say(`deal_step_${step}`),
  ];
  if (state === "registered") return [named("accepted"), named("refused")];
  return state === "accepted" || state === "over" ? [named("extended"), named("ended")] : [];
}

/** Decides a deal: the same as `deal decide`, `deal extend` and `deal end`. */
export const answerDeal = (desk: Desk, id: string): Promise<Response> =>
  orAgain(
    desk,
    (problem) => dealPage(desk, id, problem),
    async () => {
      await takeDealStep(desk.deps, id, stepIn(desk));
      return goTo(dealPath(id), "deal");
    },
  );

function stepIn({ c }: Desk): DealStep {
  const form = c.get("form");
  const [step, note, until] = [
    given(form, "step"),
    given(form, "note") ?? "",
    endOfDay(given(form, "until")),
  ];
  if (step === "accepted") return { step, until, note };
  if (step === "refused" || step === "ended") return { step, note };
  if (until === undefined) throw new Refusal("request_invalid", "Say until which day it is to hold.");
  return { step: "extended", until, note };
}
