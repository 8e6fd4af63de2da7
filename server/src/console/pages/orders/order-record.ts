import {
  type DecisionRecord,
  explainOrder,
  type OrderHistoryEntry,
} from "../../../orders/explain/explain-order.ts";
import { type Html, html } from "../../../pages/html.ts";
import {
  type BadgeTone,
  badge,
  buttonLink,
  card,
  emptyState,
  facts,
  idText,
  notice,
} from "../../../pages/parts.ts";
import { readOrderRewards } from "../../../rewards/order-rewards.ts";
import { consolePage, type Desk, doneNotice } from "../kit/desk.ts";
import { partnerInLine, partnerLink } from "../kit/partner-names.ts";
import { plainTable } from "../kit/plain-table.ts";
import { dayText, orderPath, outcomeBadge, reasonText, timeText } from "../kit/shown.ts";
import { rewardCard } from "./order-rewards.ts";

/** An order's decision in words, what it was made of, and what was booked. */
export async function orderPage(desk: Desk, shop: string, order: string): Promise<Response> {
  const { say, deps } = desk;
  const record = await explainOrder(deps, shop, order);
  const { earned } = await readOrderRewards(deps, record);
  const path = orderPath(record.shop, record.order);
  return consolePage(desk, {
    title: say.say("order_title", { order: record.order }),
    crumbs: [html`<a href="/console/orders">${say.say("nav_orders")}</a>`, html`${record.shop}`],
    lead: html`${outcomeBadge(desk, record.outcome)} ${headline(desk, record)}`,
    actions: html`${buttonLink(say.say("resolve"), `${path}/resolve`, record.outcome === "held")}${buttonLink(
      say.say("correct"),
      `${path}/correct`,
    )}`,
    content: html`${doneNotice(desk)}${recordContent(desk, record, rewardCard(desk, earned))}`,
  });
}

/** The decision record of an order, part by part. */
export const recordContent = (
  desk: Desk,
  record: DecisionRecord,
  more?: Html,
): Html => html`<div class="grid">
${factsCard(desk, record)}${creditCard(desk, record)}${more}${suspicionCard(desk, record)}${evidenceCard(desk, record)}${lineCard(desk, record)}${movementCard(desk, record)}${historyCard(desk, record)}</div>
`;

/** What became of an order and why, in a sentence. */
export function headline(desk: Desk, { outcome, partner, reason, evidence }: DecisionRecord): string {
  const { say } = desk;
  const why = reasonText(desk, reason);
  if (outcome !== "credited" || partner === null)
    return say.say(`headline_${outcome === "held" ? "held" : "nobody"}`, { why });
  const won = evidence.find(({ verdict }) => verdict === "won")?.kind;
  return won === undefined
    ? say.say("headline_credited", { partner, why })
    : say.say("headline_credited_by", { partner, why, kind: kindText(desk, won) });
}

/** What kind of evidence it is, in words. */
export const kindText = ({ say }: Desk, kind: string): string => {
  const name = `kind_${kind}`;
  return say.has(name) ? say.say(name) : kind;
};

function factsCard(desk: Desk, record: DecisionRecord): Html {
  const { say } = desk;
  const money = (minor: number) => say.money(minor, record.currency);
  return card({
    title: say.say("sale"),
    content: facts([
      [say.say("shop"), record.shop],
      [say.say("product"), record.product ?? "–"],
      [say.say("kind"), say.say(`cycle_${record.cycle}`)],
      [say.say("net"), money(record.netMinor)],
      [say.say("tax"), money(record.taxMinor)],
      [say.say("lost"), record.lostNetMinor === 0 ? undefined : money(record.lostNetMinor)],
      [say.say("bought"), timeText(desk, record.occurredAt)],
      [say.say("received"), timeText(desk, record.receivedAt)],
      [say.say("payable_on"), record.releaseAt === null ? undefined : dayText(desk, record.releaseAt)],
    ]),
  });
}

function creditCard(desk: Desk, { credits, plan, outcome }: DecisionRecord): Html {
  const { say } = desk;
  if (credits.length === 0)
    return card({
      title: say.say("credits"),
      content: emptyState(say.say("no_credits"), outcome === "held" ? say.say("no_credits_held") : undefined),
    });
  return card({
    title: say.say("credits"),
    content: html`${plainTable(desk, say.say("credits"), credits, [
      { heading: say.say("partner"), cell: ({ partner }) => partnerLink(partner) },
      { heading: say.say("rate"), isFigure: true, cell: ({ rate }) => say.percent(rate * 100) },
      {
        heading: say.say("amount"),
        isFigure: true,
        cell: ({ amountMinor, currency }) => say.money(amountMinor, currency),
      },
      {
        heading: say.say("left"),
        isFigure: true,
        cell: ({ remainingMinor, currency }) => say.money(remainingMinor, currency),
      },
    ])}${plan !== null && payText(desk, plan)}`,
  });
}

