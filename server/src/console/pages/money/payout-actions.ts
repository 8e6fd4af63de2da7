import { type Html, html } from "../../../pages/html.ts";
import type { ListColumn } from "../../../pages/listing.ts";
import { card, emptyState } from "../../../pages/parts.ts";
import { type ConfirmedPayout, confirmPayout, type ToldOfBatch } from "../../../payouts/confirm.ts";
import { exportPayout } from "../../../payouts/export.ts";
import { showPayout } from "../../../payouts/payout.ts";
import {
  type ExcludedPayout,
  type PlannedPayout,
  type ProposalTerms,
  proposePayouts,
} from "../../../payouts/propose.ts";
import { isCalendarDay } from "../../../words/calendar-day.ts";
import { minorOf } from "../../../words/money.ts";
import { Refusal } from "../../../words/refusal.ts";
import { consolePage, type Desk, given, goTo } from "../kit/desk.ts";
import { askPage, confirmPage, entered, isConfirmed, keptFields, line } from "../kit/fields.ts";
import { orAgain } from "../kit/or-again.ts";
import { partnerLink } from "../kit/partner-names.ts";
import { plainTable } from "../kit/plain-table.ts";
import { payoutPath } from "../kit/shown.ts";
import { endOfDay } from "../kit/time-fields.ts";
import { payoutPage } from "./payout-pages.ts";

const crumbs = (desk: Desk): Html[] => [html`<a href="/console/payouts">${desk.say.say("nav_payouts")}</a>`];
const proposalFields = ["currency", "minimum", "until"] as const;

/** Asks what to propose: the same question as `payout propose`. */
export function proposePage(desk: Desk, problem?: string | Html): Promise<Response> {
  const { say } = desk;
  return askPage(desk, {
    title: say.say("propose_title"),
    lead: say.say("propose_lead"),
    crumbs: crumbs(desk),
    problem,
    fields: html`${line("currency", say.say("currency_code"), entered(desk, "currency"), { maxlength: 3, hint: say.say("propose_all_currencies") })}
${line("minimum", say.say("propose_minimum"), entered(desk, "minimum"), { inputmode: "decimal", hint: say.say("propose_minimum_hint") })}
${line("until", say.say("propose_until"), entered(desk, "until"), { type: "date", hint: say.say("propose_until_hint") })}`,
    label: say.say("see_what_comes"),
    back: "/console/payouts",
  });
}

/** Proposes payouts: first only says what would be in them and who gets nothing, then does it. */
export const propose = (desk: Desk): Promise<Response> =>
  orAgain(
    desk,
    (problem) => proposePage(desk, problem),
    async () => {
      const { say, deps } = desk;
      const terms = readTerms(desk);
      if (isConfirmed(desk)) {
        await proposePayouts(deps, terms);
        return goTo("/console/payouts", "proposed");
      }
      const { payouts, excluded } = await proposePayouts(deps, { ...terms, dryRun: true });
      return confirmPage(desk, {
        title: say.say("propose_confirm", { count: payouts.length }),
        crumbs: crumbs(desk),
        sent: keptFields(desk, proposalFields),
        heading: say.say("proposed"),
        content: html`${tableOr(desk, say.say("proposed"), payouts, plannedColumns(desk))}${
          excluded.length > 0 &&
          html`<h3>${say.say("excluded")}</h3>${tableOr(desk, say.say("excluded"), excluded, excludedColumns(desk))}`
        }`,
        label: payouts.length === 0 ? undefined : say.say("propose_do"),
        back: "/console/payouts",
      });
    },
  );

function readTerms(desk: Desk): ProposalTerms {
  const form = desk.c.get("form");
  const [currency, minimum, until] = proposalFields.map((name) => given(form, name));
  const code = currency?.toUpperCase();
  if (minimum === undefined) return { currency: code, until: endOfDay(until) };
  const minimumMinor = code === undefined ? undefined : minorOf(minimum, code);
  if (minimumMinor === undefined || minimumMinor < 0)
    throw new Refusal("request_invalid", "A minimum is an amount such as 50.00, of the currency beside it.", {
      field: "minimum",
    });
  return { currency: code, minimumMinor, until: endOfDay(until) };
}

const plannedColumns = ({ say }: Desk): ListColumn<PlannedPayout>[] => [
  { heading: say.say("partner"), cell: ({ partner }) => partnerLink(partner) },
  { heading: say.say("channel"), cell: ({ channel }) => channel },
  {
    heading: say.say("amount"),
    isFigure: true,
    cell: ({ amountMinor, currency }) => say.money(amountMinor, currency),
  },
];

const excludedColumns = ({ say }: Desk): ListColumn<ExcludedPayout>[] => [
  { heading: say.say("partner"), cell: ({ partner }) => partnerLink(partner) },
  {
    heading: say.say("why"),
    cell: ({ reason, detail }) => html`<code>${reason}</code> <span class="sub">${detail}</span>`,
  },
  {
    heading: say.say("payable"),
    isFigure: true,
    cell: ({ payableMinor, currency }) => say.money(payableMinor, currency),
  },
];

