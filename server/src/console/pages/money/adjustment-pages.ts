import { refuseUnfit, reverseAdjustment } from "../../../adjustments/adjust.ts";
import { type Adjustment, adjustmentStatuses } from "../../../adjustments/adjustment.ts";
import { approveAdjustment, refuseAdjustment } from "../../../adjustments/approval.ts";
import { listAdjustments, showAdjustment } from "../../../adjustments/list-adjustments.ts";
import { type Html, html } from "../../../pages/html.ts";
import type { ListColumn } from "../../../pages/listing.ts";
import {
  type BadgeTone,
  badge,
  buttonLink,
  card,
  facts,
  idText,
  outcomeNotice,
} from "../../../pages/parts.ts";
import { moneyColumn, partnerColumn, timeColumn } from "../kit/columns.ts";
import { may, payers } from "../kit/console-route.ts";
import { consolePage, type Desk, doneNotice, given, goTo } from "../kit/desk.ts";
import { confirmPage, entered, isConfirmed, line, onlyFresh } from "../kit/fields.ts";
import { listPage, partnerFilter } from "../kit/list-page.ts";
import { orAgain } from "../kit/or-again.ts";
import { partnerLink } from "../kit/partner-names.ts";
import { timeText } from "../kit/shown.ts";
import { waitingRequestsCard } from "./request-pages.ts";
import { verdictCard } from "./verdict-card.ts";

const path = "/console/adjustments";
const pageRows = 50;
const tones: Readonly<Record<Adjustment["status"], BadgeTone>> = {
  pending: "wait",
  booked: "good",
  refused: "off",
};
const adjustmentPath = (id: string): string => `${path}/${encodeURIComponent(id)}`;
const crumbs = (desk: Desk): Html[] => [html`<a href="${path}">${desk.say.say("nav_adjustments")}</a>`];

/** What people booked by hand, the newest first. */
export async function adjustmentsPage(desk: Desk): Promise<Response> {
  const { say, deps, address } = desk;
  const { adjustments, next } = await listAdjustments(deps, {
    partner: given(address.query, "partner"),
    status: adjustmentStatuses.find((one) => one === address.query.get("status")),
    after: given(address.query, "after"),
    limit: pageRows,
  });
  return listPage<Adjustment>(desk, {
    title: say.say("nav_adjustments"),
    lead: say.say("adjustments_lead"),
    actions: may(desk, payers) ? buttonLink(say.say("adjust_title"), `${path}/new`, true) : undefined,
    above: await waitingRequestsCard(desk),
    heading: say.say("orders_title"),
    file: "adjustments",
    columns: adjustmentColumns(desk),
    rows: adjustments,
    filters: [
      partnerFilter(desk),
      {
        name: "status",
        label: say.say("state"),
        options: adjustmentStatuses.map((one) => [one, say.say(`adjustment_${one}`)] as const),
      },
    ],
    next,
    empty: { title: say.say("no_adjustments"), text: say.say("no_adjustments_why") },
  });
}

const adjustmentColumns = (desk: Desk): ListColumn<Adjustment>[] => {
  const { say } = desk;
  return [
    {
      heading: say.say("reference"),
      sort: "reference",
      cell: ({ id, reference }) => html`<a href="${adjustmentPath(id)}">${reference}</a>`,
      text: ({ reference }) => reference,
    },
    partnerColumn(desk),
    {
      heading: say.say("kind"),
      sort: "kind",
      cell: ({ kind, reverses }) =>
        html`${say.say(`adjust_${kind}`)}${reverses !== null && html` <span class="sub">${say.say("takes_back")}</span>`}`,
      text: ({ kind }) => kind,
    },
    {
      heading: say.say("state"),
      sort: "state",
      cell: ({ status }) => badge(say.say(`adjustment_${status}`), tones[status]),
      text: ({ status }) => status,
    },
    timeColumn(desk, { heading: say.say("time"), sort: "time", of: (one) => one.enteredAt }),
    moneyColumn(desk, { heading: say.say("amount"), sort: "amount", of: ({ amountMinor }) => amountMinor }),
  ];
};

