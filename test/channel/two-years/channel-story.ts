import type { Chance } from "./chance.ts";
import { makePlans } from "./plans.ts";
import type { Deed, Size } from "./story.ts";

/** Puts something that happens on a day into a story. */
export type On = (day: number, deed: Deed) => void;

/** Who sells in a story. */
export interface Channel {
  sellers: string[];
  /** Those who have a right to renewals from the first day on, with their windows. */
  rights: Set<string>;
}

/** Three tiers: a tenth master distributors, a fifth distributors below them, the rest resellers and affiliates. */
export function tellChannel(chance: Chance, { partners, days }: Size, on: On): Channel {
  const masters: string[] = [];
  const middles: string[] = [];
  const sellers: string[] = [];
  const rights = new Set<string>();
  for (let at = 0; at < partners; at++) {
    const id = `p${String(at).padStart(3, "0")}`;
    const percent = chance.among([0, 10, 12.5, 20]);
    if (at < partners / 10) masters.push(id);
    else if (at < (partners * 3) / 10) middles.push(id);
    else sellers.push(id);
    const kind = at < (partners * 3) / 10 ? "distributor" : chance.is(0.8) ? "reseller" : "affiliate";
    const above =
      masters.at(-1) === id
        ? undefined
        : middles.includes(id)
          ? chance.among(masters)
          : chance.among(middles);
    on(0, {
      does: "joins",
      partner: id,
      kind,
      percent,
      ...(above === undefined || chance.is(0.1) ? {} : { parent: above }),
    });
    if (chance.is(0.4)) {
      rights.add(id);
      on(0, { does: "agrees", partner: id, beforeDays: 60, afterDays: 30 });
    }
  }
  // Of the lower two tiers half move once or twice, always to one of the tier above theirs.
  for (const id of [...middles, ...sellers])
    for (let move = 0; move < 2; move++)
      if (chance.is(0.4))
        on(chance.below(days), {
          does: "moves",
          partner: id,
          // Many a move is agreed weeks before it holds.
          inDays: chance.is(0.5) ? chance.below(60) : 0,
          parent: chance.is(0.15) ? null : chance.among(middles.includes(id) ? masters : middles),
        });
  return { sellers: [...sellers, ...middles], rights };
}

/** Which plans are added and assigned to whom, as time goes by. */
export function tellPlans(chance: Chance, { days }: Size, { sellers }: Channel, on: On): void {
  const versions = new Map<string, number>();
  for (const { plan, day } of makePlans(days)) {
    on(day, { does: "plans", plan });
    versions.set(plan.plan, (versions.get(plan.plan) ?? 0) + 1);
    const version = versions.get(plan.plan) ?? 1;
    const to =
      plan.plan === "resellers"
        ? { kind: "reseller" }
        : plan.plan === "affiliates"
          ? { kind: "affiliate" }
          : undefined;
    if (plan.plan === "everybody") on(day, { does: "assigns", plan: plan.plan, version, to: "default" });
    else if (to !== undefined) on(day, { does: "assigns", plan: plan.plan, version, to });
    else
      for (const partner of sellers)
        if (chance.is(0.12)) on(day, { does: "assigns", plan: plan.plan, version, to: { partner } });
  }
}
