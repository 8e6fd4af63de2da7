import { html } from "hono/html";
import type { Addresses } from "../addresses.ts";
import { demoBar } from "../look/demo-bar.ts";
import { type Markup, page } from "../look/page.ts";
import type { Balance, DecisionRecord, OrderSummary } from "../receiver/admin.ts";
import type { LogLine } from "../receiver/log-lines.ts";
import {
  evidenceText,
  historyText,
  money,
  outcomeText,
  partnerName,
  reasonText,
  rewardText,
  verdictText,
} from "./plain-words.ts";

const times = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
const days = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });

/** The time of today's, the day of what lies further back. */
const whenText = (text: string): string => {
  const at = new Date(text);
  return days.format(at) === days.format(new Date()) ? times.format(at) : days.format(at);
};

/** What the vendor sees. */
export interface BackstageView {
  isRunning: boolean;
  orders: readonly OrderSummary[];
  /** The order that is looked at; the newest unless one was chosen. */
  record: DecisionRecord | undefined;
  balances: readonly Balance[];
  log: readonly LogLine[];
  /** Why there is nothing to see, when the receiver does not answer. */
  problem: string | undefined;
}

/** The vendor's view: who is credited and why, what is owed, and what the receiver says. */
export function backstagePage(addresses: Addresses, view: BackstageView): Markup {
  const body = html`${demoBar(addresses, "backstage")}
<main>
<header class="store-head"><p class="eyebrow">The vendor’s view, read from the receiver’s admin API</p><h1>Behind the scenes</h1></header>
${view.problem === undefined ? "" : html`<p class="notice bad" role="alert">${view.problem}</p>`}
<div class="backstage-grid">
<div>${view.problem === undefined ? decisionCard(addresses, view.record) : ""}${logCard(view.log)}</div>
<div>${view.problem === undefined ? ledger(view.balances) : ""}${orderList(view)}${receiverCard(addresses, view.isRunning)}</div>
</div>
</main>`;
  return page({
    title: "Behind the scenes – Tallystick demo",
    site: "backstage",
    body,
    styles: ["/backstage.css"],
  });
}

function decisionCard(addresses: Addresses, record: DecisionRecord | undefined): Markup {
  if (record !== undefined) return decision(record);
  return html`<section class="card"><h2>No order yet</h2><p>Renew in <a href="${addresses.product}/">Acme Paint</a>, and the decision stands here.</p></section>`;
}

function decision(record: DecisionRecord): Markup {
  const tones = { credited: "good", held: "warn", unattributed: "bad" } as const;
  return html`<section class="card decision" aria-labelledby="decision">
<p class="eyebrow">Order <code>${record.order}</code></p>
<h2 id="decision">${outcomeText(record)}</h2>
<p><span class="tag ${tones[record.outcome]}">${record.outcome}</span> <span class="soft">Because: ${reasonText(record.reason)}.</span></p>
${split(record)}
${(record.rewards?.earned ?? []).map((reward) => html`<p class="small">${rewardText(reward)}.</p>`)}
<h3>What was considered</h3>
${record.evidence.length === 0 ? html`<p class="soft">Nothing.</p>` : html`<ul class="evidence">${record.evidence.map(evidenceItem)}</ul>`}
<h3>What happened</h3>
<ol class="history">${record.history.map((entry) => html`<li><time datetime="${entry.at}">${whenText(entry.at)}</time><span>${historyText(entry)}</span></li>`)}</ol>
<details><summary>The whole record</summary><pre>${JSON.stringify(record, null, 2)}</pre></details>
</section>`;
}

/** Who has which share of the order, each tier a row. */
function split({ credits, plan }: DecisionRecord): Markup {
  if (credits.length === 0) return html``;
  const [, ...above] = plan?.chain ?? [];
  return html`<h3 id="split">How it is split</h3>
<table class="plain split" aria-labelledby="split"><thead><tr><th scope="col">Partner</th><th scope="col">Tier</th><th scope="col" class="number">Share</th><th scope="col" class="number">Credited</th><th scope="col" class="number">Left</th></tr></thead>
<tbody>${credits.map(
    ({ partner, rate, amountMinor, remainingMinor, currency }) =>
      html`<tr><th scope="row">${partnerName(partner)}</th><td data-label="Tier">${tierText(above.indexOf(partner))}</td><td class="number" data-label="Share">${rate} %</td><td class="number" data-label="Credited">${money(amountMinor, currency)}</td><td class="number" data-label="Left">${money(remainingMinor, currency)}</td></tr>`,
  )}</tbody></table>
${plan?.version == null ? "" : html`<p class="small soft">By version ${plan.version} of the plan <code>${plan.id}</code>${above.length === 0 ? "" : `: on the day of the sale ${above.map(partnerName).join(", then ")} stood above the seller`}.</p>`}`;
}