/** One adjustment, and what may still be done with it. */
export async function adjustmentPage(desk: Desk, id: string, problem?: string | Html): Promise<Response> {
  const { say, deps } = desk;
  const found = await showAdjustment(deps, id);
  const { allowance, status } = found;
  return consolePage(desk, {
    title: say.say("adjustment_title", { reference: found.reference }),
    crumbs: [...crumbs(desk), html`<code>${idText(id)}</code>`],
    lead: badge(say.say(`adjustment_${status}`), tones[status]),
    status: problem === undefined ? 200 : 422,
    content: html`${problem !== undefined && outcomeNotice(problem, "bad")}${doneNotice(desk)}<div class="grid">${card(
      {
        title: say.say("facts"),
        content: facts([
          [say.say("partner"), partnerLink(found.partner)],
          [say.say("amount"), say.money(found.amountMinor, found.currency)],
          [say.say("kind"), say.say(`adjust_${found.kind}`)],
          [say.say("note"), found.note],
          [say.say("allowance_for"), allowance && say.say(`allowance_${allowance.for}`)],
          [say.say("allowance_budget"), allowance?.budget],
          [say.say("allowance_claim"), allowance?.claim],
          [
            say.say("takes_back"),
            found.reverses &&
              html`<a href="${adjustmentPath(found.reverses)}"><code>${idText(found.reverses)}</code></a>`,
          ],
          [say.say("entered"), `${timeText(desk, found.enteredAt)}, ${found.enteredBy}`],
          [
            say.say("decided"),
            found.decidedAt && `${timeText(desk, found.decidedAt)}, ${found.decidedBy ?? ""}`,
          ],
        ]),
      },
    )}${status === "pending" && verdictCard(desk, adjustmentPath(id), found.enteredBy)}${
      status === "booked" && reverseCard(desk, id)
    }</div>`,
  });
}

const reverseCard = (desk: Desk, id: string): Html => {
  const { say } = desk;
  return card({
    title: say.say("adjust_reverse"),
    lead: say.say("adjust_reverse_lead"),
    content: onlyFresh(
      desk,
      html`<form method="post" action="${adjustmentPath(id)}/reverse"><input type="hidden" name="form-token" value="${desk.person.formToken}">
${line("note", say.say("note"), entered(desk, "note"), { required: true, hint: say.say("adjust_note_hint") })}
<div class="actions"><button>${say.say("see_what_comes")}</button></div></form>`,
    ),
  });
};

/** Approves or refuses an adjustment, as its second person. */
export const decideAdjustment = (desk: Desk, id: string, verdict: "approve" | "refuse"): Promise<Response> =>
  orAgain(
    desk,
    (problem) => adjustmentPage(desk, id, problem),
    async () => {
      if (verdict === "refuse" && !isConfirmed(desk)) return refusePage(desk, id);
      await (verdict === "approve" ? approveAdjustment(desk.deps, id) : refuseAdjustment(desk.deps, id));
      return goTo(adjustmentPath(id), verdict === "approve" ? "booked" : "refused");
    },
  );

async function refusePage(desk: Desk, id: string): Promise<Response> {
  const { say, deps } = desk;
  const { partner, amountMinor, currency, reference, note } = await showAdjustment(deps, id);
  return confirmPage(desk, {
    title: say.say("adjust_refuse_confirm"),
    lead: say.say("adjust_refuse_confirm_lead"),
    crumbs: crumbs(desk),
    sent: {},
    heading: say.money(amountMinor, currency),
    content: facts([
      [say.say("partner"), partnerLink(partner)],
      [say.say("reference"), reference],
      [say.say("note"), note],
    ]),
    label: say.say("adjust_refuse"),
    back: adjustmentPath(id),
    isDanger: true,
  });
}

/** Takes an adjustment back by a counter-booking, after asking. */
export const reverse = (desk: Desk, id: string): Promise<Response> =>
  orAgain(
    desk,
    (problem) => adjustmentPage(desk, id, problem),
    async () => {
      const note = given(desk.c.get("form"), "note") ?? "";
      if (!isConfirmed(desk)) return reversePage(desk, id, note);
      const counter = await reverseAdjustment(desk.deps, id, { note });
      return goTo(adjustmentPath(counter.id), counter.status === "pending" ? "pending" : "booked");
    },
  );

async function reversePage(desk: Desk, id: string, note: string): Promise<Response> {
  const { say, deps } = desk;
  refuseUnfit("note", note);
  const { partner, amountMinor, currency, reference } = await showAdjustment(deps, id);
  return confirmPage(desk, {
    title: say.say("adjust_reverse_confirm"),
    lead: html`${say.say("adjust_reverse_lead")} ${say.say("rehearsed")}`,
    crumbs: crumbs(desk),
    sent: { note },
    heading: say.money(-amountMinor, currency),
    content: facts([
      [say.say("partner"), partnerLink(partner)],
      [say.say("reference"), reference],
      [say.say("note"), note],
    ]),
    label: say.say("adjust_reverse_do"),
    back: adjustmentPath(id),
    isDanger: true,
  });
}
