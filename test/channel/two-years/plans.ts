/** A plan as the vendor writes it: docs/plans.md says what each member means. */
export interface PlanText {
  plan: string;
  name: string;
  promise: "first_sale" | "each_sale";
  rules: RuleText[];
  overrides?: OverrideText[];
  capPerOrder?: MoneyText[];
  terms?: TermText[];
}

interface MoneyText {
  currency: string;
  amountMinor: number;
}

interface WhenText {
  kinds?: string[];
  products?: string[];
  countries?: string[];
  quantity?: { min?: number; max?: number };
  evidence?: string[];
  partnerKinds?: string[];
  renewals?: { min?: number; max?: number };
  renewalAgeDays?: { min?: number; max?: number };
  soldFrom?: string;
  soldUntil?: string;
  levels?: { min?: number; max?: number };
}

/** A rule of a plan. */
export interface RuleText {
  rule: string;
  when?: WhenText;
  pay: { rateBp?: number; perUnit?: MoneyText[]; perLine?: MoneyText[]; perOrder?: MoneyText[] };
}

/** A rule for those above the seller. */
export interface OverrideText extends RuleText {
  from: "vendor" | "lower_share";
  of?: "net" | "lower_share";
}

/** A term that is worked out when a period closes. */
export interface TermText {
  term: string;
  every: "month" | "quarter" | "year";
  currency: string;
  of?: "own" | "tree";
  counts: { measure: "net" | "units"; kinds?: string[]; products?: string[] };
  threshold?: number;
  ownThreshold?: number;
  tiers?: { from: number; rateBp?: number; perUnitMinor?: number }[];
  bonuses?: { at: number; amountMinor: number }[];
  capMinor?: number;
  earningsLimitMinor?: number;
}

const shippingIsFree: RuleText = { rule: "shipping", when: { kinds: ["shipping"] }, pay: {} };

/** 20 % new and 30 renewals, promised, later lowered; the distributor on top; a SPIFF in one month. */
const resellers = (newBp: number): PlanText => ({
  plan: "resellers",
  name: "Resellers",
  promise: "first_sale",
  rules: [
    shippingIsFree,
    {
      rule: "spiff",
      when: { products: ["acme-brush"], kinds: ["new"], soldFrom: "2027-03-01", soldUntil: "2027-03-31" },
      pay: { rateBp: newBp, perUnit: [{ currency: "EUR", amountMinor: 200 }] },
    },
    {
      rule: "renewal",
      when: { kinds: ["renewal"], renewalAgeDays: { max: 1_126 } },
      pay: { rateBp: newBp + 1_000 },
    },
    { rule: "new", pay: { rateBp: newBp } },
  ],
  overrides: [
    {
      rule: "first",
      when: { levels: { max: 1 }, kinds: ["new", "renewal"] },
      pay: { rateBp: 500 },
      from: "vendor",
    },
    { rule: "above", when: { levels: { min: 2 } }, pay: { rateBp: 150 }, from: "vendor" },
  ],
  terms: [
    {
      term: "growth",
      every: "quarter",
      currency: "EUR",
      counts: { measure: "net" },
      tiers: [
        { from: 50_000, rateBp: 250 },
        { from: 150_000, rateBp: 500 },
      ],
      capMinor: 60_000,
    },
    {
      term: "limit",
      every: "month",
      currency: "USD",
      counts: { measure: "net" },
      earningsLimitMinor: 9_000,
    },
  ],
});

/** The distributor's part comes out of the reseller's; a tenth of what the one below has, and a flat amount an order. */
const shared = (): PlanText => ({
  plan: "shared",
  name: "Shared",
  promise: "each_sale",
  rules: [
    {
      rule: "many",
      when: { quantity: { min: 10 } },
      pay: { rateBp: 3_000, perLine: [{ currency: "EUR", amountMinor: 150 }] },
    },
    { rule: "all", pay: { rateBp: 2_500 } },
  ],
  overrides: [
    { rule: "first", when: { levels: { max: 1 } }, pay: { rateBp: 500 }, from: "lower_share" },
    { rule: "above", pay: { rateBp: 1_000 }, from: "lower_share", of: "lower_share" },
  ],
  terms: [
    {
      term: "volume",
      every: "month",
      currency: "EUR",
      of: "tree",
      counts: { measure: "units", kinds: ["new", "renewal"] },
      ownThreshold: 2,
      tiers: [
        { from: 5, perUnitMinor: 100 },
        { from: 20, perUnitMinor: 200 },
      ],
      bonuses: [{ at: 30, amountMinor: 2_500 }],
    },
  ],
});

/** More in two countries; capped an order; a yearly share of everything from a threshold on. */
const everybody = (rateBp: number): PlanText => ({
  plan: "everybody",
  name: "Everybody",
  promise: "each_sale",
  rules: [
    { rule: "alps", when: { countries: ["AT", "CH"] }, pay: { rateBp: rateBp + 700 } },
    { rule: "all", pay: { rateBp } },
  ],
  capPerOrder: [
    { currency: "EUR", amountMinor: 4_000 },
    { currency: "JPY", amountMinor: 3_000 },
  ],
  terms: [
    {
      term: "partner",
      every: "year",
      currency: "EUR",
      counts: { measure: "net" },
      threshold: 30_000,
      tiers: [{ from: 0, rateBp: 300 }],
    },
  ],
});

/** The first sale of a copy alone, and whoever introduced the affiliate a tenth of its share. */
const affiliates = (): PlanText => ({
  plan: "affiliates",
  name: "Affiliates",
  promise: "each_sale",
  rules: [
    {
      rule: "first-sale",
      when: { partnerKinds: ["affiliate"], evidence: ["token", "coupon"], renewals: { max: 0 } },
      pay: { rateBp: 4_000 },
    },
  ],
  overrides: [
    {
      rule: "introducer",
      when: { levels: { max: 1 } },
      pay: { rateBp: 1_000 },
      from: "vendor",
      of: "lower_share",
    },
  ],
});

/** Which plan is added and assigned on which day: the first weeks are paid by percentage alone. */
export const makePlans = (days: number): { plan: PlanText; day: number }[] => [
  { plan: resellers(2_000), day: 20 },
  { plan: affiliates(), day: 25 },
  { plan: everybody(1_500), day: 40 },
  { plan: shared(), day: 70 },
  { plan: resellers(1_500), day: Math.floor(days / 2) },
  { plan: everybody(1_200), day: Math.floor(days * 0.6) },
];
