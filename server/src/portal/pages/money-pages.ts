import { showAgreement } from "../../channel/agreements.ts";
import { type Relative, readOwnTree } from "../../channel/own-tree.ts";
import { findPartner } from "../../channel/rows/partners.ts";
import type { Pay } from "../../commission/plan.ts";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { pageRoute } from "../../http/page-route.ts";
import { type Html, html } from "../../pages/html.ts";
import { listing } from "../../pages/listing.ts";
import { badge, card, idText, panel } from "../../pages/parts.ts";
import { table } from "../../pages/table.ts";
import { listPartnerPayouts, type PartnerPayout } from "../../payouts/payout.ts";
import { planOf } from "../../plans/plans.ts";
import { findAssignedPlan } from "../../plans/rows/plans.ts";
import { instant } from "../../words/clock.ts";
import type { Currency } from "../../words/ids.ts";
import { termsCard } from "./period-terms.ts";
import { everyone, moneyPeople, type PortalFace, portalFace, portalPage } from "./portal-face.ts";

const payouts = pageRoute({
  who: moneyPeople,
  operationId: "showPortalPayouts",
  method: "get",
  path: "/portal/payouts",
  summary: "What was sent to a partner, or will be",
});
const plan = pageRoute({
  who: everyone,
  operationId: "showPortalPlan",
  method: "get",
  path: "/portal/plan",
  summary: "By what a partner's sales are paid, and who stands above and below it",
});

/** The pages about what a partner is paid, and by what. */
export function addMoneyPages(app: App, deps: Deps): void {
  app.serve(payouts, async (c) => {
    const face = await portalFace(deps, c);
    const after = c.req.query("after");
    const page = await listPartnerPayouts(deps, face.person.partner, {
      limit: 50,
      ...(after !== undefined && /^pi-[a-z0-9]{25}$/.test(after) ? { after } : {}),
    });
    const { say, money, day } = face.speech;
    return portalPage(deps, face, {
      title: say("nav_payouts"),
      lead: say("payouts_lead"),
      content: panel(
        listing<PartnerPayout>({
          kit: face.kit,
          caption: say("nav_payouts"),
          columns: [
            { heading: say("payout"), cell: ({ id }) => html`${idText(id)}` },
            {
              heading: say("amount"),
              isFigure: true,
              cell: ({ amountMinor, currency }) =>
                html`<bdi>${money(amountMinor, currency as Currency)}</bdi>`,
            },
            { heading: say("state"), cell: (item) => payoutBadge(face, item) },
            {
              heading: say("settled"),
              cell: ({ settledAt }) => (settledAt === null ? "–" : day(instant(Date.parse(settledAt)))),
            },
          ],
          rows: page.payouts,
          next: page.next,
          address: face.address,
          empty: { title: say("payouts_none") },
        }),
      ),
    });
  });
  app.serve(plan, async (c) => {
    const face = await portalFace(deps, c);
    const { say } = face.speech;
    return portalPage(deps, face, {
      title: say("nav_plan"),
      lead: say("plan_lead"),
      content: html`<div class="grid">${await planCard(deps, face)}${await termsCard(deps, face)}${await treeCards(deps, face)}</div>`,
    });
  });
}

function payoutBadge({ speech }: PortalFace, { state, returnedAt }: PartnerPayout): Html {
  const { say } = speech;
  if (returnedAt !== null) return badge(say("payout_returned"), "bad");
  if (state === "confirmed") return badge(say("payout_confirmed"), "good");
  return state === "failed" ? badge(say("payout_failed"), "bad") : badge(say("payout_open"), "wait");
}

async function planCard({ store, clock }: Deps, { person, speech }: PortalFace): Promise<Html> {
  const { say, percent } = speech;
  const { row, rateBp } = await store.read(async (tx) => ({
    row: await findAssignedPlan(tx, { partner: person.partner, at: clock() }),
    rateBp: (await findPartner(tx, person.partner))?.percent_bp ?? 0,
  }));
  if (row === undefined)
    return card({
      title: say("nav_plan"),
      content: html`<p>${say("plan_none", { percent: percent(rateBp) })}</p>`,
    });
  const document = planOf(row);
  return card({
    title: document.name,
    lead: say("plan_name", { plan: document.plan, version: row.version }),
    wide: true,
    content: table({
      caption: say("plan_rules"),
      columns: [say("rule"), say("plan_pay")],
      rows: document.rules.map(({ rule, pay }) => [rule, payText(speech, pay)]),
    }),
  });
}

/** What a rule pays, in words: a share, amounts, or both. */
function payText({ say, percent, money }: PortalFace["speech"], pay: Pay): string {
  const amounts = [
    ["pay_per_unit", pay.perUnit],
    ["pay_per_line", pay.perLine],
    ["pay_per_order", pay.perOrder],
  ] as const;
  const parts = [
    ...(pay.rateBp > 0 ? [percent(pay.rateBp)] : []),
    ...amounts.flatMap(([name, sums]) =>
      sums.map(({ amountMinor, currency }) => say(name, { amount: money(amountMinor, currency) })),
    ),
  ];
  return parts.length === 0 ? say("pay_nothing") : parts.join(" + ");
}

/** Who stands directly above and below, as the agreement lets her know: what `/v1/partner/tree` tells. */
async function treeCards(deps: Deps, { person, speech }: PortalFace): Promise<Html> {
  const { say } = speech;
  const { sharing } = await showAgreement(deps, person.partner);
  if (sharing === "none") return card({ title: say("above"), content: html`<p>${say("tree_hidden")}</p>` });
  const { above, below } = await readOwnTree(deps, person.partner);
  const direct = below.filter(({ level }) => level === 1);
  return html`${card({
    title: say("above"),
    content: html`<p>${above === null ? say("above_none") : above.name}</p>`,
  })}${card({
    title: say("below"),
    content:
      direct.length === 0
        ? html`<p>${say("below_none")}</p>`
        : html`<ul class="tree">${branches(below, person.partner)}</ul>`,
  })}`;
}

/** Those below one, each with those below it. */
function branches(below: readonly Relative[], parent: string): Html[] {
  return below
    .filter((one) => one.parent === parent)
    .map(({ id, name }) => {
      const its = branches(below, id);
      return html`<li><div>${name}</div>${its.length > 0 && html`<ul class="tree">${its}</ul>`}</li>`;
    });
}
