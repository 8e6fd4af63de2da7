import { soldCopy } from "../cast.ts";
import type { PastReceiver } from "./past-receiver.ts";
import type { Year } from "./year-plan.ts";

const hour = 3_600_000;
const day = 24 * hour;

/** The vendor's shop makes them, each for one customer. */
const coupons = Array.from({ length: 12 }, (_, index) => `MERCI-${4_711 + index * 137}`);

/**
 * Two resellers thank customers who renew: one with points, one with coupons of the vendor's shop. The customer of the
 * journey has renewed an earlier copy early, so a coupon waits for her; others were given what their points are worth.
 */
export function planRewards(year: Year): void {
  const { receiver, channel, customers, months, now, plan } = year;
  const [first] = months;
  if (first === undefined) return;
  plan(first.from + 9 * hour, async () => {
    await offer(receiver, channel.token.key, { title: "300 points for each renewal", points: 300 });
    const coupon = { currency: "EUR", amountMinor: 400 };
    const { offer: id } = await offer(receiver, channel.coupon.key, {
      title: "4 euros off, merci !",
      coupon,
    });
    await receiver.as(channel.coupon.key).post(`/v1/partner/reward-offers/${id}/codes`, { codes: coupons });
  });
  // The customer of the journey has bought before, from another partner.
  const painter = { email: soldCopy.email, shop: "standard-webhooks" } as const;
  plan(now - 300 * day, async () => {
    const { customer } = await customers.buy("coupon", painter);
    plan(now - 62 * day, async () => void (await customers.renew(customer)));
  });
  plan(now - 290 * day, async () => {
    const { customer } = await customers.buy("token");
    plan(now - 90 * day, async () => void (await customers.renew(customer)));
  });
  for (const days of [52, 38, 24, 10]) plan(now - days * day, () => redeemSome(receiver, channel.token.key));
}

async function offer(receiver: PastReceiver, key: string, what: object): Promise<{ offer: string }> {
  const partner = receiver.as(key);
  const drafted = await partner.post<{ offer: string }>("/v1/partner/reward-offers", what);
  await partner.post(`/v1/partner/reward-offers/${drafted.offer}/steps`, { step: "offered" });
  return drafted;
}

/** Customers of the partner name their rewards, and are given what those are worth: the oldest three, where there are any. */
async function redeemSome(receiver: PastReceiver, key: string): Promise<void> {
  const partner = receiver.as(key);
  await receiver.command("ledger", "release");
  const { rewards } = await partner.get<{ rewards: { reward: string; state: string }[] }>(
    "/v1/partner/rewards?limit=1000",
  );
  const due = rewards.filter(({ state }) => state === "available").slice(-3);
  for (const { reward } of due)
    await partner.post(`/v1/partner/rewards/${reward}/steps`, {
      step: "redeemed",
      note: "Lowered the next invoice",
    });
}

/** How many renewals earned their customers a reward, once all that happened is followed. A short past may have none. */
export async function countRewards({ admin }: PastReceiver): Promise<number> {
  const { rewards } = await admin.get<{ rewards: unknown[] }>("/v1/rewards?limit=1000");
  return rewards.length;
}
