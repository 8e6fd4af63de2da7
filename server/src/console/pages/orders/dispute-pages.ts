import type { DisputeRecord, DisputeSummary } from "../../../disputes/dispute.ts";
import { listDisputes, showDispute } from "../../../disputes/open-dispute.ts";
import { disputeStates } from "../../../disputes/rows/schema.ts";
import { hiddenFields } from "../../../pages/app-page.ts";
import { type Html, html } from "../../../pages/html.ts";
import type { ListColumn } from "../../../pages/listing.ts";
import {
  type BadgeTone,
  badge,
  buttonLink,
  card,
  emptyState,
  idText,
  listedId,
  outcomeNotice,
} from "../../../pages/parts.ts";
import { dayColumn, partnerColumn } from "../kit/columns.ts";
import { answerers, may, rulers } from "../kit/console-route.ts";
import { consolePage, type Desk, doneNotice, formFields, given } from "../kit/desk.ts";
import { area, boxes, entered, line, noteField } from "../kit/fields.ts";
import { listPage, partnerFilter } from "../kit/list-page.ts";
import { orderColumns } from "../kit/order-columns.ts";
import { partnerChoice } from "../kit/partner-choices.ts";
import { plainTable } from "../kit/plain-table.ts";
import { disputePath, orderPath, timeText } from "../kit/shown.ts";
import { kindText } from "./order-record.ts";

const pageRows = 50;
const tones: Readonly<Record<string, BadgeTone>> = { open: "wait", answered: "plain", ruled: "good" };

function stateBadge({ say }: Desk, { state, granted }: DisputeSummary): Html {
  const name = granted === null ? `dispute_${state}` : granted ? "dispute_granted" : "dispute_refused";
  return badge(say.has(name) ? say.say(name) : state, granted === false ? "off" : tones[state]);
}

/** Decisions that partners contest: by default those that wait for the vendor, the most urgent first. */
export async function disputesPage(desk: Desk): Promise<Response> {
  const { say, deps, address } = desk;
  const state = disputeStates.find((one) => one === address.query.get("state"));
  const partner = given(address.query, "partner");
  const due = state === undefined && partner === undefined && given(address.query, "all") === undefined;
  const { disputes, next } = await listDisputes(deps, {
    state,
    partner,
    due,
    after: given(address.query, "after"),
    limit: pageRows,
  });
  return listPage<DisputeSummary>(desk, {
    title: say.say("nav_disputes"),
    lead: say.say("disputes_lead"),
    actions: html`${may(desk, answerers) && buttonLink(say.say("dispute_open_for"), "/console/disputes/open")}${
      may(desk, rulers) && buttonLink(say.say("disputes_rule"), "/console/disputes/rule")
    }`,
    heading: say.say(due ? "disputes_due" : "orders_title"),
    file: "disputes",
    columns: disputeColumns(desk),
    rows: disputes,
    filters: [
      {
        name: "state",
        label: say.say("state"),
        options: disputeStates.map((one) => {
          const name = `dispute_${one}`;
          return [one, say.has(name) ? say.say(name) : one] as const;
        }),
      },
      partnerFilter(desk),
    ],
    next,
    empty: {
      title: say.say("no_disputes"),
      text: html`<a href="/console/disputes?all=1">${say.say("see_all")}</a>`,
    },
  });
}

function disputeColumns(desk: Desk): ListColumn<DisputeSummary>[] {
  const { say } = desk;
  return [
    {
      heading: say.say("dispute"),
      sort: "dispute",
      cell: ({ id }) => html`<a class="code" href="${disputePath(id)}">${listedId(id)}</a>`,
      text: ({ id }) => id,
    },
    partnerColumn(desk),
    {
      heading: say.say("state"),
      sort: "state",
      cell: (one) => stateBadge(desk, one),
      text: ({ state }) => state,
    },
    dayColumn(desk, { heading: say.say("opened"), sort: "opened", of: ({ openedAt }) => openedAt }),
    dayColumn(desk, {
      heading: say.say("answer_due"),
      sort: "answer_due",
      of: ({ answerDueAt }) => answerDueAt,
    }),
  ];
}

