import { speak } from "../../../messages/speak.ts";
import { statementsTexts } from "../../../messages/statements/index.ts";
import type { OrderSummary } from "../../../orders/explain/list-orders.ts";
import { pathOf } from "../../../pages/address.ts";
import { type Html, html } from "../../../pages/html.ts";
import { type BadgeTone, badge } from "../../../pages/parts.ts";
import { instant } from "../../../words/clock.ts";
import type { Desk } from "./desk.ts";
import { partnerPath } from "./partner-names.ts";

/** A reason's code in words; one that this version does not know stands for itself. */
export function reasonText({ reasons }: Desk, code: string): string {
  return reasons.has(code) ? reasons.say(code) : code.replaceAll("_", " ");
}

/** What a booking is called on statements, in the language of the page. */
export async function speakBookings({ say }: Desk): Promise<(kind: string) => string> {
  const words = await speak(statementsTexts, [say.tag]);
  return (kind) => {
    const name = `kind_${kind}`;
    return words.has(name) ? words.say(name) : kind.replaceAll("_", " ");
  };
}

const tones: Readonly<Record<OrderSummary["outcome"], BadgeTone>> = {
  credited: "good",
  held: "wait",
  unattributed: "off",
};

/** What became of an order, in a word. */
export const outcomeBadge = ({ say }: Desk, outcome: OrderSummary["outcome"]): Html =>
  badge(say.say(`outcome_${outcome}`), tones[outcome]);

/** Where an order's record stands. */
export const orderPath = (shop: string, order: string): string => pathOf("console", "orders", shop, order);

/** Where a plan stands. */
export const planPath = (plan: string): string => pathOf("console", "plans", plan);

/** Where a batch of payouts stands. */
export const payoutPath = (id: string): string => pathOf("console", "payouts", id);

/** Where a statement stands. */
export const statementPath = (number: string): string => pathOf("console", "statements", number);

/** Where a contested decision stands. */
export const disputePath = (id: string): string => pathOf("console", "disputes", id);

/** An instant that is kept as ISO 8601, as the reader's language writes it. */
export const timeText = ({ say }: Desk, iso: string): string => say.time(instant(Date.parse(iso)));

/** The day of an instant that is kept as ISO 8601. */
export const dayText = ({ say }: Desk, iso: string): string => say.day(instant(Date.parse(iso)));

/** The last day of what ends at an instant: that of a month is its own last day, not the first of the next. */
export const lastDayText = ({ say }: Desk, until: string): string => say.day(instant(Date.parse(until) - 1));

/** Of each plan its newest version, where all versions come one behind the other. */
export const newestOf = <Plan extends { plan: string }>(versions: readonly Plan[]): Plan[] => [
  ...new Map(versions.map((one) => [one.plan, one])).values(),
];

/** Where a batch of serials stands. */
export const serialBatchPath = (batch: string): string => pathOf("console", "serials", batch);

/** The page of what waits for a second person. */
export const requestPath = (id: string): string => `/console/approvals/${encodeURIComponent(id)}`;

/** The way to a partner's page, above a page about it. */
export const partnerCrumbs = ({ say }: Desk, id: string): Html[] => [
  html`<a href="/console/partners">${say.say("nav_partners")}</a>`,
  html`<a href="${partnerPath(id)}">${id}</a>`,
];