function payText(desk: Desk, { id, version, chain, rules }: NonNullable<DecisionRecord["plan"]>): Html {
  const { say } = desk;
  if (id === "legacy") return html`<p class="lead">${say.say("paid_by_percent")}</p>`;
  const paid = rules.filter(({ matched }) => matched);
  const passed = rules.filter(({ matched, why }) => !matched && why !== "earlier_rule");
  return html`<p class="lead">${say.say("paid_by_plan", { plan: id, version: String(version) })} ${
    chain.length > 1 && say.say("paid_chain", { chain: chain.join(" → ") })
  } <a href="/console/plans/${id}">${say.say("see_plan")}</a></p>
<details><summary>${say.say("rules_asked")}</summary><ul>${[...paid, ...passed].map(
    ({ line, partner, rule, why, matched }) =>
      html`<li><code>${rule}</code> (${line}, ${partner === null ? say.say("nobody") : partnerInLine(partner)}): ${matched ? say.say("rule_paid") : reasonText(desk, `rule_${why}`)}</li>`,
  )}</ul></details>
`;
}

function suspicionCard(desk: Desk, { suspicions }: DecisionRecord): Html | undefined {
  const { say } = desk;
  if (suspicions.length === 0) return undefined;
  return card({
    title: say.say("suspicions"),
    wide: true,
    content: plainTable(desk, say.say("suspicions"), suspicions, [
      {
        heading: say.say("what"),
        cell: ({ code }) => html`${reasonText(desk, code)} <span class="sub code">${code}</span>`,
      },
      {
        heading: say.say("state"),
        cell: ({ policy }) => badge(say.say(`suspicion_${policy}`), policy === "hold" ? "wait" : "plain"),
      },
      {
        heading: say.say("figures"),
        cell: ({ figures }) =>
          Object.entries(figures)
            .map(([name, figure]) => `${name} ${say.number(Math.round(figure * 10) / 10)}`)
            .join(", "),
      },
    ]),
  });
}

const verdictTones: Readonly<Record<string, BadgeTone>> = {
  won: "good",
  lost: "off",
  refused: "bad",
  held: "wait",
};

function evidenceCard(desk: Desk, { evidence }: DecisionRecord): Html {
  const { say } = desk;
  const verdictText = (verdict: string) => {
    const name = `verdict_${verdict}`;
    return say.has(name) ? say.say(name) : verdict;
  };
  return card({
    title: say.say("evidence"),
    lead: say.say("evidence_lead"),
    wide: true,
    content:
      evidence.length === 0
        ? emptyState(say.say("no_evidence"), say.say("no_evidence_why"))
        : plainTable(desk, say.say("evidence"), evidence, [
            {
              heading: say.say("evidence"),
              cell: ({ kind, coupon }) =>
                html`${kindText(desk, kind)}${coupon !== null && html` <code>${idText(coupon)}</code>`}`,
            },
            {
              heading: say.say("verdict"),
              cell: ({ verdict }) => badge(verdictText(verdict), verdictTones[verdict]),
            },
            {
              heading: say.say("partner"),
              cell: ({ partner }) => (partner === null ? say.say("nobody") : partnerLink(partner)),
            },
            { heading: say.say("why"), cell: ({ reason }) => reasonText(desk, reason) },
            { heading: say.say("seen"), cell: ({ seenAt }) => timeText(desk, seenAt) },
          ]),
  });
}

