import { type Html, html } from "../../../pages/html.ts";
import { type ListColumn, listing } from "../../../pages/listing.ts";
import {
  type BadgeTone,
  badge,
  buttonLink,
  card,
  facts,
  idText,
  listedId,
  outcomeNotice,
} from "../../../pages/parts.ts";
import { approvePayout, cancelPayout } from "../../../payouts/change-batch.ts";
import { listPayouts, type PayoutBatch, type PayoutItem, showPayout } from "../../../payouts/payout.ts";
import { batchStates } from "../../../payouts/rows/schema.ts";
import { countColumn, moneyColumn, partnerColumn, textColumn, timeColumn } from "../kit/columns.ts";
import { may, payers } from "../kit/console-route.ts";
import { consolePage, type Desk, doneNotice, given, goTo } from "../kit/desk.ts";
import { actButton, confirmPage, isConfirmed, onlyFresh } from "../kit/fields.ts";
import { listPage } from "../kit/list-page.ts";
import { orAgain } from "../kit/or-again.ts";
import { payoutPath, timeText } from "../kit/shown.ts";
import { batchActions } from "./payout-cards.ts";

const pageRows = 50;
const tones: Readonly<Record<string, BadgeTone>> = {
  proposed: "wait",
  approved: "wait",
  exported: "wait",
  settled: "good",
  cancelled: "off",
  open: "wait",
  confirmed: "good",
  failed: "bad",
  returned: "bad",
};

/** A state of a batch or of one of its items, in a word. */
function stateBadge({ say }: Desk, state: string): Html {
  const name = `payout_${state}`;
  return badge(say.has(name) ? say.say(name) : state, tones[state]);
}

/** Batches of payouts, the newest first. */
export async function payoutsPage(desk: Desk): Promise<Response> {
  const { say, deps, address } = desk;
  const state = batchStates.find((one) => one === address.query.get("state"));
  const { payouts, next } = await listPayouts(deps, {
    state,
    after: given(address.query, "after"),
    limit: pageRows,
  });
  return listPage<PayoutBatch>(desk, {
    title: say.say("nav_payouts"),
    lead: say.say("payouts_lead"),
    actions: html`${buttonLink(say.say("tax_year"), "/console/payouts/year")}${
      may(desk, payers) && buttonLink(say.say("propose_title"), "/console/payouts/propose", true)
    }`,
    heading: say.say("orders_title"),
    file: "payouts",
    columns: batchColumns(desk),
    rows: payouts,
    filters: [
      {
        name: "state",
        label: say.say("state"),
        options: batchStates.map((one) => [one, say.say(`payout_${one}`)] as const),
      },
    ],
    next,
    empty: {
      title: say.say("no_payouts"),
      text: html`<a href="/console/payouts/propose">${say.say("propose_title")}</a>`,
    },
  });
}

function batchColumns(desk: Desk): ListColumn<PayoutBatch>[] {
  const { say } = desk;
  return [
    {
      heading: say.say("payout"),
      sort: "payout",
      cell: ({ id }) => html`<a class="code" href="${payoutPath(id)}">${listedId(id)}</a>`,
      text: ({ id }) => id,
    },
    {
      heading: say.say("state"),
      sort: "state",
      cell: ({ state }) => stateBadge(desk, state),
      text: ({ state }) => state,
    },
    {
      heading: say.say("proposed"),
      sort: "proposed",
      cell: ({ proposedAt, proposedBy }) =>
        html`${timeText(desk, proposedAt)} <span class="sub">${proposedBy}</span>`,
      text: ({ proposedAt }) => proposedAt,
    },
    {
      heading: say.say("approved"),
      sort: "approved",
      cell: ({ approvedAt, approvedBy }) =>
        approvedAt === null
          ? "–"
          : html`${timeText(desk, approvedAt)} <span class="sub">${approvedBy ?? ""}</span>`,
      text: ({ approvedAt }) => approvedAt,
    },
    countColumn(desk, { heading: say.say("nav_partners"), sort: "partners", of: ({ items }) => items }),
    moneyColumn(desk, { heading: say.say("amount"), sort: "amount", of: ({ totalMinor }) => totalMinor }),
  ];
}

