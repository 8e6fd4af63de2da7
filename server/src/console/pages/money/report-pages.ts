import { type ExportFormat, exportFormats, exportLedger } from "../../../books/export.ts";
import { html } from "../../../pages/html.ts";
import { buttonLink, card } from "../../../pages/parts.ts";
import { readTaxYear, type TaxYearRow, taxYearCsv } from "../../../payouts/tax-year.ts";
import { type ForecastTerm, forecastPeriod } from "../../../periods/periods.ts";
import { type Earnings, reportEarnings } from "../../../reports/report-earnings.ts";
import { decimalOf } from "../../../words/money.ts";
import { countColumn, moneyColumn, partnerColumn, textColumn } from "../kit/columns.ts";
import { type ConsoleRoute, payers, readers } from "../kit/console-route.ts";
import { consolePage, type Desk, type DeskText, given } from "../kit/desk.ts";
import { pick } from "../kit/fields.ts";
import { fileResponse } from "../kit/file-response.ts";
import { listPage, partnerFilter } from "../kit/list-page.ts";
import { partnerLink } from "../kit/partner-names.ts";
import { endOfDay, startOfDay } from "../kit/time-fields.ts";

const by = ["partner", "product", "month", "tier", "campaign", "evidence", "reason"] as const;
const byTexts = {
  partner: "partner",
  product: "product",
  month: "month",
  tier: "tier",
  campaign: "batch",
  evidence: "evidence",
  reason: "reason",
} as const satisfies Record<(typeof by)[number], DeskText>;

/** What orders brought and who earned what: `report earnings`. */
async function earningsPage(desk: Desk): Promise<Response> {
  const { say, deps, address } = desk;
  const asked = by.find((one) => one === address.query.get("by")) ?? "partner";
  const rows = await reportEarnings(deps, {
    by: asked,
    since: startOfDay(given(address.query, "since")),
    until: endOfDay(given(address.query, "until")),
  });
  const money = (heading: string, sort: string, of: (one: Earnings) => number) => ({
    heading,
    sort,
    isFigure: true,
    cell: (one: Earnings) => say.money(of(one), one.currency),
    text: (one: Earnings) => decimalOf(of(one), one.currency),
    by: of,
  });
  return listPage<Earnings>(desk, {
    title: say.say("nav_earnings"),
    heading: say.say(byTexts[asked]),
    file: `earnings-by-${asked}`,
    rows,
    filters: [
      {
        name: "by",
        label: say.say("added_up_by"),
        options: by.map((one) => [one, say.say(byTexts[one])] as const),
        hasDefault: true,
      },
      { name: "since", label: say.say("since"), type: "date" },
      { name: "until", label: say.say("until"), type: "date" },
    ],
    empty: { title: say.say("no_earnings") },
    columns: [
      {
        heading: say.say(byTexts[asked]),
        sort: asked === "partner" ? "partner" : "value",
        cell: ({ value }) =>
          value === null ? say.say("nobody") : asked === "partner" ? partnerLink(value) : value,
        text: ({ value }) => value ?? "",
      },
      textColumn({ heading: say.say("currency"), sort: "currency", of: ({ currency }) => currency }),
      countColumn(desk, { heading: say.say("orders"), sort: "orders", of: ({ orders }) => orders }),
      money(say.say("net"), "net", ({ netMinor }) => netMinor),
      money(say.say("credit"), "commission", ({ commissionMinor }) => commissionMinor),
      {
        heading: say.say("rate"),
        sort: "rate",
        isFigure: true,
        cell: ({ sharePercent }) => (sharePercent === null ? "–" : say.percent(sharePercent * 100)),
        text: ({ sharePercent }) => sharePercent,
        by: ({ sharePercent }) => sharePercent ?? -1,
      },
    ],
  });
}

/** What periods come to until now: `period forecast`. Never a balance. */
async function forecastPage(desk: Desk): Promise<Response> {
  const { say, deps, address } = desk;
  const rows = await forecastPeriod(deps, {
    period: given(address.query, "period"),
    partner: given(address.query, "partner"),
  });
  return listPage<ForecastTerm>(desk, {
    title: say.say("forecast"),
    lead: say.say("forecast_lead"),
    crumbs: [html`<a href="/console/periods">${say.say("nav_periods")}</a>`],
    file: "forecast",
    rows,
    filters: [{ name: "period", label: say.say("period") }, partnerFilter(desk)],
    empty: { title: say.say("no_periods"), text: say.say("no_periods_why") },
    columns: [
      partnerColumn(desk),
      textColumn({ heading: say.say("period"), sort: "period", of: ({ period }) => period }),
      {
        heading: say.say("term"),
        sort: "term",
        cell: ({ term }) => html`<code>${term}</code>`,
        text: ({ term }) => term,
      },
      moneyColumn(desk, {
        heading: say.say("would_pay"),
        sort: "amount",
        of: ({ amountMinor }) => amountMinor,
      }),
      moneyColumn(desk, { heading: say.say("booked"), sort: "booked", of: ({ bookedMinor }) => bookedMinor }),
    ],
  });
}

