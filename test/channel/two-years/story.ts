import { type Chance, chanceOf } from "./chance.ts";
import { type Channel, type On, tellChannel, tellPlans } from "./channel-story.ts";
import type { PlanText } from "./plans.ts";

/** One line of a sale, as the shop tells it. Minor units without tax. */
export interface StoryLine {
  line: string;
  kind: "new" | "addon" | "shipping" | "other";
  product?: string;
  quantity: number;
  netMinor: number;
}

/** What happens, in the order in which the receiver hears of it. */
export type Deed =
  | {
      does: "joins";
      partner: string;
      kind: "distributor" | "reseller" | "affiliate";
      parent?: string;
      percent: number;
    }
  | { does: "moves"; partner: string; parent: string | null; inDays: number }
  | { does: "plans"; plan: PlanText }
  | { does: "assigns"; plan: string; version: number; to: { partner: string } | { kind: string } | "default" }
  | { does: "agrees"; partner: string; beforeDays: number; afterDays: number }
  | Sells
  | { does: "amends"; order: string; lines: StoryLine[] }
  | { does: "refunds"; order: string; lines: { line: string; netMinor: number }[]; status: "done" | "failed" }
  | { does: "disputes"; order: string; is: "dispute_opened" | "dispute_won" | "dispute_lost" }
  | { does: "closes"; period: string };

/** A sale, with whose link or code led to it. */
export interface Sells {
  does: "sells";
  order: string;
  shop: string;
  licence: string;
  currency: string;
  /** The buyer's, where the shop tells it. */
  country?: string;
  /** How long before it is heard of it was made, in milliseconds. */
  agoMs: number;
  by: { click: string } | { coupon: string } | "nobody";
  lines: StoryLine[];
}

/** Two years: what happens on each day. */
export interface Story {
  days: Deed[][];
  orders: number;
}

/** How large a story is. */
export interface Size {
  partners: number;
  orders: number;
  days: number;
}

const shops = [
  "stripe",
  "paddle",
  "lemon",
  "fastspring",
  "shopify",
  "woo",
  "polar",
  "chargebee",
  "gumroad",
  "own",
];
const currencies = ["EUR", "EUR", "EUR", "USD", "JPY"];
const countries = ["AT", "CH", "DE", "US", ""];
const products = ["acme-paint", "acme-brush", "acme-sketch"];

/** Tells two years from a seed: the same seed and size tell the same. */
export function tellStory(seed: number, size: Size): Story {
  const chance = chanceOf(seed);
  const days: Deed[][] = Array.from({ length: size.days }, () => []);
  const on = (day: number, deed: Deed) => days[Math.min(Math.floor(day), size.days - 1)]?.push(deed);
  const channel = tellChannel(chance, size, on);
  tellPlans(chance, size, channel, on);
  const copies = Math.ceil(size.orders * 0.6);
  let orders = 0;
  for (let copy = 0; copy < copies; copy++)
    orders += tellCopy({ chance, size, channel, on }, copy, size.orders - orders);
  tellCloses(size, on);
  // Within a day what is agreed comes first, then sales, then what becomes of older ones.
  for (const deeds of days) deeds.sort((a, b) => rank[a.does] - rank[b.does]);
  return { days, orders };
}

const rank: Record<Deed["does"], number> = {
  joins: 0,
  plans: 1,
  assigns: 2,
  moves: 3,
  agrees: 4,
  sells: 5,
  amends: 6,
  refunds: 7,
  disputes: 8,
  closes: 9,
};

interface Telling {
  chance: Chance;
  size: Size;
  channel: Channel;
  on: On;
}

