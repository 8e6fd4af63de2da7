import { editPartner } from "../../../server/src/channel/edit-partner.ts";
import { addPartner } from "../../../server/src/channel/partners.ts";
import { addPlan, assignPlan } from "../../../server/src/plans/plans.ts";
import { addDays } from "../../../server/src/words/clock.ts";
import type { Bench, Section } from "../bench.ts";
import { column, inTurns } from "../measure.ts";
import { openWorld, purchaseTarget, startReceiverOn } from "../receivers.ts";
import { figure } from "../report.ts";
import type { Target } from "../target.ts";
import type { World } from "../world.ts";

const section = "plans";

const flat = {
  plan: "flat",
  name: "Flat",
  promise: "each_sale",
  rules: [{ rule: "all", pay: { rateBp: 2_000 } }],
};

/** Nine rules that do not fit and a tenth that does, and a share for each of the two above the seller. */
const tenRules = {
  plan: "ten-rules",
  name: "Ten rules",
  promise: "each_sale",
  rules: [
    { rule: "march", when: { soldFrom: "2020-03-01", soldUntil: "2020-03-31" }, pay: { rateBp: 3_000 } },
    { rule: "other-product", when: { products: ["acme-draw"] }, pay: { rateBp: 2_500 } },
    { rule: "renewals", when: { kinds: ["renewal"] }, pay: { rateBp: 3_000 } },
    { rule: "upgrades", when: { kinds: ["upgrade"] }, pay: { rateBp: 1_500 } },
    { rule: "many", when: { quantity: { min: 50 } }, pay: { rateBp: 1_000 } },
    { rule: "far", when: { countries: ["NZ"] }, pay: { rateBp: 2_200 } },
    { rule: "cards", when: { evidence: ["voucher"] }, pay: { rateBp: 1_800 } },
    { rule: "blogs", when: { partnerKinds: ["affiliate"] }, pay: { rateBp: 1_200 } },
    { rule: "old", when: { partnerAgeDays: { min: 3_650 } }, pay: { rateBp: 2_600 } },
    { rule: "all", pay: { rateBp: 2_000 } },
  ],
  overrides: [
    { rule: "first-above", when: { levels: { min: 1, max: 1 } }, pay: { rateBp: 500 }, from: "vendor" },
    { rule: "second-above", when: { levels: { min: 2, max: 2 } }, pay: { rateBp: 300 }, from: "vendor" },
  ],
};

/** Purchases a second with a chain of three and a plan of ten rules, beside a seller alone and a plan of one. */
export const plans: Section = async (bench) => {
  const tiers = await paidBy(bench, {
    name: "three tiers, ten rules",
    document: tenRules,
    above: ["top", "middle"],
  });
  const one = await paidBy(bench, { name: "flat plan", document: flat, above: [] });
  const subjects = [tiers, one];
  for (const subject of subjects) await subject.warmUp();
  const [mine = [], theirs = []] = await inTurns(subjects, bench.options.rounds, bench.say);
  return [
    figure({
      section,
      what: "purchases, three tiers and ten rules",
      unit: "/s",
      rounds: column(mine, "perSecond"),
      control: { what: "a flat plan", rounds: column(theirs, "perSecond") },
      goal: { ratioAtLeast: 0.8 },
    }),
    figure({
      section,
      what: "processor time of a purchase",
      unit: "µs",
      rounds: column(mine, "processorMicros"),
      control: { what: "a flat plan", rounds: column(theirs, "processorMicros") },
    }),
  ];
};

interface Paid {
  name: string;
  document: { plan: string };
  /** Those who stand above every seller, from the top. */
  above: readonly string[];
}

async function paidBy(bench: Bench, { name, document, above }: Paid): Promise<Target> {
  const world = await openWorld(bench);
  const since = addDays(world.deps.clock(), -1);
  await standBelow(world, above);
  await addPlan(world.deps, document);
  await assignPlan(world.deps, { plan: document.plan, since });
  const receivers = [await startReceiverOn(bench, world)];
  return purchaseTarget(bench, { name, world, receivers, transfersEach: 1 + above.length });
}

async function standBelow({ deps, tokens }: World, above: readonly string[]): Promise<void> {
  const since = addDays(deps.clock(), -1);
  let parent: string | undefined;
  for (const id of above) {
    await addPartner(deps, {
      id,
      name: id,
      kind: "distributor",
      percent: 0,
      ...(parent === undefined ? {} : { parent, since }),
    });
    parent = id;
  }
  if (parent === undefined) return;
  for (const { partner } of tokens) await editPartner(deps, partner, { parent, since });
}