function tableOr<Row>(
  desk: Desk,
  caption: string,
  rows: readonly Row[],
  columns: readonly ListColumn<Row>[],
): Html {
  const { say } = desk;
  if (rows.length === 0) return emptyState(say.say("none"));
  return plainTable(desk, caption, rows, columns);
}

/** The payment file of an approved batch, as a download: the same as `payout export`. */
export const exportBatch = (desk: Desk, id: string): Promise<Response> =>
  orAgain(
    desk,
    (problem) => payoutPage(desk, id, problem),
    async () => {
      const form = desk.c.get("form");
      const format = given(form, "format") === "pain.001" ? "pain.001" : "csv";
      const executeOn = given(form, "executeOn");
      if (executeOn !== undefined && !isCalendarDay(executeOn))
        throw new Refusal("request_invalid", "The day on which the bank pays is written 2027-01-31.", {
          field: "executeOn",
        });
      const columns = given(form, "columns");
      const file = await exportPayout(desk.deps, id, { format, executeOn, columns });
      return new Response(file.content, {
        headers: {
          "content-type": file.mediaType,
          "content-disposition": `attachment; filename="${file.name}"`,
          "cache-control": "private, no-store",
          "x-content-type-options": "nosniff",
        },
      });
    },
  );

/** Takes what became of a batch, by the bank's file or by hand, and says what it told: the same as `payout confirm`. */
export const confirmBatch = (desk: Desk, id: string): Promise<Response> =>
  orAgain(
    desk,
    (problem) => payoutPage(desk, id, problem),
    async () => {
      const told = await toldIn(desk);
      if ("all" in told && !isConfirmed(desk)) return confirmAllPage(desk, id);
      return confirmedPage(desk, await confirmPayout(desk.deps, id, told));
    },
  );

/** Asks before everything that is open counts as paid. */
async function confirmAllPage(desk: Desk, id: string): Promise<Response> {
  const { say, deps } = desk;
  const { rows, currency } = await showPayout(deps, id);
  const open = rows.filter(({ state }) => state === "open");
  return confirmPage(desk, {
    title: say.say("confirm_all_confirm"),
    lead: say.say("confirm_all_confirm_lead"),
    crumbs: [...crumbs(desk), html`<a href="${payoutPath(id)}">${id}</a>`],
    sent: { all: "1" },
    heading: say.money(
      open.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
      currency,
    ),
    content: tableOr(desk, say.say("nav_partners"), open, [
      { heading: say.say("partner"), cell: ({ partner }) => partnerLink(partner) },
      {
        heading: say.say("amount"),
        isFigure: true,
        cell: (item) => say.money(item.amountMinor, item.currency),
      },
    ]),
    label: open.length === 0 ? undefined : say.say("confirm_all"),
    back: payoutPath(id),
  });
}

async function toldIn({ c }: Desk): Promise<ToldOfBatch> {
  const [form, file] = [c.get("form"), c.get("files")?.get("file")];
  if (file !== undefined && file.size > 0) return { file: await file.text() };
  if (given(form, "all") !== undefined) return { all: true };
  const row = given(form, "row") ?? "";
  if (!/^[1-9]\d{0,4}$/.test(row))
    throw new Refusal("request_invalid", "Choose the bank's file, or say which row is meant.");
  return { row: Number(row), failed: given(form, "failed") };
}

function confirmedPage(desk: Desk, told: ConfirmedPayout): Promise<Response> {
  const { say } = desk;
  const { id } = told.payout;
  const counts = [
    ["payout_confirmed", told.changed.confirmed],
    ["payout_failed", told.changed.failed],
    ["payout_returned", told.changed.returned],
    ["confirm_pending", told.changed.pending],
    ["confirm_unchanged", told.unchanged],
  ] as const;
  const lists = [
    ["confirm_unmatched", told.unmatched],
    ["confirm_amounts_differ", told.amountsDiffer],
    ["confirm_contradicted", told.contradicted],
  ] as const;
  return consolePage(desk, {
    title: say.say("confirmed_title"),
    lead: say.say("confirmed_lead"),
    crumbs: [...crumbs(desk), html`<a href="${payoutPath(id)}">${id}</a>`],
    content: card({
      title: say.say("confirm_title"),
      content: html`<dl class="facts">${counts.map(([name, count]) => html`<dt>${say.say(name)}</dt><dd>${say.number(count)}</dd>`)}${lists.map(
        ([name, ids]) =>
          ids.length > 0 &&
          html`<dt>${say.say(name)}</dt><dd>${ids.map((one) => html`<code>${one}</code> `)}</dd>`,
      )}</dl><p></p><div class="actions"><a class="button main" href="${payoutPath(id)}">${say.say("confirm_back")}</a></div>`,
    }),
  });
}
