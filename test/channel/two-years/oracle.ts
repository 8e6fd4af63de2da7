import { borne, type PaidLine, portion, type Share, sharesOf } from "./commission-oracle.ts";
import type { PlanText, TermText } from "./plans.ts";
import { type Deed, type Sells, type Story, type StoryLine, storyBegins } from "./story.ts";
import { termAmount } from "./term-oracle.ts";

const dayMs = 86_400_000;
const timeOf = (day: number): number => storyBegins + day * dayMs;

/** An order as it was told and found. */
export interface Told {
  sells: Sells;
  heardOn: number;
  soldAt: number;
  seller: string;
  renewal: number;
  first: Told | undefined;
  /** The seller and those above it on the day: every move is told before it holds. */
  chain: string[];
  /** The lines, and from which day on they were so. */
  lines: { from: number; lines: StoryLine[] }[];
  refunds: { on: number; line: string; netMinor: number }[];
  /** From each day on whether a dispute has all of it. */
  disputed: { from: number; is: boolean }[];
  plan: PlanText | undefined;
  /** The plan of the seller on the day of the sale, whatever an earlier one promised. */
  planOfDay: PlanText | undefined;
}

/** What should stand in the books at the end of a story. */
export interface Expected {
  /** What stayed of each partner's share of an order, by `order partner`, where it is not zero. */
  orders: Map<string, number>;
  /** What closes booked of each term, by `partner period term currency`, where it is not zero. */
  terms: Map<string, number>;
  told: ReadonlyMap<string, Told>;
}

/**
 * Works out a whole story once more, at its end rather than as it goes: written from DESIGN.md and docs/plans.md, and
 * from nothing of the program.
 */
export function workOut(story: Story): Expected {
  const world = new World();
  story.days.forEach((deeds, day) => {
    for (const deed of deeds) world.hear(deed, day);
  });
  const last = story.days.length;
  const orders = new Map<string, number>();
  for (const [name, order] of world.orders)
    for (const [partner, minor] of world.stayed(order, last))
      if (minor !== 0) orders.set(`${name} ${partner}`, minor);
  return { orders, terms: world.terms(), told: world.orders };
}

class World {
  readonly orders = new Map<string, Told>();
  readonly #partners = new Map<string, { kind: string; percent: number }>();
  readonly #moves: { partner: string; parent: string | null; since: number }[] = [];
  readonly #plans = new Map<string, PlanText[]>();
  readonly #assigned: { to: string; since: number; plan: PlanText }[] = [];
  readonly #rights = new Set<string>();
  readonly #copies = new Map<string, Told[]>();
  readonly #found = new Map<string, Told[]>();
  readonly #closes: { period: string; on: number }[] = [];

  hear(deed: Deed, day: number): void {
    const since = timeOf(day);
    switch (deed.does) {
      case "joins":
        this.#partners.set(deed.partner, { kind: deed.kind, percent: deed.percent });
        if (deed.parent !== undefined)
          this.#moves.push({ partner: deed.partner, parent: deed.parent, since });
        return;
      case "moves":
        this.#moves.push({ partner: deed.partner, parent: deed.parent, since: timeOf(day + deed.inDays) });
        return;
      case "plans":
        this.#plans.set(deed.plan.plan, [...(this.#plans.get(deed.plan.plan) ?? []), deed.plan]);
        return;
      case "assigns": {
        const plan = this.#plans.get(deed.plan)?.[deed.version - 1];
        const to =
          deed.to === "default"
            ? "default"
            : "kind" in deed.to
              ? `kind ${deed.to.kind}`
              : `partner ${deed.to.partner}`;
        if (plan !== undefined) this.#assigned.push({ to, since, plan });
        return;
      }
      case "agrees":
        this.#rights.add(deed.partner);
        return;
      case "sells":
        this.#hearSale(deed, day);
        return;
      case "amends":
        this.#order(deed.order).lines.push({ from: day, lines: deed.lines });
        return;
      case "refunds":
        if (deed.status === "done")
          for (const { line, netMinor } of deed.lines)
            this.#order(deed.order).refunds.push({ on: day, line, netMinor });
        return;
      case "disputes":
        this.#order(deed.order).disputed.push({ from: day, is: deed.is !== "dispute_won" });
        return;
      case "closes":
        this.#closes.push({ period: deed.period, on: day });
    }
  }

