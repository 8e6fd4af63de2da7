import { addPartner } from "../../server/src/channel/partners.ts";
import { decideWaiting } from "../../server/src/orders/decide/decide-some.ts";
import { releaseDue } from "../../server/src/orders/rule/release.ts";
import { settleSeals } from "../../server/src/receipts/settle-seals.ts";
import { createHashes } from "../../server/src/secrets/create-hashes.ts";
import { settlePepper } from "../../server/src/secrets/pepper.ts";
import { query } from "../../server/src/store/query.ts";
import { issueToken } from "../../server/src/tokens/tokens.ts";
import { type Journey, openJourney } from "../journey/journey.ts";
import type { Bench } from "../postgres/on-every-engine.ts";
import {
  type StripeSession,
  stripeChargeRefunded,
  stripeCheckoutCompleted,
} from "../shops/stripe-fixtures.ts";

/** A vendor's receiver with an affiliate who steals, at 20 percent, and an honest reseller. */
export async function openAttack(bench: Bench, config: Record<string, unknown> = {}, pepper?: string) {
  const journey = await openJourney(bench, config);
  if (pepper !== undefined) await takePepper(journey, pepper);
  const tokens: Record<string, string> = {};
  for (const id of ["mallory", "honest"]) {
    await addPartner(journey.deps, { id, name: id, percent: 20, email: `${id}.partner@${id}.example` });
    tokens[id] = (await issueToken(journey.deps, { partner: id, product: "acme-paint" })).token;
  }
  return Object.assign(journey, {
    mallory: tokens.mallory ?? "",
    honest: tokens.honest ?? "",
    buy: (order: Order) => buy(journey, order),
    refund: (id: string) =>
      journey.stripe(
        stripeChargeRefunded({ ...journey.happening(), id: `ch_${id}`, paymentIntent: `pi_${id}` }),
      ),
    follow: async (token: string) =>
      (await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`)).reference,
    gain: (partner = "mallory") => gain(journey, partner),
  });
}

/** The receiver takes another pepper before anything was hashed with its own. */
async function takePepper({ deps }: Journey, pepper: string): Promise<void> {
  Object.assign(deps.hashes, createHashes(pepper));
  const forget = query<Record<never, never>>()((db) => db.deleteFrom("peppers"));
  await deps.store.write((tx) => tx.run(forget, {}));
  await settlePepper(deps);
  await settleSeals(deps.store, deps.hashes);
}

/** A sale of 100.00 EUR net, of which 20 percent are 2000. */
export interface Order extends Partial<StripeSession> {
  id: string;
  licence?: string;
  codes?: readonly string[];
}

async function buy(journey: Journey, { id, licence, codes = [], ...more }: Order): Promise<void> {
  const metadata = { product: "acme-paint", ...(licence === undefined ? {} : { licence }) };
  const discounts = codes.map((code) => ({ promotion_code: { id: `promo_${id}`, code }, coupon: null }));
  const email = `buyer-of-${id.toLowerCase().replaceAll("_", "-")}@customers-${id.toLowerCase().replaceAll("_", "-")}.example`;
  const session = {
    ...journey.happening(),
    id,
    paymentIntent: `pi_${id}`,
    metadata,
    discounts,
    email,
    ...more,
  };
  await journey.stripe(stripeCheckoutCompleted(session));
}

/** What a partner has, in minor units, once every hold has ended and every job has run: what it could be paid. */
async function gain(journey: Journey, partner: string): Promise<number> {
  await decideWaiting(journey.deps);
  journey.pass(40);
  await releaseDue(journey.deps);
  await journey.expectSoundLedger();
  const { heldMinor, payableMinor } = await journey.balance(partner);
  return heldMinor + payableMinor;
}
