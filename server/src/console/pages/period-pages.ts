import { hiddenFields } from "../../pages/app-page.ts";
import { html } from "../../pages/html.ts";
import { listTable } from "../../pages/listing.ts";
import { type BadgeTone, badge, buttonLink, card, confirmButtons, emptyState } from "../../pages/parts.ts";
import { type ClosedTerm, closePeriod } from "../../periods/close-period.ts";
import { type ListedPeriod, listPeriods } from "../../periods/periods.ts";
import { consolePage, type Desk, doneNotice, formFields, goTo } from "./desk.ts";
import { dayText, partnerLink } from "./shown.ts";

const tones: Readonly<Record<ListedPeriod["state"], BadgeTone>> = {
  open: "plain",
  due: "wait",
  closed: "good",
};
const closePath = (period: string): string => `/console/periods/${encodeURIComponent(period)}/close`;

/** The periods of the plans' terms: which run, which are over, which are closed, and what closing booked. */
export async function periodsPage(desk: Desk): Promise<Response> {
  const { say, kit, deps, address } = desk;
  const periods = await listPeriods(deps);
  return consolePage(desk, {
    title: say.say("nav_periods"),
    lead: say.say("periods_lead"),
    content: html`${doneNotice(desk)}${card({
      title: say.say("orders_title"),
      content:
        periods.length === 0
          ? emptyState(say.say("no_periods"), say.say("no_periods_why"))
          : listTable<ListedPeriod>({
              kit,
              caption: say.say("nav_periods"),
              rows: periods,
              address,
              empty: { title: "" },
              columns: [
                { heading: say.say("period"), cell: ({ period }) => period },
                {
                  heading: say.say("state"),
                  cell: ({ state }) => badge(say.say(`period_${state}`), tones[state]),
                },
                { heading: say.say("since"), cell: ({ from }) => dayText(desk, from) },
                { heading: say.say("until"), cell: ({ until }) => dayText(desk, until) },
                {
                  heading: say.say("booked"),
                  isFigure: true,
                  cell: ({ booked }) =>
                    booked.length === 0
                      ? "–"
                      : booked.map((one) => html`${say.money(one.amountMinor, one.currency)}<br>`),
                },
                {
                  heading: say.say("action"),
                  cell: ({ state, period }) =>
                    state === "due" ? buttonLink(say.say("close_period"), closePath(period)) : "–",
                },
              ],
            }),
    })}`,
  });
}

/** What closing a period would book: the same as `period close --dry-run`. */
export async function closePage(desk: Desk, period: string): Promise<Response> {
  const { say, kit, deps, address } = desk;
  const { terms } = await closePeriod(deps, period, { dryRun: true });
  return consolePage(desk, {
    title: say.say("close_title", { period }),
    lead: say.say("rehearsed"),
    crumbs: [html`<a href="/console/periods">${say.say("nav_periods")}</a>`],
    content: card({
      title: say.say("close_books"),
      content: html`${
        terms.length === 0
          ? emptyState(say.say("close_nothing"))
          : listTable<ClosedTerm>({
              kit,
              caption: say.say("close_books"),
              rows: terms,
              address,
              empty: { title: "" },
              columns: [
                { heading: say.say("partner"), cell: ({ partner }) => partnerLink(partner) },
                { heading: say.say("period"), cell: (one) => one.period },
                {
                  heading: say.say("term"),
                  cell: ({ term, plan }) => html`${term} <span class="sub">${plan}</span>`,
                },
                {
                  heading: say.say("amount"),
                  isFigure: true,
                  cell: ({ changeMinor, currency }) => say.money(changeMinor, currency),
                },
              ],
            })
      }<form method="post" action="${closePath(period)}">${hiddenFields(formFields(desk))}${confirmButtons(
        kit,
        {
          label: say.say("close_do", { period }),
          back: "/console/periods",
        },
      )}</form>`,
    }),
  });
}

/** Closes a period. */
export async function close(desk: Desk, period: string): Promise<Response> {
  await closePeriod(desk.deps, period);
  return goTo("/console/periods", "closed");
}
