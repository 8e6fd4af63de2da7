import { html } from "../../../pages/html.ts";
import { type BadgeTone, badge, buttonLink, emptyState } from "../../../pages/parts.ts";
import { type ClosedTerm, closePeriod } from "../../../periods/close-period.ts";
import { type ListedPeriod, listPeriods } from "../../../periods/periods.ts";
import { decimalOf } from "../../../words/money.ts";
import { dayColumn, textColumn } from "../kit/columns.ts";
import { may, payers } from "../kit/console-route.ts";
import { type Desk, goTo } from "../kit/desk.ts";
import { confirmPage, isConfirmed } from "../kit/fields.ts";
import { listPage } from "../kit/list-page.ts";
import { partnerLink } from "../kit/partner-names.ts";
import { plainTable } from "../kit/plain-table.ts";
import { lastDayText } from "../kit/shown.ts";

const tones: Readonly<Record<ListedPeriod["state"], BadgeTone>> = {
  open: "plain",
  due: "wait",
  closed: "good",
};
const closePath = (period: string): string => `/console/periods/${encodeURIComponent(period)}/close`;

/** The periods of the plans' terms: which run, which are over, which are closed, and what closing booked. */
export async function periodsPage(desk: Desk): Promise<Response> {
  const { say, deps } = desk;
  const periods = await listPeriods(deps);
  return listPage<ListedPeriod>(desk, {
    title: say.say("nav_periods"),
    lead: say.say("periods_lead"),
    actions: buttonLink(say.say("forecast"), "/console/periods/forecast"),
    heading: say.say("orders_title"),
    file: "periods",
    rows: periods,
    empty: { title: say.say("no_periods"), text: say.say("no_periods_why") },
    columns: [
      textColumn({ heading: say.say("period"), sort: "period", of: ({ period }) => period }),
      {
        heading: say.say("state"),
        sort: "state",
        cell: ({ state }) => badge(say.say(`period_${state}`), tones[state]),
        text: ({ state }) => state,
      },
      dayColumn(desk, { heading: say.say("since"), sort: "since", of: ({ from }) => from }),
      {
        heading: say.say("until"),
        sort: "until",
        cell: ({ until }) => lastDayText(desk, until),
        text: ({ until }) => until,
      },
      {
        heading: say.say("booked"),
        isFigure: true,
        cell: ({ booked }) =>
          booked.length === 0
            ? "–"
            : booked.map((one) => html`${say.money(one.amountMinor, one.currency)}<br>`),
        text: ({ booked }) =>
          booked.map((one) => `${decimalOf(one.amountMinor, one.currency)} ${one.currency}`).join(" "),
      },
      {
        heading: say.say("action"),
        cell: ({ state, period }) =>
          state === "due" && may(desk, payers) ? buttonLink(say.say("close_period"), closePath(period)) : "–",
        text: () => "",
      },
    ],
  });
}

/** What closing a period would book: the same as `period close --dry-run`. */
export async function closePage(desk: Desk, period: string): Promise<Response> {
  const { say, deps } = desk;
  const { terms } = await closePeriod(deps, period, { dryRun: true });
  return confirmPage(desk, {
    title: say.say("close_title", { period }),
    crumbs: [html`<a href="/console/periods">${say.say("nav_periods")}</a>`],
    action: closePath(period),
    sent: {},
    heading: say.say("close_books"),
    content:
      terms.length === 0
        ? emptyState(say.say("close_nothing"))
        : plainTable<ClosedTerm>(desk, say.say("close_books"), terms, [
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
          ]),
    label: say.say("close_do", { period }),
    back: "/console/periods",
  });
}

/** Closes a period, after asking. */
export async function close(desk: Desk, period: string): Promise<Response> {
  if (!isConfirmed(desk)) return closePage(desk, period);
  await closePeriod(desk.deps, period);
  return goTo("/console/periods", "closed");
}