const tierText = (above: number): string =>
  above === -1 ? "seller" : above === 0 ? "above the seller" : `${above + 1} tiers above`;

function evidenceItem(evidence: DecisionRecord["evidence"][number]): Markup {
  const tone = evidence.verdict === "won" ? "good" : evidence.verdict === "refused" ? "bad" : "";
  const verdict = verdictText(evidence);
  const why = verdict === "won" || verdict === "agrees" ? "" : ` – ${reasonText(evidence.reason)}`;
  return html`<li><span class="tag ${tone}">${verdict}</span><span>${evidenceText(evidence)}: <b>${partnerName(evidence.partner)}</b><span class="soft">${why}</span></span></li>`;
}

function ledger(balances: readonly Balance[]): Markup {
  return html`<section class="card" aria-labelledby="ledger"><h2 id="ledger">Ledger balances</h2>
${
  balances.length === 0
    ? html`<p class="soft">Nothing is owed to anybody.</p>`
    : html`<table class="plain"><thead><tr><th scope="col">Partner</th><th scope="col" class="number">Held</th><th scope="col" class="number">Payable</th><th scope="col" class="number">Paid</th></tr></thead>
<tbody>${balances.map(
        (row) =>
          html`<tr><th scope="row">${partnerName(row.partner)}</th><td class="number" data-label="Held">${money(row.heldMinor, row.currency)}</td><td class="number" data-label="Payable">${money(row.payableMinor, row.currency)}</td><td class="number" data-label="Paid">${money(row.paidMinor, row.currency)}</td></tr>`,
      )}</tbody></table>`
}
<p class="small soft">A credit is held for 30 days, so that a refund does not have to be asked back.</p></section>`;
}

function orderList({ orders, record }: BackstageView): Markup {
  if (orders.length === 0) return html``;
  return html`<section class="card" aria-labelledby="orders"><h2 id="orders">Orders</h2><ul class="order-list">${orders.map(
    (order) =>
      html`<li><a href="?order=${encodeURIComponent(order.order)}" ${order.order === record?.order ? html`aria-current="true"` : ""}><time datetime="${order.receivedAt}">${whenText(order.receivedAt)}</time> ${money(order.netMinor, order.currency)} net <span class="tag">${order.outcome}</span></a></li>`,
  )}</ul></section>`;
}

function receiverCard(addresses: Addresses, isRunning: boolean): Markup {
  return html`<section class="card" aria-labelledby="receiver"><h2 id="receiver">The receiver <span class="tag ${isRunning ? "good" : "bad"}">${isRunning ? "running" : "stopped"}</span></h2>
<p class="soft">${isRunning ? "Stop it and renew: the customer still reaches the checkout, and the webhook waits until it is back." : "The store keeps the webhook and tries again. Start the receiver, and the order is credited after all."}</p>
<form method="post" action="/behind-the-scenes/receiver"><button type="submit" name="wish" value="${isRunning ? "stop" : "start"}">${isRunning ? "Stop the receiver" : "Start the receiver"}</button></form>
${isRunning ? html`<p class="small after-form"><a href="${addresses.receiver}/docs">Its API</a> · <a href="${addresses.receiver}/metrics">Its metrics</a></p>` : ""}</section>`;
}

function logCard(log: readonly LogLine[]): Markup {
  return html`<section class="card" aria-labelledby="log"><h2 id="log">What the receiver says</h2>
<ol class="log" tabindex="0" aria-label="Log lines, the newest first">${log.map(logItem)}</ol></section>`;
}

function logItem({ event, fields, text }: LogLine): Markup {
  if (event === undefined) return html`<li><code>${text}</code></li>`;
  const { time, level, event: _, pid, hostname, ...rest } = fields;
  const about = Object.entries(rest).map(([name, value]) => `${name}=${value}`);
  const at = new Date(typeof time === "number" ? time : String(time));
  return html`<li><time>${Number.isNaN(at.getTime()) ? "" : times.format(at)}</time> <b>${event}</b> <code>${about.join(" ")}</code></li>`;
}
