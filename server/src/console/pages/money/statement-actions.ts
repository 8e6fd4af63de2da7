import { type Html, html } from "../../../pages/html.ts";
import { emptyState } from "../../../pages/parts.ts";
import { answerStatement } from "../../../statements/answer-statement.ts";
import { type ClosedStatement, closeStatements } from "../../../statements/close-statements.ts";
import { statementFormats } from "../../../statements/formats.ts";
import { exportAnswer } from "../../../statements/statement-download.ts";
import { type Desk, given, goTo } from "../kit/desk.ts";
import { askPage, confirmPage, entered, isConfirmed, keptFields, line } from "../kit/fields.ts";
import { orAgain } from "../kit/or-again.ts";
import { partnerChoice } from "../kit/partner-choices.ts";
import { partnerInLine, partnerLink } from "../kit/partner-names.ts";
import { plainTable } from "../kit/plain-table.ts";
import { statementPath } from "../kit/shown.ts";
import { statementPage } from "./statement-page.ts";

const crumbs = (desk: Desk): Html[] => [
  html`<a href="/console/statements">${desk.say.say("nav_statements")}</a>`,
];

/** Asks which period to close for statements: the same question as `statement close`. */
export function closeStatementsPage(desk: Desk, problem?: string | Html): Promise<Response> {
  const { say } = desk;
  return askPage(desk, {
    title: say.say("close_statements"),
    lead: say.say("close_statements_lead"),
    crumbs: crumbs(desk),
    problem,
    fields: html`${line("period", say.say("period"), entered(desk, "period"), { required: true, maxlength: 10, hint: say.say("period_hint") })}
${line("partner", say.say("partner"), entered(desk, "partner"), { ...partnerChoice, hint: say.say("all_partners_hint") })}`,
    label: say.say("see_what_comes"),
    back: "/console/statements",
  });
}

/** Closes a period: first only shows the statements that it would make, then makes them. */
export const closeAllStatements = (desk: Desk): Promise<Response> =>
  orAgain(
    desk,
    (problem) => closeStatementsPage(desk, problem),
    async () => {
      const { say, deps, c } = desk;
      const form = c.get("form");
      const asked = { period: given(form, "period") ?? "", partner: given(form, "partner") };
      if (isConfirmed(desk)) {
        await closeStatements(deps, asked);
        return goTo(`/console/statements?period=${encodeURIComponent(asked.period)}`, "statements");
      }
      const { period, statements, left } = await closeStatements(deps, { ...asked, dryRun: true });
      return confirmPage(desk, {
        title: say.say("close_statements_confirm", { period, count: statements.length }),
        crumbs: crumbs(desk),
        sent: keptFields(desk, ["period", "partner"]),
        heading: say.say("nav_statements"),
        content: html`${closingTable(desk, statements)}${
          left.length > 0 &&
          html`<h3>${say.say("left_open")}</h3><ul>${left.map((one) => html`<li>${partnerInLine(one.partner)} ${one.currency}: <code>${one.why}</code></li>`)}</ul>`
        }`,
        label: statements.length === 0 ? undefined : say.say("close_statements_do"),
        back: "/console/statements",
      });
    },
  );

const shownAtMost = 200;

function closingTable(desk: Desk, statements: readonly ClosedStatement[]): Html {
  const { say } = desk;
  if (statements.length === 0) return emptyState(say.say("close_nothing"));
  return plainTable<ClosedStatement>(desk, say.say("nav_statements"), statements.slice(0, shownAtMost), [
    { heading: say.say("partner"), cell: ({ partner }) => partnerLink(partner) },
    { heading: say.say("kind"), cell: ({ kind }) => say.say(`statement_${kind}`) },
    { heading: say.say("lines"), isFigure: true, cell: ({ lines }) => say.number(lines) },
    {
      heading: say.say("opening_payable"),
      isFigure: true,
      cell: ({ opening, currency }) => say.money(opening.payableMinor, currency),
    },
    {
      heading: say.say("closing_payable"),
      isFigure: true,
      cell: ({ closing, currency }) => say.money(closing.payableMinor, currency),
    },
  ]);
}

/** A statement as a document: the same as `statement export`. */
export async function downloadStatement(desk: Desk, number: string): Promise<Response> {
  const format = statementFormats.find((one) => one === desk.address.query.get("format")) ?? "pdf";
  const { stream, headers } = await exportAnswer(
    desk.deps,
    { number, format },
    "/console/statements/{id}/export",
  );
  return new Response(stream, { headers });
}

/** Notes a partner's word on a statement that waits for it: the same as `statement accept` and `statement contest`. */
export const noteAnswer = (desk: Desk, number: string): Promise<Response> =>
  orAgain(
    desk,
    (problem) => statementPage(desk, number, problem),
    async () => {
      const form = desk.c.get("form");
      const answer = given(form, "answer") === "contested" ? "contested" : "accepted";
      await answerStatement(desk.deps, number, { answer, note: given(form, "note") });
      return goTo(statementPath(number), "noted");
    },
  );
