import { issuePartnerKey } from "../../server/src/access/partner-keys.ts";
import { setAgreement } from "../../server/src/channel/agreements.ts";
import { addPartner } from "../../server/src/channel/partners.ts";
import { addCoupon } from "../../server/src/coupons/coupons.ts";
import { releaseDue } from "../../server/src/orders/rule/release.ts";
import { setDetails } from "../../server/src/partner-details/details.ts";
import { addPerson } from "../../server/src/people/people.ts";
import { addPlan, assignPlan } from "../../server/src/plans/plans.ts";
import { assignSerials } from "../../server/src/serials/assign-serials.ts";
import { importOpenNumbers } from "../../server/src/serials/import-open-numbers.ts";
import { issueToken } from "../../server/src/tokens/tokens.ts";
import { handOutVouchers } from "../../server/src/vouchers/voucher-sheet.ts";
import type { VendorRole } from "../../server/src/words/roles.ts";
import { signedIn } from "../access/access-world.ts";
import { type Journey, openJourney } from "../journey/journey.ts";
import { detailsOf } from "../payouts/payout-details.ts";
import { payer } from "../payouts/payout-world.ts";
import type { Bench } from "../postgres/on-every-engine.ts";

const config = {
  issuer: "http://127.0.0.1:8787",
  shops: {
    own: { kind: "standard-webhooks", secrets: [{ env: "OWN_SHOP_SECRET" }] },
    stripe: { kind: "stripe", secrets: [{ env: "STRIPE_WEBHOOK_SECRET" }] },
  },
  products: [
    {
      id: "acme-paint",
      name: "Acme Paint",
      checkout: { shop: "own", url: "https://shop.acme.example/buy?ref={reference}" },
    },
  ],
};

/** A receiver with a console, and what its vendor's shop and people do. */
export async function openConsole(bench: Bench, more: Record<string, unknown> = {}) {
  const journey = await openJourney(bench, { ...config, ...more });
  const as = async (role: VendorRole) => {
    const { id } = await addPerson(journey.deps, { mail: `${role}@acme.example`, role, addedBy: "cli:test" });
    return Object.assign(await signedIn(journey, { person: id }), { actor: `person:${id}` });
  };
  return Object.assign(journey, { as, sell: sellIn(journey) });
}

/** What `openConsole` gives. */
export type ConsoleWorld = Awaited<ReturnType<typeof openConsole>>;

/** A sale in the vendor's own shop, of one term of Acme Paint for 100.00 EUR net. */
export interface Sale {
  order: string;
  coupon?: string;
  licence?: string;
  email?: string;
  cycle?: "new" | "renewal";
  netMinor?: number;
  period?: string;
  /** Told by its totals, without lines. */
  byTotals?: true;
}

const sellIn =
  (journey: Journey) =>
  ({ order, netMinor = 10_000, period = "P1Y", email, coupon, licence, cycle = "new", byTotals }: Sale) => {
    const now = new Date(journey.now).toISOString();
    const line = {
      product: "acme-paint",
      quantity: 1,
      netMinor,
      taxMinor: Math.round(netMinor * 0.19),
      period,
    };
    return journey.own({
      type: "purchase.completed",
      timestamp: now,
      data: {
        order,
        cycle,
        product: "acme-paint",
        ...(byTotals ? { netMinor: line.netMinor, taxMinor: line.taxMinor } : { lines: [line] }),
        currency: "EUR",
        paidAt: now,
        ...(coupon === undefined ? {} : { coupon }),
        ...(licence === undefined ? {} : { licence }),
        ...(email === undefined ? {} : { customer: { email } }),
      },
    });
  };

const plan = {
  plan: "resellers",
  name: "Resellers, 25 for new and 30 for renewals",
  promise: "first_sale",
  rules: [
    { rule: "shipping", when: { kinds: ["shipping"] }, pay: {} },
    { rule: "renewal", when: { kinds: ["renewal"] }, pay: { rateBp: 3000 } },
    { rule: "new", pay: { rateBp: 2500 } },
  ],
  overrides: [
    { rule: "distributor", when: { levels: { min: 1, max: 1 } }, pay: { rateBp: 500 }, from: "vendor" },
  ],
};

const names = [
  "North Shop",
  "Südlicht Handel",
  "Atelier Lumière",
  "Kobo Tools",
  "Pixel & Sons",
  "Harbour Media",
];

/**
 * A year of a channel: a distributor with resellers below it and affiliates beside, `partners` of them in all; orders
 * that were credited, that wait, that nobody earned, that went back; terms that end soon.
 */