/** One contested decision: the order that is meant, everybody's part in it side by side, what was said, and the ruling. */
export async function disputePage(desk: Desk, id: string, problem?: string | Html): Promise<Response> {
  const { say, deps } = desk;
  const found = await showDispute(deps, id);
  const orders = found.order === null ? found.candidates : [found.order];
  return consolePage(desk, {
    title: say.say("dispute_title", { partner: found.partner }),
    crumbs: [
      html`<a href="/console/disputes">${say.say("nav_disputes")}</a>`,
      html`<code>${idText(id)}</code>`,
    ],
    lead: stateBadge(desk, found),
    status: problem === undefined ? 200 : 422,
    content: html`${problem !== undefined && outcomeNotice(problem, "bad")}${doneNotice(desk)}<div class="grid">${card(
      {
        title: say.say(found.order === null ? "orders_meant" : "order"),
        wide: true,
        content:
          orders.length === 0
            ? emptyState(say.say("no_order_meant"))
            : plainTable(desk, say.say("orders"), orders, orderColumns(desk)),
      },
    )}${sidesCard(desk, found)}${threadCard(desk, found)}${answerCard(desk, found)}${found.granted === null && ruleCard(desk, found)}</div>`,
  });
}

const sidesCard = (desk: Desk, { sides }: DisputeRecord): Html | undefined => {
  const { say } = desk;
  return sides.length === 0
    ? undefined
    : card({
        title: say.say("sides"),
        wide: true,
        content: plainTable<DisputeRecord["sides"][number]>(desk, say.say("sides"), sides, [
          partnerColumn(desk),
          {
            heading: say.say("state"),
            sort: "state",
            cell: ({ credited }) =>
              badge(
                say.say(credited ? "outcome_credited" : "outcome_unattributed"),
                credited ? "good" : "off",
              ),
            by: ({ credited }) => Number(credited),
          },
          {
            heading: say.say("evidence"),
            sort: "evidence",
            cell: ({ evidence }) => evidence.map((one) => html`${kindText(desk, one.kind)}<br>`),
            text: ({ evidence }) => evidence.map((one) => kindText(desk, one.kind)).join(", "),
          },
        ]),
      });
};

const threadCard = (desk: Desk, { thread }: DisputeRecord): Html =>
  card({
    title: desk.say.say("thread"),
    wide: true,
    content: html`<ol class="steps">${thread.map(
      ({ author, text, file, actor, at }) =>
        html`<li><p><b>${desk.say.say(`author_${author}`)}</b>${actor !== null && html` <code>${actor}</code>`}: ${text ?? file?.name ?? "–"} <span class="sub">${timeText(desk, at)}</span></p></li>`,
    )}</ol>`,
  });

function ruleCard(desk: Desk, { id, partner, order }: DisputeRecord): Html {
  const { say, c } = desk;
  const form = c.get("form");
  const to = given(form, "to") ?? "as-decided";
  const choices = ["as-decided", "partner", "nobody"] as const;
  return card({
    title: say.say("ruling"),
    wide: true,
    ...(order === null
      ? {}
      : {
          link: {
            label: say.say("order_title", { order: order.order }),
            address: orderPath(order.shop, order.order),
          },
        }),
    content: html`<form method="post" action="${disputePath(id)}/rule">${hiddenFields(formFields(desk))}<fieldset><legend>${say.say("who_earned")}</legend>
${choices.map(
  (one) =>
    html`<label class="choice"><input type="radio" name="to" value="${one}"${to === one && html` checked`}><span>${say.say(
      one === "as-decided"
        ? "dispute_to_decided"
        : one === "nobody"
          ? "earned_by_nobody"
          : "earned_by_partner",
    )}</span></label>\n`,
)}</fieldset>
${line("partner", say.say("partner"), given(form, "partner") ?? partner, partnerChoice)}
${noteField(desk, given(form, "note") ?? "")}
<div class="field"><label for="answer">${say.say("dispute_answer")}</label><textarea id="answer" name="answer" maxlength="2000" aria-describedby="answer-hint">${form?.get("answer") ?? ""}</textarea><p class="hint" id="answer-hint">${say.say("dispute_answer_hint")}</p></div>
<div class="actions"><button class="main">${say.say("see_what_comes")}</button></div></form>`,
  });
}

/** The form that answers the partner, or notes something that it does not see. */
const answerCard = (desk: Desk, { id, granted }: DisputeRecord): Html => {
  const { say } = desk;
  return card({
    title: say.say("dispute_write"),
    wide: true,
    content: html`<form method="post" action="${disputePath(id)}/answer">${hiddenFields(formFields(desk))}${area("text", say.say("dispute_text"), entered(desk, "text"))}
${granted === null ? boxes(say.say("dispute_for_whom"), [["internal", say.say("dispute_internal")]], (name) => entered(desk, name) === "1") : html`<input type="hidden" name="internal" value="1"><p class="hint">${say.say("dispute_internal_only")}</p>`}
<div class="actions"><button class="main">${say.say("dispute_write_do")}</button></div></form>`,
  });
};
