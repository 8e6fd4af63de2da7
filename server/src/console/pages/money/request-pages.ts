import { listRequests, settleRequest, showRequest } from "../../../approvals/approvals.ts";
import type { MoneyRequest } from "../../../four-eyes/requests.ts";
import { type Html, html } from "../../../pages/html.ts";
import { listTable } from "../../../pages/listing.ts";
import { type BadgeTone, badge, card, facts, idText, outcomeNotice } from "../../../pages/parts.ts";
import { consolePage, type Desk, doneNotice, goTo } from "../kit/desk.ts";
import { confirmPage, isConfirmed } from "../kit/fields.ts";
import { orAgain } from "../kit/or-again.ts";
import { partnerLink } from "../kit/partner-names.ts";
import { plainTable } from "../kit/plain-table.ts";
import { requestPath, timeText } from "../kit/shown.ts";
import { verdictCard } from "./verdict-card.ts";

const mostShown = 100;
const tones: Readonly<Record<MoneyRequest["status"], BadgeTone>> = {
  gathering: "wait",
  pending: "wait",
  booked: "good",
  refused: "off",
};

const crumbs = (desk: Desk): Html[] => [
  html`<a href="/console/adjustments">${desk.say.say("nav_adjustments")}</a>`,
];

const titleOf = ({ say }: Desk, { kind, subject }: MoneyRequest): string =>
  kind === "correction"
    ? say.say("correct_title", { order: subject })
    : kind === "ruling"
      ? say.say("resolve_title", { order: subject })
      : subject;

const statusBadge = ({ say }: Desk, { status }: MoneyRequest): Html =>
  badge(say.say(status === "gathering" ? "adjustment_pending" : `adjustment_${status}`), tones[status]);

/** What waits for a second person and is no adjustment; nothing where nothing does. */
export async function waitingRequestsCard(desk: Desk): Promise<Html | undefined> {
  const { say, deps } = desk;
  const { requests } = await listRequests(deps, { status: "pending", limit: mostShown });
  if (requests.length === 0) return undefined;
  return card({
    title: say.say("adjust_verdict"),
    lead: say.say("adjust_verdict_lead"),
    wide: true,
    content: plainTable<MoneyRequest>(desk, say.say("adjust_verdict"), requests, [
      {
        heading: say.say("what"),
        cell: (one) => html`<a href="${requestPath(one.id)}"><bdi>${titleOf(desk, one)}</bdi></a>`,
      },
      { heading: say.say("entered"), cell: ({ enteredAt }) => timeText(desk, enteredAt) },
      { heading: say.say("nav_partners"), isFigure: true, cell: ({ moves }) => say.number(moves.length) },
    ]),
  });
}

/** What an import, a correction or a ruling moves, and what a second person may say to it. */
export async function requestPage(desk: Desk, id: string, problem?: string | Html): Promise<Response> {
  const { say, kit, deps, address } = desk;
  const found = await showRequest(deps, id);
  return consolePage(desk, {
    title: titleOf(desk, found),
    crumbs: [...crumbs(desk), html`<code>${idText(id)}</code>`],
    lead: statusBadge(desk, found),
    status: problem === undefined ? 200 : 422,
    content: html`${problem !== undefined && outcomeNotice(problem, "bad")}${doneNotice(desk)}<div class="grid">${card(
      {
        title: say.say("facts"),
        content: facts([
          [say.say("note"), found.note],
          [say.say("correct_reference"), found.reference ?? undefined],
          [
            say.say("what_happened"),
            found.reverses === null ? undefined : say.say("correct_reverses", { id: found.reverses }),
          ],
          [say.say("entered"), html`${timeText(desk, found.enteredAt)}, ${found.enteredBy}`],
          [
            say.say("decided"),
            found.decidedAt && html`${timeText(desk, found.decidedAt)}, ${found.decidedBy ?? ""}`,
          ],
        ]),
      },
    )}${card({
      title: say.say("nav_partners"),
      content: listTable<MoneyRequest["moves"][number]>({
        kit,
        caption: say.say("nav_partners"),
        rows: found.moves,
        address,
        empty: { title: "–" },
        columns: [
          { heading: say.say("partner"), cell: ({ partner }) => partnerLink(partner) },
          {
            heading: say.say("amount"),
            isFigure: true,
            cell: ({ amountMinor, currency }) => say.money(amountMinor, currency),
          },
        ],
      }),
    })}${found.status === "pending" && verdictCard(desk, requestPath(found.id), found.enteredBy)}</div>`,
  });
}

/** Approves or refuses what waits, as its second person. */
export const decideRequested = (desk: Desk, id: string, verdict: "approve" | "refuse"): Promise<Response> =>
  orAgain(
    desk,
    (problem) => requestPage(desk, id, problem),
    async () => {
      if (verdict === "refuse" && !isConfirmed(desk)) return refusePage(desk, id);
      await settleRequest(desk.deps, id, verdict === "approve" ? "booked" : "refused");
      return goTo(requestPath(id), verdict === "approve" ? "booked" : "refused");
    },
  );

async function refusePage(desk: Desk, id: string): Promise<Response> {
  const { say, deps } = desk;
  const found = await showRequest(deps, id);
  return confirmPage(desk, {
    title: say.say("adjust_refuse_confirm"),
    lead: say.say("adjust_refuse_confirm_lead"),
    crumbs: crumbs(desk),
    sent: {},
    heading: titleOf(desk, found),
    content: facts([[say.say("note"), found.note]]),
    label: say.say("adjust_refuse"),
    back: requestPath(id),
    isDanger: true,
  });
}