function lineCard(desk: Desk, { lines, currency }: DecisionRecord): Html {
  const { say } = desk;
  const money = (minor: number) => say.money(minor, currency);
  const areTotalsAlone = lines.length === 1 && lines[0]?.articles.length === 0;
  const kindOf = (kind: string) => {
    const name = `line_${areTotalsAlone && kind === "other" ? "whole" : kind}`;
    return say.has(name) ? say.say(name) : kind;
  };
  return card({
    title: say.say("lines"),
    wide: true,
    content: plainTable(desk, say.say("lines"), lines, [
      { heading: say.say("kind"), cell: ({ kind }) => kindOf(kind) },
      {
        heading: say.say("product"),
        cell: ({ product, articles }) => product ?? (articles.join(" ") || "–"),
      },
      { heading: say.say("term"), cell: ({ period }) => period ?? "–" },
      { heading: say.say("quantity"), isFigure: true, cell: ({ quantity }) => say.number(quantity) },
      { heading: say.say("net"), isFigure: true, cell: ({ netMinor }) => money(netMinor) },
      { heading: say.say("tax"), isFigure: true, cell: ({ taxMinor }) => money(taxMinor) },
      {
        heading: say.say("lost"),
        isFigure: true,
        cell: ({ lostNetMinor }) => (lostNetMinor === 0 ? "–" : money(lostNetMinor)),
      },
    ]),
  });
}

function movementCard(desk: Desk, { history }: DecisionRecord): Html | undefined {
  const { say } = desk;
  const transfers = history.filter(({ what }) => what === "transfer");
  if (transfers.length === 0) return undefined;
  return card({
    title: say.say("movements"),
    wide: true,
    content: plainTable(desk, say.say("movements"), transfers, [
      { heading: say.say("time"), cell: ({ at }) => timeText(desk, at) },
      { heading: say.say("what"), cell: ({ detail }) => String(detail.kind).replaceAll("_", " ") },
      { heading: say.say("partner"), cell: ({ detail }) => partnerLink(String(detail.partner)) },
      {
        heading: say.say("from_to"),
        cell: ({ detail }) => html`<bdi dir="ltr">${`${detail.debit} → ${detail.credit}`}</bdi>`,
      },
      { heading: say.say("cause"), cell: ({ detail }) => String(detail.cause).replaceAll("_", " ") },
      {
        heading: say.say("amount"),
        isFigure: true,
        cell: ({ detail }) => say.money(Number(detail.amountMinor), String(detail.currency)),
      },
    ]),
  });
}

function historyCard(desk: Desk, { history, shop, order }: DecisionRecord): Html {
  const { say } = desk;
  const told = history.filter(({ what }) => what !== "transfer");
  return card({
    title: say.say("history"),
    wide: true,
    content: html`<ol class="steps">${told.map(
      (entry) =>
        html`<li><p>${historyText(desk, entry)}${correctionText(desk, entry, orderPath(shop, order))} <span class="sub">${timeText(desk, entry.at)}</span></p></li>`,
    )}</ol>`,
  });
}

function historyText(desk: Desk, { what, detail }: OrderHistoryEntry): Html {
  const { say } = desk;
  const { amountMinor, currency, partner = null, note, status, outcome, reason } = detail;
  if (what === "ruling")
    return html`<b>${say.say("ruling")}</b>: ${partner ?? say.say("nobody")} – ${note ?? ""}`;
  if (what === "decision")
    return html`<b>${say.say(`outcome_${outcome as DecisionRecord["outcome"]}`)}</b>${partner !== null && html` (${partner})`}: ${reasonText(desk, String(reason))}`;
  const amount = typeof amountMinor === "number" && currency ? say.money(amountMinor, String(currency)) : "";
  const name = `loss_${what}`;
  const more = [amount, status, note].filter(Boolean).join(", ");
  return html`<b>${say.has(name) ? say.say(name) : what.replaceAll("_", " ")}</b>${more !== "" && `: ${more}`}`;
}

/** Of what a person entered: its id and paper, what it takes back or what took it back, and the way to do so. */
function correctionText({ say }: Desk, { what, detail }: OrderHistoryEntry, path: string): Html | undefined {
  const { note, object, reference, enteredBy, approvedBy, reverses, reversedBy } = detail;
  if (note === undefined || what === "ruling" || !String(object).startsWith("correction-")) return undefined;
  const hands = [enteredBy, approvedBy].filter(Boolean).join(", ");
  const state = reverses
    ? say.say("correct_reverses", { id: String(reverses) })
    : reversedBy
      ? say.say("correct_taken_back", { id: String(reversedBy) })
      : html`<a href="${path}/correct?reverses=${String(object)}">${say.say("correct_take_back")}</a>`;
  return html` <code>${String(object)}</code>${typeof reference === "string" && html` <bdi>${reference}</bdi>`}${hands !== "" && html` <span class="sub">${hands}</span>`} ${state}`;
}

/** What a ruling would make of an order, above the order as it would be. */
export const rehearsalNotice = (desk: Desk, record: DecisionRecord): Html =>
  notice(headline(desk, record), "plain", desk.say.say("rehearsed"));
