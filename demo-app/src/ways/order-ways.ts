import { reseller } from "../cast.ts";
import { voices } from "../shop/voices/voices.ts";
import type { Market, Way } from "./way.ts";

/** The partner tells who bought from it; the address at the checkout is all that counts. */
export const registeredEmail: Way = {
  name: "Registered e-mail",
  explained: "The partner registers its buyer’s address, and the renewal is bought with the same address.",
  sentence: "The reseller registers her buyer’s e-mail address with the receiver, by her own API key.",
  evidence: "email",
  copyKnows: false,
  async sell({ admin, addresses }, { email }) {
    const { key } = await admin.post<{ key: string }>(`/v1/partners/${reseller.id}/keys`, {});
    const answer = await fetch(`${addresses.receiver}/v1/partner/registered-emails`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ emails: [email], product: "acme-paint" }),
      signal: AbortSignal.timeout(60_000),
    });
    if (!answer.ok) throw new Error(`the reseller’s list was answered ${answer.status}`);
    return {
      handout: {},
      told: [`POST /v1/partner/registered-emails: ${email}`, "only a keyed hash of the address is kept"],
    };
  },
};

const couponCode = "NORTHSTAR";

/** The partner gives out a code; the copy itself carries nothing. */
export const couponAtCheckout: Way = {
  name: "Coupon",
  explained: "The partner gives out a code, and the customer types it at the shop’s checkout.",
  sentence: "The vendor gives the reseller a coupon code of her own.",
  evidence: "coupon",
  copyKnows: false,
  async sell(market) {
    const names = new Set(
      Object.values(voices).map(({ couponName }) => couponName?.(couponCode) ?? couponCode),
    );
    const known = await knownCoupons(market);
    // From midnight on: shops tell the time of a purchase in whole seconds, so one of this second lies before it.
    const validFrom = `${new Date().toISOString().slice(0, 10)}T00:00:00Z`;
    const coupon = { partner: reseller.id, validFrom };
    for (const code of names)
      if (!known.has(code.toUpperCase())) await market.admin.post("/v1/coupons", { code, ...coupon });
    return { handout: { coupon: couponCode }, told: [`POST /v1/coupons: ${couponCode} is ${reseller.id}’s`] };
  },
};

async function knownCoupons({ admin }: Market): Promise<Set<string>> {
  const { coupons } = await admin.get<{ coupons: { code: string }[] }>("/v1/coupons");
  return new Set(coupons.map(({ code }) => code.toUpperCase()));
}