  /** What stayed of an order for each partner, as it was known at the end of a day. */
  stayed(order: Told, day: number): Map<string, number> {
    const sums = new Map<string, number>();
    const { lines, net, lost, gone } = this.#left(order, day);
    if (order.plan === undefined) {
      const percent = this.#partners.get(order.seller)?.percent ?? 0;
      const credit = portion(net, percent * 100, 10_000);
      const all = [...lost.values()].reduce((sum, one) => sum + one, 0);
      return sums.set(
        order.seller,
        gone ? 0 : net === 0 ? credit : credit - portion(credit, Math.min(net, all), net),
      );
    }
    const left = new Map(lines.map(({ line, netMinor }) => [line, netMinor - (lost.get(line) ?? 0)]));
    for (const { partner, line, amountMinor, lineNetMinor } of this.#shares(order, lines)) {
      const its = lost.get(line) ?? 0;
      const kept = gone
        ? 0
        : Math.min(
            amountMinor - (its === 0 ? 0 : portion(amountMinor, its, lineNetMinor)),
            left.get(line) ?? 0,
          );
      if (its > 0) left.set(line, (left.get(line) ?? 0) - kept);
      sums.set(partner, (sums.get(partner) ?? 0) + kept);
    }
    return sums;
  }

  /** What all closes together booked: each close of a length looks again at the periods of that length before it. */
  terms(): Map<string, number> {
    const found = new Map<string, number>();
    for (const { period } of this.#closes) {
      const on = Math.max(
        ...this.#closes.filter((one) => every(one.period) === every(period)).map((one) => one.on),
      );
      for (const [partner] of this.#partners)
        for (const term of this.#termsOf(partner, period)) {
          const amount = this.#amountOf(term, { partner, period, on });
          if (amount !== 0) found.set(`${partner} ${period} ${term.term} ${term.currency}`, amount);
        }
    }
    return found;
  }

  #amountOf(
    term: TermText,
    { partner, period, on }: { partner: string; period: string; on: number },
  ): number {
    const own: PaidLine[] = [];
    const below: PaidLine[] = [];
    let earned = 0;
    for (const order of this.#soldIn(period, term.currency)) {
      if (order.heardOn > on || !order.chain.includes(partner)) continue;
      if (term.earningsLimitMinor !== undefined) earned += this.stayed(order, on).get(partner) ?? 0;
      const { lines, lost, gone } = this.#left(order, on);
      for (const line of gone ? [] : lines) {
        const left = line.netMinor - (lost.get(line.line) ?? 0);
        const units = line.netMinor === 0 ? 0 : Math.ceil((line.quantity * left) / line.netMinor);
        (order.seller === partner ? own : below).push({ ...line, netMinor: left, quantity: units });
      }
    }
    return termAmount(term, { own, below, earned });
  }

