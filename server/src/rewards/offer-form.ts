import type { RewardKind } from "../commission/reward-terms.ts";
import { type Instant, instant } from "../words/clock.ts";
import { minorOf } from "../words/money.ts";
import { Refusal } from "../words/refusal.ts";
import type { NewOffer } from "./offers.ts";
import type { RewardSpeech } from "./reward-words.ts";

/** What may be chosen in a form that drafts an offer, with what a plan must allow for it. */
export const offerChoices = [
  ["points", "points"],
  ["per_unit", "points"],
  ["coupon", "coupon"],
] as const satisfies readonly (readonly [string, RewardKind])[];

/** The choices in words, as far as kinds are allowed. */
export function offerOptions(
  { say }: RewardSpeech,
  allowed: readonly RewardKind[],
): (readonly [value: string, text: string])[] {
  const texts = {
    points: say("reward_points_fixed"),
    per_unit: say("reward_points_unit"),
    coupon: say("reward_coupon"),
  };
  return offerChoices
    .filter(([, kind]) => allowed.includes(kind))
    .map(([choice]) => [choice, texts[choice]] as const);
}

/** The names of the form's fields. */
export const offerFields = [
  "title",
  "kind",
  "points",
  "worth",
  "currency",
  "product",
  "from",
  "until",
] as const;

/**
 * What was entered in a form that drafts an offer.
 *
 * @param field the value of a field by its name; undefined or empty where nothing was entered
 * @throws {Refusal} `request_invalid`
 */
export function readOfferForm(
  field: (name: (typeof offerFields)[number]) => string | null | undefined,
): Omit<NewOffer, "partner"> {
  const text = (name: (typeof offerFields)[number]) =>
    (field(name) ?? "").slice(0, 300).toWellFormed().trim();
  const kind = text("kind");
  const currency = text("currency").toUpperCase();
  const count = /^\d{1,14}$/.test(text("points")) ? Number(text("points")) : 0;
  const what =
    kind === "coupon"
      ? { coupon: { currency, amountMinor: minorOf(text("worth").replace(",", "."), currency) ?? 0 } }
      : kind === "per_unit"
        ? { pointsPerUnit: count }
        : { points: count };
  return {
    title: text("title"),
    ...(text("product") === "" ? {} : { product: text("product") }),
    from: dayIn(text("from"), 0),
    until: dayIn(text("until"), 1),
    ...what,
  };
}

/** The first moment of a day, or of one after it. */
function dayIn(text: string, later: number): Instant | undefined {
  if (text === "") return undefined;
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(at)) throw new Refusal("request_invalid", "A day is written 2027-01-31.");
  return instant(at + later * 86_400_000);
}
