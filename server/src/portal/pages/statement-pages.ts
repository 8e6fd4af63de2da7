import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import type { AppContext } from "../../http/app-env.ts";
import { pageRoute } from "../../http/page-route.ts";
import { problems } from "../../http/problem.ts";
import { speak } from "../../messages/speak.ts";
import { statementsTexts } from "../../messages/statements/index.ts";
import { html } from "../../pages/html.ts";
import { listing } from "../../pages/listing.ts";
import { panel } from "../../pages/parts.ts";
import { answerStatement } from "../../statements/answer-statement.ts";
import { statementFormats } from "../../statements/formats.ts";
import { listStatements, type StatementSummary, showStatement } from "../../statements/read-statements.ts";
import { exportAnswer } from "../../statements/statement-download.ts";
import { Refusal } from "../../words/refusal.ts";
import { goTo, nameIn, orNothing, refusedNotice } from "./named-page.ts";
import { everyone, moneyPeople, type PortalFace, portalFace, portalPage } from "./portal-face.ts";
import { statementBody, statementColumns, statementLead, statementPath } from "./statement-view.ts";

const list = pageRoute({
  who: everyone,
  operationId: "showPortalStatements",
  method: "get",
  path: "/portal/statements",
  summary: "A partner's statements, the newest first",
});
const show = pageRoute({
  who: everyone,
  operationId: "showPortalStatement",
  method: "get",
  path: "/portal/statements/{number}",
  summary: "One of a partner's statements: opening, movements with their reasons, closing",
});
const download = pageRoute({
  who: everyone,
  operationId: "exportPortalStatement",
  method: "get",
  path: "/portal/statements/{number}/export",
  summary: "One of a partner's statements as a document",
});
const accept = pageRoute({
  who: moneyPeople,
  operationId: "acceptPortalStatement",
  method: "post",
  path: "/portal/statements/{number}/accept",
  summary: "Accept a document that the vendor wrote in the partner's name",
});
const contest = pageRoute({
  who: moneyPeople,
  operationId: "contestPortalStatement",
  method: "post",
  path: "/portal/statements/{number}/contest",
  summary: "Contest such a document before it is accepted",
});

const statementsOfPage = 50;
const linesOfPage = 200;

/** The pages of a partner's statements: what `/v1/partner/statements` tells. */
export function addStatementPages(app: App, deps: Deps): void {
  app.serve(list, (c) => listPage(deps, c));
  app.serve(show, async (c) => {
    const face = await portalFace(deps, c);
    return orNothing(deps, face, named(c), (number) => statementPage(deps, face, number));
  });
  app.serve(download, async (c) => {
    const face = await portalFace(deps, c);
    const format = statementFormats.find((one) => one === c.req.query("format")) ?? "pdf";
    return orNothing(deps, face, named(c), async (number) => {
      const { partner, role } = face.person;
      const about = { number, format, partner, isMasked: !moneyPeople.partner?.some((one) => one === role) };
      const { stream, headers } = await exportAnswer(deps, about, download.path);
      return c.body(stream, 200, headers);
    });
  });
  app.serve(accept, (c) => answer(deps, c, "accepted"));
  app.serve(contest, (c) => answer(deps, c, "contested"));
}

const named = (c: AppContext) =>
  ({ code: "statement_unknown", name: nameIn(c.req.param("number")) }) as const;

/** A page's beginning, where the address names one: another's, or nonsense, is the first page. */
const startOf = (c: Pick<PortalFace, "address">): { after?: string } => {
  const after = c.address.query.get("after");
  return after !== null && /^\d{1,15}$/.test(after) ? { after } : {};
};

async function listPage(deps: Deps, c: AppContext): Promise<Response> {
  const face = await portalFace(deps, c);
  const { say, tag } = face.speech;
  const page = await listStatements(deps, {
    partner: face.person.partner,
    limit: statementsOfPage,
    ...startOf(face),
  });
  return portalPage(deps, face, {
    title: say("nav_statements"),
    lead: say("statements_lead"),
    content: panel(
      listing<StatementSummary>({
        kit: face.kit,
        caption: say("nav_statements"),
        columns: statementColumns(face, await speak(statementsTexts, [tag])),
        rows: page.statements,
        next: page.next,
        address: face.address,
        empty: { title: say("statements_none") },
      }),
    ),
  });
}

async function statementPage(
  deps: Deps,
  face: PortalFace,
  number: string,
  refusal?: Refusal,
): Promise<Response> {
  const { say, tag } = face.speech;
  const asked = { partner: face.person.partner, limit: linesOfPage, ...startOf(face) };
  const shown = await showStatement(deps, number, asked);
  const terms = await speak(statementsTexts, [tag]);
  const parts = {
    title: number,
    lead: statementLead(face, terms, shown),
    content: statementBody(face, terms, shown, refusal && refusedNotice(face, refusal)),
    crumbs: [html`<a href="/portal/statements">${say("nav_statements")}</a>`],
  };
  return portalPage(deps, face, parts, refusal === undefined ? 200 : problems[refusal.code].status);
}

async function answer(deps: Deps, c: AppContext, said: "accepted" | "contested"): Promise<Response> {
  const face = await portalFace(deps, c);
  return orNothing(deps, face, named(c), async (number) => {
    const note = c.get("form")?.get("note") ?? undefined;
    const { partner } = face.person;
    try {
      await answerStatement(deps, number, { answer: said, partner, note: note === "" ? undefined : note });
    } catch (error) {
      if (!(error instanceof Refusal) || error.code === "statement_unknown") throw error;
      return statementPage(deps, face, number, error);
    }
    return goTo(statementPath(number));
  });
}