/** A batch with its items; who did not propose it can approve it here. */
export async function payoutPage(desk: Desk, id: string, problem?: string | Html): Promise<Response> {
  const { say, kit, deps, address } = desk;
  const batch = await showPayout(deps, id);
  const isOwn = batch.proposedBy === desk.person.actor;
  return consolePage(desk, {
    title: say.say("payout_title", { amount: say.money(batch.totalMinor, batch.currency) }),
    crumbs: [
      html`<a href="/console/payouts">${say.say("nav_payouts")}</a>`,
      html`<code>${idText(id)}</code>`,
    ],
    lead: stateBadge(desk, batch.state),
    status: problem === undefined ? 200 : 422,
    content: html`${problem !== undefined && outcomeNotice(problem, "bad")}${doneNotice(desk)}<div class="grid">${card(
      {
        title: say.say("facts"),
        content: facts([
          [say.say("channel"), batch.channel],
          [say.say("proposed"), `${timeText(desk, batch.proposedAt)}, ${batch.proposedBy}`],
          [say.say("approved"), whenBy(desk, batch.approvedAt, batch.approvedBy)],
          [say.say("exported"), whenBy(desk, batch.exportedAt, batch.exportedBy)],
          [say.say("settled"), batch.settledAt === null ? undefined : timeText(desk, batch.settledAt)],
          [say.say("cancelled"), whenBy(desk, batch.cancelledAt, batch.cancelledBy)],
        ]),
      },
    )}${batch.state === "proposed" && approveCard(desk, id, isOwn)}${batchActions(desk, batch)}${card({
      title: say.say("nav_partners"),
      wide: true,
      content: listing({
        kit,
        caption: say.say("nav_partners"),
        columns: itemColumns(desk),
        rows: batch.rows,
        address,
        empty: { title: say.say("none") },
      }),
    })}</div>`,
  });
}

const whenBy = (desk: Desk, at: string | null, by: string | null): string | undefined =>
  at === null ? undefined : `${timeText(desk, at)}, ${by ?? ""}`;

const approveCard = (desk: Desk, id: string, isOwn: boolean): Html =>
  card({
    title: desk.say.say("approve_title"),
    content: html`<p>${desk.say.say(isOwn ? "approve_own" : "approve_lead")}</p>${onlyFresh(
      desk,
      html`<div class="actions">${
        !isOwn &&
        actButton(desk, {
          action: `${payoutPath(id)}/approve`,
          label: desk.say.say("approve_do"),
          look: "main",
        })
      }${actButton(desk, { action: `${payoutPath(id)}/cancel`, label: desk.say.say("cancel_do"), look: "danger" })}</div>`,
    )}`,
  });

function itemColumns(desk: Desk): ListColumn<PayoutItem>[] {
  const { say } = desk;
  return [
    partnerColumn(desk),
    {
      heading: say.say("state"),
      sort: "state",
      cell: ({ state, why }) =>
        html`${stateBadge(desk, state)}${why !== null && html` <span class="sub">${why}</span>`}`,
      text: ({ state, why }) => [state, why].filter(Boolean).join(": "),
    },
    textColumn({ heading: say.say("bank_status"), sort: "bank_status", of: ({ bankStatus }) => bankStatus }),
    timeColumn(desk, { heading: say.say("settled"), sort: "settled", of: ({ settledAt }) => settledAt }),
    moneyColumn(desk, { heading: say.say("amount"), sort: "amount", of: ({ amountMinor }) => amountMinor }),
  ];
}

/** Approves a batch, by another person than the one that proposed it. */
export const approve = (desk: Desk, id: string): Promise<Response> =>
  orAgain(
    desk,
    (problem) => payoutPage(desk, id, problem),
    async () => {
      await approvePayout(desk.deps, id);
      return goTo(payoutPath(id), "approved");
    },
  );

/** Cancels a batch, after asking: what it reserved is payable again. */
export const cancel = (desk: Desk, id: string): Promise<Response> =>
  orAgain(
    desk,
    (problem) => payoutPage(desk, id, problem),
    async () => {
      if (!isConfirmed(desk)) return cancelPage(desk, id);
      await cancelPayout(desk.deps, id);
      return goTo(payoutPath(id), "cancelled");
    },
  );

async function cancelPage(desk: Desk, id: string): Promise<Response> {
  const { say, deps } = desk;
  const { totalMinor, currency, items } = await showPayout(deps, id);
  return confirmPage(desk, {
    title: say.say("payout_cancel_confirm"),
    lead: say.say("payout_cancel_confirm_lead"),
    crumbs: [
      html`<a href="/console/payouts">${say.say("nav_payouts")}</a>`,
      html`<code>${idText(id)}</code>`,
    ],
    sent: {},
    heading: say.say("payout_title", { amount: say.money(totalMinor, currency) }),
    content: facts([[say.say("nav_partners"), say.number(items)]]),
    label: say.say("cancel_do"),
    back: payoutPath(id),
    isDanger: true,
  });
}
