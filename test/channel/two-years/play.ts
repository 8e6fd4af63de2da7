import { setAgreement } from "../../../server/src/channel/agreements.ts";
import { editPartner } from "../../../server/src/channel/edit-partner.ts";
import { addPartner } from "../../../server/src/channel/partners.ts";
import { addCoupon } from "../../../server/src/coupons/coupons.ts";
import { concealEvent } from "../../../server/src/events/conceal-event.ts";
import { linesOf } from "../../../server/src/events/order-line.ts";
import type { PurchaseEvent } from "../../../server/src/events/purchase-event.ts";
import { recordEvent } from "../../../server/src/orders/record/record-event.ts";
import { releaseDue } from "../../../server/src/orders/rule/release.ts";
import { closePeriod } from "../../../server/src/periods/close-period.ts";
import { addPlan, assignPlan } from "../../../server/src/plans/plans.ts";
import { insertClick } from "../../../server/src/renewal/rows/clicks.ts";
import { issueToken } from "../../../server/src/tokens/tokens.ts";
import { addDays, instant } from "../../../server/src/words/clock.ts";
import { as } from "../../../server/src/words/ids.ts";
import type { ReceiverWorld } from "../../journey/receiver-world.ts";
import type { Deed, Sells, Story, StoryLine } from "./story.ts";

const product = as.product("acme-paint");
/** What is told in one stroke is recorded as a busy receiver would, many at once. */
const together: readonly Deed["does"][] = ["sells", "amends", "refunds", "disputes"];

/** Plays a story on a receiver, a day after the other, as partners, shops and the vendor would. */
export async function playStory(
  world: ReceiverWorld,
  story: Story,
  onDay?: (day: number) => void | Promise<void>,
): Promise<void> {
  const player = new Player(world);
  for (const [day, deeds] of story.days.entries()) {
    for (const [does, some] of Map.groupBy(deeds, (deed) => deed.does))
      if (together.includes(does)) await inTens(some, (deed) => player.play(deed, day));
      else for (const deed of some) await player.play(deed, day);
    if (day % 30 === 29) await releaseDue(world.deps);
    world.pass(1);
    await onDay?.(day);
  }
}

async function inTens<T>(all: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < all.length; from += 10) await Promise.all(all.slice(from, from + 10).map(work));
}

class Player {
  readonly #world: ReceiverWorld;
  readonly #tokens = new Map<string, string>();
  readonly #sold = new Map<string, { sells: Sells; soldAt: number; lines: StoryLine[] }>();
  #told = 0;

  constructor(world: ReceiverWorld) {
    this.#world = world;
  }

  async play(deed: Deed, day: number): Promise<unknown> {
    const { deps } = this.#world;
    switch (deed.does) {
      case "joins":
        return this.#join(deed);
      case "moves":
        return editPartner(deps, deed.partner, {
          parent: deed.parent,
          since: addDays(deps.clock(), deed.inDays),
        });
      case "plans":
        return addPlan(deps, deed.plan);
      case "assigns": {
        const { plan, version, to } = deed;
        return assignPlan(deps, { plan, version, ...(to === "default" ? {} : to) });
      }
      case "agrees": {
        const { partner, beforeDays, afterDays } = deed;
        return setAgreement(deps, partner, { renewalRights: { beforeDays, afterDays } });
      }
      case "sells":
        return this.#sell(deed);
      case "amends":
        return this.#amend(deed);
      case "refunds":
        return this.#refund(deed, day);
      case "disputes":
        return this.#dispute(deed);
      case "closes":
        return closePeriod(deps, deed.period);
    }
  }