  /** The orders that were sold in a period in a currency, found once. */
  #soldIn(period: string, currency: string): Told[] {
    const name = `${period} ${currency}`;
    const { from, until } = daysOf(period);
    const isIn = ({ soldAt, sells }: Told) => soldAt >= from && soldAt < until && sells.currency === currency;
    const found = this.#found.get(name) ?? [...this.orders.values()].filter(isIn);
    this.#found.set(name, found);
    return found;
  }

  /** The terms of a length of the plan at a period's beginning, else of the first that was assigned during it. */
  #termsOf(partner: string, period: string): TermText[] {
    const { from, until } = daysOf(period);
    const during = this.#assigned.map(({ since }) => since).filter((since) => since > from && since < until);
    const plan = [from, ...during.sort((a, b) => a - b)]
      .map((at) => this.#assignedAt(partner, at))
      .find((one) => one !== undefined);
    return (plan?.terms ?? []).filter((term) => term.every === every(period));
  }

  #hearSale(sells: Sells, day: number): void {
    const soldAt = timeOf(day) - sells.agoMs;
    const copy = this.#copies.get(sells.licence) ?? [];
    const before = copy.at(-1);
    const { by } = sells;
    const claims = by === "nobody" ? undefined : "click" in by ? by.click : by.coupon;
    const seller =
      before === undefined || !this.#rights.has(before.seller) ? (claims ?? before?.seller) : before.seller;
    if (seller === undefined) throw new Error("a first sale is somebody's");
    const first = copy[0];
    const order: Told = {
      sells,
      heardOn: day,
      soldAt,
      seller,
      renewal: copy.length,
      first,
      chain: this.#chain(seller, soldAt),
      lines: [{ from: day, lines: sells.lines }],
      refunds: [],
      disputed: [],
      plan: undefined,
      planOfDay: this.#assignedAt(seller, soldAt),
    };
    order.plan =
      first?.plan?.promise === "first_sale" && first.seller === seller ? first.plan : order.planOfDay;
    this.#copies.set(sells.licence, [...copy, order]);
    this.orders.set(sells.order, order);
  }

  #assignedAt(partner: string, at: number): PlanText | undefined {
    const kind = this.#partners.get(partner)?.kind;
    for (const to of [`partner ${partner}`, `kind ${kind}`, "default"]) {
      const found = this.#assigned.filter((one) => one.to === to && one.since <= at);
      const newest = Math.max(...found.map(({ since }) => since));
      const plan = found.findLast(({ since }) => since === newest)?.plan;
      if (plan !== undefined) return plan;
    }
    return undefined;
  }

  #chain(partner: string, at: number): string[] {
    const chain = [partner];
    for (;;) {
      const its = this.#moves.filter((one) => one.partner === chain.at(-1) && one.since <= at);
      const newest = Math.max(...its.map(({ since }) => since));
      const parent = its.findLast(({ since }) => since === newest)?.parent;
      if (parent == null) return chain;
      chain.push(parent);
    }
  }

  #shares({ plan, sells, soldAt, renewal, first, chain: ids }: Told, lines: PaidLine[]): Share[] {
    if (plan === undefined) return [];
    const chain = ids.map((partner) => ({
      partner,
      kind: this.#partners.get(partner)?.kind ?? "",
    }));
    const evidence = sells.by === "nobody" ? "" : "click" in sells.by ? "token" : "coupon";
    const firstSoldAt = first?.soldAt ?? soldAt;
    const { currency, country = "" } = sells;
    return sharesOf(plan, { currency, country, evidence, soldAt, firstSoldAt, renewal, lines, chain });
  }

  /** An order's lines as they are known on a day, and what of each has gone back by then. */
  #left(order: Told, day: number) {
    const told = order.lines.findLast(({ from }) => from <= day)?.lines ?? order.sells.lines;
    const lines = borne(
      told.map(({ line, kind, product, quantity, netMinor }) => ({
        line,
        kind: kind === "new" && order.renewal > 0 ? "renewal" : kind,
        product: product ?? (kind === "new" || kind === "addon" ? "acme-paint" : undefined),
        quantity,
        netMinor,
      })),
    );
    const net = lines.reduce((sum, { netMinor }) => sum + netMinor, 0);
    const lost = new Map<string, number>();
    for (const { on, line, netMinor } of order.refunds)
      if (on <= day) lost.set(line, (lost.get(line) ?? 0) + netMinor);
    const lostNet = [...lost.values()].reduce((sum, one) => sum + one, 0);
    const gone =
      (order.disputed.findLast(({ from }) => from <= day)?.is ?? false) || (lostNet > 0 && lostNet >= net);
    return { lines, net, lost, gone };
  }

  #order(name: string): Told {
    const order = this.orders.get(name);
    if (order === undefined) throw new Error(`${name} was never sold`);
    return order;
  }
}

const every = (period: string): "month" | "quarter" | "year" =>
  period.length === 4 ? "year" : period.includes("Q") ? "quarter" : "month";

function daysOf(period: string): { from: number; until: number } {
  const year = Number(period.slice(0, 4));
  if (every(period) === "year") return { from: Date.UTC(year, 0), until: Date.UTC(year + 1, 0) };
  const month = every(period) === "month" ? Number(period.slice(5)) - 1 : (Number(period.slice(6)) - 1) * 3;
  return { from: Date.UTC(year, month), until: Date.UTC(year, month + (every(period) === "month" ? 1 : 3)) };
}
