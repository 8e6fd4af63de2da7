import { type Html, html } from "../../../pages/html.ts";
import { card, emptyState, listedId } from "../../../pages/parts.ts";
import { simulatePlan } from "../../../simulations/simulate-plan.ts";
import {
  createSum,
  type PartnerDifference,
  type SimulationSum,
} from "../../../simulations/sum-differences.ts";
import { addDays } from "../../../words/clock.ts";
import type { Desk } from "../kit/desk.ts";
import { partnerInLine, partnerLink } from "../kit/partner-names.ts";
import { plainTable } from "../kit/plain-table.ts";
import { orderPath } from "../kit/shown.ts";

/** A page waits for so many sales at the most; `plan simulate` looks at all. */
const salesAtMost = 5_000;
const daysBack = 90;

/** What a plan would have paid for the newest sales beside what was paid, had it been assigned to everybody: nothing is written. */
export async function planDifferenceCard(desk: Desk, document: unknown): Promise<Html> {
  const { say, deps } = desk;
  const sums = createSum();
  let isCut = false;
  for await (const page of simulatePlan(deps, document, { since: addDays(deps.clock(), -daysBack) })) {
    sums.add(page);
    isCut = sums.sum().orders.read >= salesAtMost;
    if (isCut) break;
  }
  return differenceCard(desk, sums.sum(), {
    title: say.say("simulated_title", { days: daysBack }),
    isCut,
  });
}

/** What a simulation came to: by partner, and the orders that differ most. */
export function differenceCard(
  desk: Desk,
  { orders, partners, furthest }: SimulationSum,
  { title, isCut = false }: { title: string; isCut?: boolean },
): Html {
  const { say } = desk;
  return card({
    title,
    lead: say.say("simulated_lead", {
      read: say.number(orders.read),
      changed: say.number(orders.changed),
      promised: say.number(orders.promised),
    }),
    wide: true,
    content: html`${isCut && html`<p>${say.say("simulated_cut", { count: say.number(salesAtMost) })}</p>`}${
      partners.length === 0 ? emptyState(say.say("simulated_nothing")) : differenceTable(desk, partners)
    }${partners.length > 0 && loweredPart(desk, partners)}${
      furthest.length > 0 &&
      html`<details><summary>${say.say("simulated_furthest")}</summary><ul>${furthest.map(
        ({ shop, order, credits, currency }) =>
          html`<li><a class="code" href="${orderPath(shop, order)}">${listedId(order)}</a>: ${credits.map(
            (one) =>
              html`${partnerInLine(one.partner)} ${say.money(one.nowMinor, currency)} → ${say.money(one.thenMinor, currency)} `,
          )}</li>`,
      )}</ul></details>`
    }`,
  });
}

/** Whom it would have paid less in some currency, and that such a change can be announced. */
function loweredPart(desk: Desk, partners: readonly PartnerDifference[]): Html {
  const { say } = desk;
  const lowered = partners.filter(({ differenceMinor }) => differenceMinor < 0);
  if (lowered.length === 0) return html`<p>${say.say("lowered_nobody")}</p>`;
  return html`<h3>${say.say("announce_lowered")}</h3><p>${lowered.map(
    ({ partner, differenceMinor, currency }, at) =>
      html`${at > 0 && ", "}${partnerInLine(partner)} ${say.money(differenceMinor, currency)}`,
  )}</p><p class="hint">${say.say("lowered_announce")}</p>`;
}

/** What partners are paid and would be paid, a row each. */
export function differenceTable(desk: Desk, partners: readonly PartnerDifference[]): Html {
  const { say } = desk;
  return plainTable<PartnerDifference>(desk, say.say("would_pay"), partners, [
    { heading: say.say("partner"), cell: ({ partner }) => partnerLink(partner) },
    { heading: say.say("orders"), isFigure: true, cell: ({ orders }) => say.number(orders) },
    {
      heading: say.say("pays_now"),
      isFigure: true,
      cell: ({ nowMinor, currency }) => say.money(nowMinor, currency),
    },
    {
      heading: say.say("would_pay"),
      isFigure: true,
      cell: ({ thenMinor, currency }) => say.money(thenMinor, currency),
    },
    {
      heading: say.say("difference"),
      isFigure: true,
      cell: ({ differenceMinor, currency }) => say.money(differenceMinor, currency),
    },
  ]);
}
