import fc from "fast-check";
import { expect, it } from "vitest";
import { addPartner } from "../../server/src/channel/partners.ts";
import { addCoupon } from "../../server/src/coupons/coupons.ts";
import { findLink } from "../../server/src/events/rows/events.ts";
import { decideOrder } from "../../server/src/orders/decide/decide-order.ts";
import { lockOrder } from "../../server/src/orders/record/order-names.ts";
import { issueToken } from "../../server/src/tokens/tokens.ts";
import { as } from "../../server/src/words/ids.ts";
import { type Journey, openJourney } from "../journey/journey.ts";
import { type Bench, onEveryEngine } from "../postgres/on-every-engine.ts";
import { stripeCheckoutCompleted } from "../shops/stripe-fixtures.ts";

const partners = ["north", "south", "east", "west"] as const;

/** Long enough for a story to be told a day a step. */
const attribution = { referenceDays: 3650, windowDays: { token: null } };

async function open(bench: Bench) {
  const journey = await openJourney(bench, { attribution });
  const tokens: Record<string, string> = {};
  for (const id of partners) {
    await addPartner(journey.deps, { id, name: id, percent: 20 });
    tokens[id] = (await issueToken(journey.deps, { partner: id, product: "acme-paint" })).token;
  }
  return { journey, tokens };
}

/** What may happen to one copy, each step at the moment it is taken; what the shop tells happened long before. */
function copyOf({ journey, tokens }: Awaited<ReturnType<typeof open>>, run: string) {
  const licence = `LIC-${run}`;
  const code = `WEST-${run}`;
  const long = Math.floor(journey.now / 1000) - 40 * 86_400;
  let reference: string | null = null;
  const sale = async (name: string, days: number, more: object) => {
    const id = `${name}_${run}`;
    const session = {
      ...{ eventId: `evt_${id}`, createdSeconds: long + days * 86_400 },
      ...{ id: `cs_${id}`, paymentIntent: `pi_${id}`, metadata: { licence, product: "acme-paint" } },
    };
    await journey.stripe(stripeCheckoutCompleted({ ...session, ...more }));
  };
  const register = (partner: string) => journey.register(licence, tokens[partner] ?? "");
  const discounts = [{ promotion_code: { id: `promo_${run}`, code }, coupon: null }];
  return {
    "north's copy is registered": () => register("north"),
    "south's copy is registered": () => register("south"),
    "east's link is clicked": async () => {
      const link = `https://renew.acme.example/r/acme-paint?t=${tokens.east}&l=${licence}`;
      reference = (await journey.click(link)).reference;
    },
    "west is given a coupon": () =>
      addCoupon(journey.deps, { code, partner: "west", validFrom: (long * 1000) as typeof journey.now }),
    "the first sale is told": () => sale("1", 1, { reference }),
    "the first sale is told again": () => sale("1b", 1, { reference, paymentIntent: `pi_1_${run}` }),
    "the second sale is told": () => sale("2", 2, { discounts }),
    "the third sale is told": () => sale("3", 3, {}),
  };
}
type Step = keyof ReturnType<typeof copyOf>;

const evidenceSteps: Step[] = [
  "north's copy is registered",
  "south's copy is registered",
  "east's link is clicked",
  "west is given a coupon",
];
const saleSteps: Step[] = [
  "the first sale is told",
  "the first sale is told again",
  "the second sale is told",
  "the third sale is told",
];

/** A story for each partner to win, and one for nobody, so that all of them are told in every run. */
const everyWinner: Step[][] = [
  ["north's copy is registered", "the second sale is told"],
  ["the third sale is told", "south's copy is registered", "north's copy is registered"],
  ["east's link is clicked", "the first sale is told", "the first sale is told again"],
  ["west is given a coupon", "the second sale is told", "north's copy is registered"],
  ["the second sale is told", "west is given a coupon", "the third sale is told"],
];

async function tell(world: Awaited<ReturnType<typeof open>>, run: string, steps: readonly Step[]) {
  const copy = copyOf(world, run);
  for (const step of steps) {
    await copy[step]();
    world.journey.pass(1);
  }
}

/** What an order's decision would be if it were taken now, on all that is known. */
const decidedNow = ({ deps }: Journey, name: string) =>
  deps.store.write(async (tx) => {
    const key = await findLink(tx, as.shop("stripe"), name);
    const order = key === undefined ? undefined : await lockOrder(tx, key);
    if (order === undefined) return undefined;
    const anew = await decideOrder(tx, deps, { order, cause: "same_sale", fresh: false }, deps.clock());
    const { outcome, partner_id: partner } = anew.order;
    return { stood: { outcome: order.outcome, partner: order.partner_id }, anew: { outcome, partner } };
  });

onEveryEngine("evidence through the store", (bench) => {
  const numRuns = bench.engine === "sqlite" ? 80 : 12;

  it("leaves what a decision on all of it says, in whatever order it and the sales come in", async () => {
    const world = await open(bench);
    const every = [...evidenceSteps, ...saleSteps];
    let runs = 0;
    const winners = new Set<string | null>();
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(every, { minLength: 3 }), async (steps) => {
        const run = `a${++runs}`;
        await tell(world, run, steps);
        for (const name of ["1", "2", "3"]) {
          const decided = await decidedNow(world.journey, `pi_${name}_${run}`);
          if (decided === undefined) continue;
          expect(decided.anew).toEqual(decided.stood);
          winners.add(decided.stood.partner);
        }
      }),
      { numRuns, examples: everyWinner.map((steps) => [steps]) },
    );
    expect(winners).toEqual(new Set([...partners, null]));
    await world.journey.expectSoundLedger();
  });

  it("that is there before the sales gives one result, in whatever order it came in", async () => {
    const world = await open(bench);
    const first = await told(world, "b0", [
      "east's link is clicked",
      "west is given a coupon",
      "north's copy is registered",
    ]);
    expect(first.map(({ partner }) => partner)).toEqual(["north", "north", "north"]);
    let runs = 0;
    const orders = fc.tuple(
      fc.shuffledSubarray(
        evidenceSteps.filter((step) => !step.startsWith("south")),
        { minLength: 3 },
      ),
      fc.shuffledSubarray(saleSteps, { minLength: saleSteps.length }),
    );
    await fc.assert(
      fc.asyncProperty(orders, async ([evidence, sales]) => {
        expect(await told(world, `b${++runs}`, evidence, sales)).toEqual(first);
      }),
      { numRuns },
    );
  });
});

/** What the records of the three sales say. What else was considered stands as it was when the outcome last changed. */
async function told(
  world: Awaited<ReturnType<typeof open>>,
  run: string,
  evidence: readonly Step[],
  sales: readonly Step[] = saleSteps,
) {
  await tell(world, run, [...evidence, ...sales]);
  const records = ["1", "2", "3"].map(async (name) => {
    const { outcome, partner, reason, credits } = await world.journey.explain(`pi_${name}_${run}`);
    return { outcome, partner, reason, credits };
  });
  return Promise.all(records);
}