export async function fillConsole(world: ConsoleWorld, { partners = 12, days = 30 } = {}): Promise<void> {
  const { deps, sell } = world;
  await addPartner(deps, { id: "nordic", name: "Nordic Distribution", kind: "distributor", percent: 30 });
  for (let at = 0; at < partners - 1; at++) {
    const name = `${names[at % names.length]}${at < names.length ? "" : ` ${Math.floor(at / names.length) + 1}`}`;
    const kind = at % 5 === 4 ? "affiliate" : "reseller";
    await addPartner(deps, {
      id: `partner-${at + 1}`,
      name,
      kind,
      percent: 20,
      ...(at < 4 ? { parent: "nordic" } : {}),
    });
  }
  const selling = Math.min(partners - 1, 6);
  const token: string[] = [];
  for (let at = 1; at <= selling; at++) {
    await addCoupon(deps, { partner: `partner-${at}`, code: `CODE-${at}` });
    token.push(
      (await issueToken(deps, { partner: `partner-${at}`, product: "acme-paint", batch: "fair-26" })).token,
    );
  }
  await importOpenNumbers(deps, {
    batch: "boxes-26",
    product: "acme-paint",
    partner: "nordic",
    open: { first: 1_000_000, last: 1_004_999 },
  });
  await assignSerials(deps, {
    batch: "boxes-26",
    partner: "partner-1",
    open: { first: 1_000_000, last: 1_000_499 },
    note: "Sent with the fair's pallet",
  });
  const cards = {
    partner: "partner-1",
    product: "acme-paint",
    count: 20,
    form: "codes",
    batch: "cards-26",
  } as const;
  for await (const _ of (await handOutVouchers(deps, cards)).text);
  await addPlan(deps, plan);
  await assignPlan(deps, { plan: "resellers", kind: "reseller" });
  await issuePartnerKey(deps, { partner: "partner-1", name: "feed reader" });
  await setAgreement(deps, "partner-1", {
    sharing: "transaction",
    notices: ["service", "renewal"],
    renewalRights: { beforeDays: 60, afterDays: 30 },
  });
  for (let at = 0; at < 24; at++)
    await sell({
      order: `A-${1000 + at}`,
      licence: `OLD-${at}`,
      email: `painter${at}@customers.example`,
      ...(at % 6 === 5 ? {} : { coupon: `CODE-${(at % selling) + 1}` }),
    });
  world.pass(365 - days);
  await releaseDue(deps);
  for (let day = 0; day < days; day++) {
    world.pass(1);
    await sellDay(world, { day, selling, token });
  }
  await releaseDue(deps);
}

async function sellDay(
  world: ConsoleWorld,
  { day, selling, token }: { day: number; selling: number; token: readonly string[] },
): Promise<void> {
  const { sell } = world;
  for (let at = 0; at < 3 + ((day * 7) % 5); at++) {
    const order = `B-${2000 + day * 10 + at}`;
    await sell({
      order,
      licence: `NEW-${day}-${at}`,
      email: `buyer${day}-${at}@customers.example`,
      netMinor: 4_900 + 1_000 * ((day + at) % 7),
      ...((day + at) % 4 === 3 ? {} : { coupon: `CODE-${((day + at) % selling) + 1}` }),
    });
  }
  // A copy of last year's that nobody was credited for is claimed long after: it waits for a person.
  if (day % 7 === 2) {
    const licence = `OLD-${6 * Math.floor(day / 7) + 5}`;
    await world.register(licence, token[day % token.length] ?? "");
  }
  if (day % 9 === 4)
    await world.own({
      type: "purchase.refunded",
      timestamp: new Date(world.now).toISOString(),
      data: {
        order: `B-${2000 + day * 10}`,
        refund: `R-${day}`,
        amountMinor: 2_000,
        currency: "EUR",
        refundedAt: new Date(world.now).toISOString(),
      },
    });
}

/** A console of a receiver at which the partner `north` has 20.00 EUR payable, and an account to send them to. */
export async function openPayableConsole(bench: Bench, more: Record<string, unknown> = {}) {
  const world = await openConsole(bench, { payouts: { payer }, ...more });
  const { deps } = world;
  await addPartner(deps, { id: "north", name: "North Shop", percent: 20 });
  await setDetails(deps, "north", detailsOf("north", {}));
  await addCoupon(deps, { partner: "north", code: "NORTH" });
  await world.sell({ order: "A-1", coupon: "NORTH" });
  world.pass(31);
  await releaseDue(deps);
  return world;
}