  async #join({ partner, kind, parent, percent }: Extract<Deed, { does: "joins" }>): Promise<void> {
    const { deps } = this.#world;
    await addPartner(deps, {
      id: partner,
      name: partner,
      kind,
      percent,
      ...(parent === undefined ? {} : { parent }),
    });
    this.#tokens.set(partner, (await issueToken(deps, { partner, product })).jti);
    await addCoupon(deps, { code: `CODE-${partner}`, partner, validFrom: instant(0) });
  }

  async #sell(sells: Sells): Promise<void> {
    const { deps } = this.#world;
    const soldAt = deps.clock() - sells.agoMs;
    this.#sold.set(sells.order, { sells, soldAt, lines: sells.lines });
    const { by, order } = sells;
    if (by !== "nobody" && "click" in by)
      await deps.store.write((tx) =>
        insertClick(tx, {
          reference: as.reference(`ref-${order}`),
          product,
          partner_id: as.partner(by.click),
          jti: as.token(this.#tokens.get(by.click) ?? ""),
          token_issued_at: instant(soldAt - 7_200_000),
          licence_hash: null,
          clicked_at: instant(soldAt - 3_600_000),
        }),
      );
    await this.#record(sells.shop, this.#saleEvent(order));
  }

  async #amend({ order, lines }: Extract<Deed, { does: "amends" }>): Promise<void> {
    const sold = this.#soldOrder(order);
    sold.lines = lines;
    await this.#record(sold.sells.shop, { ...this.#saleEvent(order), changedAt: this.#world.now });
  }

  async #refund({ order, lines, status }: Extract<Deed, { does: "refunds" }>, day: number): Promise<void> {
    const sold = this.#soldOrder(order);
    const lost = lines.map((one) => ({ ...one, taxMinor: taxOf(one.netMinor) }));
    const netMinor = sum(lost, "netMinor");
    const id = `re-${order}-${day}-${++this.#told}`;
    await this.#record(sold.sells.shop, {
      effect: "refund",
      eventId: `evt-${id}`,
      objectId: id,
      occurredAt: this.#world.now,
      cumulative: false,
      status,
      target: [as.provider(order)],
      amountMinor: netMinor + sum(lost, "taxMinor"),
      netMinor,
      currency: as.currency(sold.sells.currency),
      lines: lost,
    });
  }

  async #dispute({ order, is }: Extract<Deed, { does: "disputes" }>): Promise<void> {
    const { sells, lines } = this.#soldOrder(order);
    const netMinor = sum(lines, "netMinor");
    await this.#record(sells.shop, {
      effect: is,
      eventId: `evt-dp-${order}-${is}`,
      objectId: `dp-${order}`,
      dispute: as.provider(`dp-${order}`),
      occurredAt: this.#world.now,
      target: [as.provider(order)],
      amountMinor: netMinor + taxOfAll(lines),
      currency: as.currency(sells.currency),
    });
  }

  #saleEvent(order: string): Extract<PurchaseEvent, { effect: "sale" }> {
    const { sells, soldAt, lines } = this.#soldOrder(order);
    const { by, currency, licence, country } = sells;
    const totals = { netMinor: sum(lines, "netMinor"), taxMinor: taxOfAll(lines) };
    const told = lines.map(({ product: its, ...one }) => ({
      ...one,
      articles: [],
      taxMinor: taxOf(one.netMinor),
      ...(its === undefined ? {} : { product: as.product(its) }),
      ...(one.kind === "new" ? { period: "P1Y" } : {}),
    }));
    return {
      effect: "sale",
      eventId: `evt-${order}-${++this.#told}`,
      objectId: order,
      order: as.provider(order),
      providerIds: [as.provider(order)],
      cycle: "new",
      product,
      ...totals,
      currency: as.currency(currency),
      lines: linesOf(told, totals),
      licence,
      ...(country === undefined ? {} : { country }),
      ...(by === "nobody"
        ? {}
        : "click" in by
          ? { reference: `ref-${order}` }
          : { coupons: [`CODE-${by.coupon}`] }),
      occurredAt: instant(soldAt),
    };
  }

  #soldOrder(order: string) {
    const sold = this.#sold.get(order);
    if (sold === undefined) throw new Error(`${order} was never sold`);
    return sold;
  }

  #record(shop: string, event: PurchaseEvent) {
    const { deps } = this.#world;
    const told = { shop: as.shop(shop), event: concealEvent(event, deps.hashes) };
    return deps.store.write((tx) => recordEvent(tx, deps, told, deps.clock()));
  }
}

/** A fifth, and of what lowers an order a fifth too. */
const taxOf = (netMinor: number): number => Math.trunc(netMinor / 5);

const taxOfAll = (lines: readonly StoryLine[]): number =>
  lines.reduce((all, one) => all + taxOf(one.netMinor), 0);

const sum = <Name extends string>(all: readonly { [Member in Name]: number }[], name: Name): number =>
  all.reduce((so, one) => so + one[name], 0);
