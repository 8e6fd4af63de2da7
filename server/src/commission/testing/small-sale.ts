import { addDays, instant } from "../../words/clock.ts";
import { as } from "../../words/ids.ts";
import type { Conditions, Override, Pay, Plan, Rule } from "../plan.ts";
import type { ChainPartner, Sale, SaleLine } from "../sale.ts";

/** The currency of all of it. */
export const EUR = as.currency("eur");
/** Shortly before the end of a month. */
export const soldAt = instant(Date.UTC(2027, 2, 31, 23, 30));
/** A reseller of 100 days. */
export const seller: ChainPartner = {
  partner: as.partner("north"),
  kind: "reseller",
  since: addDays(soldAt, -100),
  ended: false,
};
/** A distributor above it. */
export const distributor: ChainPartner = { ...seller, partner: as.partner("big"), kind: "distributor" };
/** The two of them. */
export const chain = [seller, distributor];

/** A line of 100.00. */
export const line = (over: Partial<SaleLine> = {}): SaleLine => ({
  line: "1",
  kind: "new",
  product: "paint",
  quantity: 1,
  netMinor: 10_000,
  ...over,
});
/** A first sale. */
export const sale = (lines: SaleLine[] = [line()], over: Partial<Sale> = {}): Sale => ({
  currency: EUR,
  soldAt,
  evidence: "token",
  renewal: 0,
  firstSoldAt: soldAt,
  lines,
  ...over,
});
/** Pay of nothing but what is named. */
export const pay = (over: Partial<Pay> = {}): Pay => ({
  rateBp: 0,
  perUnit: [],
  perLine: [],
  perOrder: [],
  ...over,
});
/** One amount. */
export const eur = (amountMinor: number) => [{ currency: EUR, amountMinor }];
/** A rule by its name. */
export const rule = (name: string, when: Conditions, over: Partial<Pay>): Rule => ({
  rule: name,
  when,
  pay: pay(over),
});
/** 5 % for those above, by the vendor. */
export const override = (over: Partial<Override>): Override => ({
  ...rule("above", {}, { rateBp: 500 }),
  from: "vendor",
  of: "net",
  capPerOrder: [],
  ...over,
});
/** 20 % of everything. */
export const plan = (over: Partial<Plan>): Plan => ({
  promise: "each_sale",
  rules: [rule("all", {}, { rateBp: 2000 })],
  overrides: [],
  capPerOrder: [],
  ...over,
});
