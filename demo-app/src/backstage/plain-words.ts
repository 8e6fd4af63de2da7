import { sellers } from "../cast.ts";
import type { DecisionRecord, EarnedReward } from "../receiver/admin.ts";

/** A partner's name, or the id where there is no name. */
export const partnerName = (id: string): string => sellers[id] ?? id;

/** An amount as people write it. Minor units of a currency with two decimals, as all of the demo's are. */
export function money(amountMinor: number, currency: string): string {
  return new Intl.NumberFormat("en-IE", { style: "currency", currency }).format(amountMinor / 100);
}

const kinds: Record<string, string> = {
  manual: "the vendor’s ruling",
  voucher: "a voucher card",
  serial: "the serial number",
  token: "the token that came with the copy",
  coupon: "a coupon",
  email: "a registered e-mail address",
};

const routes: Record<string, string> = {
  ruling: "decided by a person",
  licence_binding: "bound to the licence at the first start",
  subscription: "known from the subscription",
  earlier_purchase: "known from an earlier purchase",
  order_field: "named by the order",
  click_reference: "carried by the click on the renewal link",
};

const reasons: Record<string, string> = {
  ...routes,
  agrees: "it names the same partner",
  weaker_kind: "other evidence is stronger",
  installed_first: "the copy was known before this click",
  seen_later: "other evidence was seen earlier",
  held: "two partners claim it",
  kind_not_used: "the vendor does not use this kind",
  product_mismatch: "it is for another product",
  self_purchase: "the partner bought it for itself",
  revoked: "it was revoked",
  partner_ended: "the partner’s agreement has ended",
  after_purchase: "it came after the purchase",
  reference_expired: "the click is too old",
  outside_window: "it is too old",
  reference_unknown: "no click has this reference",
  no_evidence: "nothing says who sold this copy",
  conflict: "two partners claim it",
};

/** A reason's code in words; an unknown code stands as it is. */
export const reasonText = (code: string): string => reasons[code] ?? code.replaceAll("_", " ");

/** A piece of evidence in words. */
export function evidenceText({ kind, route }: DecisionRecord["evidence"][number]): string {
  const what = kinds[kind] ?? kind;
  const how = route === undefined ? "" : `, ${routes[route] ?? route.replaceAll("_", " ")}`;
  return `${what.charAt(0).toUpperCase()}${what.slice(1)}${how}`;
}

/** What became of a piece of evidence, in a word: what lost because it says the same agrees. */
export const verdictText = ({ verdict, reason }: DecisionRecord["evidence"][number]): string =>
  reason === "agrees" ? reason : verdict;

/** What an order came to, in one sentence. */
export function outcomeText(record: DecisionRecord): string {
  if (record.outcome === "held") return `Held for a person to look at: ${reasonText(record.reason)}.`;
  if (record.outcome === "unattributed") return `Nobody is credited: ${reasonText(record.reason)}.`;
  const shares = record.credits.map(
    ({ partner, amountMinor, currency, rate }) =>
      `${partnerName(partner)} earns ${money(amountMinor, currency)}, ${rate} % of the net price`,
  );
  const takenBackMinor = record.history.reduce((sum, { detail }) => sum + takenBackBy(detail), 0);
  const currency = record.credits[0]?.currency ?? record.currency;
  const takenBack = takenBackMinor === 0 ? "" : ` ${money(takenBackMinor, currency)} of it was taken back.`;
  return `${shares.map((share) => `${share}.`).join(" ")}${takenBack}`;
}

function takenBackBy({ kind, amountMinor }: DecisionRecord["history"][number]["detail"]): number {
  const sign = kind === "reversal" ? 1 : kind === "reinstatement" ? -1 : 0;
  return sign * Number(amountMinor ?? 0);
}

const transfers: Record<string, string> = {
  credit: "credited, and held for now",
  reversal: "taken back",
  reinstatement: "given again",
  release: "released: it can be paid out",
  payout: "paid out",
};

const losses: Record<string, string> = {
  refund: "The store gave money back",
  restored: "Money came back, entered by hand",
  dispute_opened: "The customer’s bank disputes the payment",
  dispute_won: "The dispute was won",
  dispute_lost: "The dispute was lost",
};

/** Whether a refund that was told came to nothing. */
const isUndone = (status: unknown): boolean => status === "failed" || status === "cancelled";

/** One entry of an order's history in words. */
export function historyText({ what, detail }: DecisionRecord["history"][number]): string {
  const amount =
    typeof detail.amountMinor === "number" ? money(detail.amountMinor, String(detail.currency)) : "";
  const partner = typeof detail.partner === "string" ? partnerName(detail.partner) : "nobody";
  if (what === "decision") return `Decided: ${detail.outcome}, ${partner}`;
  if (what === "transfer") return `${partner}: ${amount} ${transfers[String(detail.kind)] ?? detail.kind}`;
  if (isUndone(detail.status)) return `A refund did not reach the customer after all: ${amount}`;
  return `${losses[what] ?? what}: ${amount}`;
}

/** What a renewal earned its customer, in one sentence. */
export function rewardText({ kind, points, costMinor, currency, partner, state }: EarnedReward): string {
  const what = kind === "coupon" ? `a coupon of ${money(costMinor, currency)}` : `${points} points`;
  const when =
    state === "waiting"
      ? ", to be redeemed once the commission is payable"
      : ` (${state.replaceAll("_", " ")})`;
  return `The renewal earned the customer ${what} from ${partnerName(partner)}${when}`;
}