/** A copy of a product: its first sale, its renewals, and what goes back of them. */
function tellCopy({ chance, size, channel, on }: Telling, copy: number, most: number): number {
  const seller = chance.among(channel.sellers);
  // What was paid back whole hands nothing on, so a copy is either renewed or given back.
  const isRenewed = chance.is(0.7);
  const first = 1 + chance.below(size.days - 2);
  let told = 0;
  const tell = (day: number, by: Sells["by"], agoMs: number): string | undefined => {
    if (told >= most || day >= size.days - 1) return undefined;
    const order = `o${copy}-${told++}`;
    const lines = tellLines(chance);
    const { currency, shop, ...where } = ofCopy;
    on(day, { does: "sells", order, shop, licence: `LIC-${copy}`, currency, ...where, agoMs, by, lines });
    tellLosses({ chance, size, channel, on }, { order, day, lines, isRenewed });
    return order;
  };
  const country = chance.among(countries);
  const ofCopy = {
    currency: chance.among(currencies),
    shop: chance.among(shops),
    ...(country === "" ? {} : { country }),
  };
  // One sale in ten is heard of days later.
  const agoMs = chance.is(0.1) ? chance.below(4 * 86_400_000) : chance.below(80_000_000);
  if (
    tell(
      first,
      chance.is(0.2) ? { coupon: seller } : { click: seller },
      Math.min(agoMs, first * 80_000_000),
    ) === undefined
  )
    return told;
  for (let term = 1; isRenewed && term <= 2; term++) {
    const day = first + term * 365 - 20 + chance.below(40);
    // Inside the window of its right the incumbent is credited, whoever's link is clicked.
    const other = chance.among(channel.sellers);
    const by =
      term === 1 && channel.rights.has(seller) && chance.is(0.3)
        ? { click: other }
        : chance.is(0.3)
          ? { click: seller }
          : "nobody";
    if (tell(day, by, chance.below(80_000_000)) === undefined) break;
  }
  return told;
}

function tellLines(chance: Chance): StoryLine[] {
  const lines: StoryLine[] = [
    {
      line: "a",
      kind: "new",
      product: chance.among(products),
      quantity: 1 + chance.below(chance.is(0.1) ? 40 : 3),
      netMinor: 990 + chance.below(50_000),
    },
  ];
  if (chance.is(0.3))
    lines.push({
      line: "b",
      kind: "addon",
      product: chance.among(products),
      quantity: 1,
      netMinor: 1 + chance.below(9_999),
    });
  if (chance.is(0.2))
    lines.push({ line: "ship", kind: "shipping", quantity: 1, netMinor: 500 + chance.below(1_000) });
  // A discount on the whole is borne by the other lines.
  if (chance.is(0.15))
    lines.push({ line: "off", kind: "other", quantity: 1, netMinor: -(1 + chance.below(900)) });
  return lines;
}

/** What goes back: of a copy that is renewed parts alone, by line; of another also everything. */
function tellLosses(
  { chance, size, on }: Telling,
  {
    order,
    day,
    lines,
    isRenewed,
  }: { order: string; day: number; lines: readonly StoryLine[]; isRenewed: boolean },
): void {
  const later = () => day + 1 + chance.below(90);
  const hasDiscount = lines.some(({ netMinor }) => netMinor < 0);
  const fate = chance.below(100);
  if (fate < 4 && !hasDiscount) {
    on(Math.min(day + 1, size.days - 1), {
      does: "amends",
      order,
      lines: lines.map((one) => ({ ...one, netMinor: Math.max(1, Math.floor(one.netMinor * 0.8)) })),
    });
  } else if (fate < 14 && !hasDiscount) {
    for (const { line, netMinor } of lines.slice(0, 2)) {
      const whole = isRenewed ? Math.floor(netMinor / 2) : netMinor;
      const first = chance.below(whole + 1);
      const at = later();
      if (first > 0) on(at, { does: "refunds", order, lines: [{ line, netMinor: first }], status: "done" });
      if (whole - first > 0 && chance.is(0.5))
        on(at + 1 + chance.below(30), {
          does: "refunds",
          order,
          lines: [{ line, netMinor: whole - first }],
          status: "done",
        });
    }
  } else if (fate < 17) {
    on(later(), { does: "refunds", order, lines: [{ line: "a", netMinor: 1 }], status: "failed" });
  } else if (fate < 22 && !isRenewed) {
    const at = later();
    on(at, { does: "disputes", order, is: "dispute_opened" });
    on(at + 10 + chance.below(40), {
      does: "disputes",
      order,
      is: chance.is(0.5) ? "dispute_won" : "dispute_lost",
    });
  }
}

/** Months, quarters and years are closed a few days after they are over. */
function tellCloses({ days }: Size, on: On): void {
  for (let month = 0; month < 30; month++) {
    const over = Date.UTC(2026, 11 + month, 1);
    const day = Math.ceil((over - storyBegins) / 86_400_000) + 3;
    if (day >= days) return;
    const last = new Date(over - 1);
    const [year, of] = [last.getUTCFullYear(), last.getUTCMonth() + 1];
    on(day, { does: "closes", period: `${year}-${String(of).padStart(2, "0")}` });
    if (of % 3 === 0) on(day, { does: "closes", period: `${year}-Q${of / 3}` });
    if (of === 12) on(day, { does: "closes", period: `${year}` });
  }
}

/** The first instant of the first day. */
export const storyBegins = Date.UTC(2026, 10, 21, 9);