function treatmentText({ say }: Desk, treatment: string | null): string {
  if (treatment === null) return "–";
  const name = `treatment_${treatment}`;
  return say.has(name) ? say.say(name) : treatment.replaceAll("_", " ");
}

/** What each partner was paid in a calendar year, with tax facts: `payout year`. */
async function yearPage(desk: Desk): Promise<Response> {
  const { say, deps, address } = desk;
  const year = Number(given(address.query, "year") ?? new Date(deps.clock()).getUTCFullYear());
  const rows = await readTaxYear(deps, year);
  const money = (heading: string, sort: string, of: (one: TaxYearRow) => number) =>
    moneyColumn<TaxYearRow>(desk, { heading, sort, of });
  return listPage<TaxYearRow>(desk, {
    title: `${say.say("tax_year")} ${year}`,
    crumbs: [html`<a href="/console/payouts">${say.say("nav_payouts")}</a>`],
    actions: buttonLink(say.say("export_do"), `/console/payouts/year/file?year=${year}`),
    file: `paid-${year}`,
    rows,
    filters: [{ name: "year", label: say.say("tax_year") }],
    empty: { title: say.say("no_payouts") },
    columns: [
      {
        heading: say.say("partner"),
        sort: "partner",
        cell: ({ partner, legalName }) =>
          html`${partnerLink(partner)} ${legalName !== null && html`<span class="sub">${legalName}</span>`}`,
        text: ({ partner }) => partner,
      },
      textColumn({ heading: say.say("territory"), sort: "country", of: ({ country }) => country }),
      {
        heading: say.say("tax"),
        cell: ({ taxTreatment, taxNumber, vatId }) =>
          html`${treatmentText(desk, taxTreatment)} <span class="sub">${[vatId, taxNumber].filter(Boolean).join(", ")}</span>`,
        text: ({ taxTreatment }) => taxTreatment,
      },
      money(say.say("paid"), "paid", ({ paidMinor }) => paidMinor),
      money(say.say("payout_returned"), "returned", ({ returnedMinor }) => returnedMinor),
      money(say.say("net"), "net", ({ netMinor }) => netMinor),
    ],
  });
}

/** `payout year --csv`: it holds whole tax numbers, so it is for those who pay. */
async function yearFile({ deps, address }: Desk): Promise<Response> {
  const year = Number(given(address.query, "year"));
  return fileResponse(`tax-year-${year}.csv`, "text/csv", await taxYearCsv(deps, year));
}

const mediaTypes: Readonly<Record<ExportFormat, string>> = {
  csv: "text/csv",
  json: "application/json",
  hledger: "text/plain",
};

/** The journal as a file: `ledger export`. */
async function journal(desk: Desk): Promise<Response> {
  const { say, deps, address } = desk;
  const format = exportFormats.find((each) => each === given(address.query, "format"));
  if (format !== undefined)
    return fileResponse(
      `journal.${format === "hledger" ? "journal" : format}`,
      mediaTypes[format],
      exportLedger(deps, format),
    );
  return consolePage(desk, {
    title: say.say("journal"),
    content: card({
      title: say.say("journal"),
      content: html`<form class="filters" method="get" action="${address.path}">${pick(
        "format",
        say.say("export_form"),
        exportFormats.map((each) => [each, each] as const),
        "csv",
      )}<div class="field"><button class="main">${say.say("export_do")}</button></div></form>`,
    }),
  });
}

/** Sums, forecasts and the journal. */
export const reportRoutes: readonly ConsoleRoute[] = [
  ["get", "/console/earnings", readers, earningsPage],
  ["get", "/console/periods/forecast", readers, forecastPage],
  ["get", "/console/payouts/year", readers, yearPage],
  ["get", "/console/payouts/year/file", payers, yearFile, "fresh"],
  ["get", "/console/journal", readers, journal],
];
