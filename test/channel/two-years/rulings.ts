import { type Expected, workOut } from "./oracle.ts";
import type { Deed, Sells, Story } from "./story.ts";

/** What was ruled on an order on a day, or that a person voided it. */
export type Ruled = { order: string; on: number; is: "nobody" | "void" | { partner: string } };

/** An order that was sold once under its licence, and what of it is told when. */
export interface Single {
  sells: Sells;
  day: number;
}

/** Orders of licences that are never renewed: what becomes of them becomes of nothing else. */
export function singlesOf(story: Story): Single[] {
  const byLicence = new Map<string, Single[]>();
  for (const [day, deeds] of story.days.entries())
    for (const deed of deeds)
      if (deed.does === "sells")
        byLicence.set(deed.licence, [...(byLicence.get(deed.licence) ?? []), { sells: deed, day }]);
  return [...byLicence.values()].flatMap((all) => (all.length === 1 ? all : []));
}

/**
 * Works the story out in the light of all rulings. What a period's term counts is known at the last close of its length:
 * a ruling after that came too late for it.
 */
export function reckon(story: Story, ruled: readonly Ruled[]): Expected {
  const { orders, told } = workOut(storyRuled(story, ruled));
  const terms = new Map<string, number>();
  for (const length of [4, 7]) {
    for (const isQuarter of length === 7 ? [false, true] : [false]) {
      const isOfLength = (period: string) => period.length === length && period.includes("Q") === isQuarter;
      const lastClose = story.days.findLastIndex((deeds) =>
        deeds.some((deed) => deed.does === "closes" && isOfLength(deed.period)),
      );
      const known = ruled.filter(({ on }) => on < lastClose);
      for (const [name, minor] of workOut(storyRuled(story, known)).terms)
        if (isOfLength(name.split(" ")[1] ?? "")) terms.set(name, minor);
    }
  }
  return { orders, terms, told };
}

/** The story as it should have been told in the light of rulings. */
function storyRuled(story: Story, ruled: readonly Ruled[]): Story {
  const last = new Map(ruled.flatMap(({ order, is }) => (is === "void" ? [] : [[order, is] as const])));
  const isNobodys = (order: string) => last.get(order) === "nobody";
  const voided = new Map(ruled.flatMap(({ order, on, is }) => (is === "void" ? [[order, on] as const] : [])));
  const days = story.days.map((deeds, day) =>
    deeds.flatMap((deed): Deed[] => {
      if ("order" in deed && isNobodys(deed.order)) return [];
      // What a person took back as a whole no dispute that is won later brings again.
      if (deed.does === "disputes" && day >= (voided.get(deed.order) ?? Number.POSITIVE_INFINITY)) return [];
      const to = deed.does === "sells" ? last.get(deed.order) : undefined;
      if (deed.does !== "sells" || to === undefined || to === "nobody") return [deed];
      return [{ ...deed, by: { click: to.partner } }];
    }),
  );
  for (const { order, on, is } of ruled)
    if (is === "void") days[on]?.push({ does: "disputes", order, is: "dispute_lost" });
  return { ...story, days };
}
