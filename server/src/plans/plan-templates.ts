/** A plan to begin from, as a vendor writes it: the guide (`docs/plans.md`) has the same ten, each with what it is for. */
export interface PlanTemplate {
  plan: string;
  name: string;
  [member: string]: unknown;
}

/** The guide's ten plans, in its order. */
export const planTemplates: readonly PlanTemplate[] = [
  {
    plan: "flat-margin",
    name: "Reseller margin",
    promise: "each_sale",
    rules: [
      { rule: "shipping", when: { kinds: ["shipping"] }, pay: {} },
      { rule: "margin", pay: { rateBp: 2500 } },
    ],
  },
  {
    plan: "renewals-for-three-years",
    name: "20 new, 30 for renewals",
    promise: "first_sale",
    rules: [
      { rule: "new", when: { kinds: ["new", "upgrade", "addon"] }, pay: { rateBp: 2000 } },
      { rule: "renewal", when: { kinds: ["renewal"], renewalAgeDays: { max: 1126 } }, pay: { rateBp: 3000 } },
    ],
  },
  {
    plan: "distributor-on-top",
    name: "Two tiers, on top",
    promise: "each_sale",
    rules: [{ rule: "reseller", pay: { rateBp: 2000 } }],
    overrides: [
      {
        rule: "distributor",
        when: { partnerKinds: ["distributor"], levels: { max: 1 } },
        pay: { rateBp: 500 },
        from: "vendor",
      },
    ],
  },
  {
    plan: "distributor-out-of-share",
    name: "Two tiers, one margin",
    promise: "each_sale",
    rules: [{ rule: "reseller", pay: { rateBp: 2500 } }],
    overrides: [
      {
        rule: "distributor",
        when: { partnerKinds: ["distributor"] },
        pay: { rateBp: 500 },
        from: "lower_share",
      },
    ],
  },
  {
    plan: "quarterly-tiers",
    name: "Growth",
    promise: "each_sale",
    rules: [{ rule: "base", pay: { rateBp: 1500 } }],
    terms: [
      {
        term: "growth",
        every: "quarter",
        currency: "EUR",
        counts: { measure: "net" },
        tiers: [
          { from: 1_000_000, rateBp: 250 },
          { from: 5_000_000, rateBp: 500 },
        ],
      },
    ],
  },
  {
    plan: "march-spiff",
    name: "March of Paint Pro",
    promise: "each_sale",
    rules: [
      {
        rule: "spiff",
        when: { products: ["paint-pro"], kinds: ["new"], soldFrom: "2027-03-01", soldUntil: "2027-03-31" },
        pay: { rateBp: 2000, perUnit: [{ currency: "EUR", amountMinor: 2000 }] },
      },
      { rule: "margin", pay: { rateBp: 2000 } },
    ],
  },
  {
    plan: "referral-until-10000",
    name: "Referral, then partner",
    promise: "each_sale",
    rules: [{ rule: "referral", when: { kinds: ["new"], renewals: { max: 0 } }, pay: { rateBp: 1000 } }],
    terms: [
      {
        term: "partner",
        every: "year",
        currency: "EUR",
        counts: { measure: "net" },
        threshold: 1_000_000,
        tiers: [{ from: 0, rateBp: 1000 }],
      },
    ],
  },
  {
    plan: "units",
    name: "Units",
    promise: "each_sale",
    rules: [{ rule: "base", pay: { rateBp: 1000 } }],
    terms: [
      {
        term: "volume",
        every: "month",
        currency: "EUR",
        of: "tree",
        counts: { measure: "units", kinds: ["new"] },
        ownThreshold: 20,
        tiers: [
          { from: 100, perUnitMinor: 100 },
          { from: 500, perUnitMinor: 200 },
        ],
        bonuses: [{ at: 1000, amountMinor: 25_000 }],
      },
    ],
  },
  {
    plan: "capped",
    name: "Capped",
    promise: "each_sale",
    rules: [{ rule: "all", pay: { rateBp: 3000 } }],
    capPerOrder: [
      { currency: "EUR", amountMinor: 15_000 },
      { currency: "USD", amountMinor: 16_000 },
    ],
    terms: [
      {
        term: "monthly-limit",
        every: "month",
        currency: "EUR",
        counts: { measure: "net" },
        earningsLimitMinor: 200_000,
      },
    ],
  },
  {
    plan: "affiliate-first-sale",
    name: "Affiliates",
    promise: "each_sale",
    rules: [
      {
        rule: "first-sale",
        when: { partnerKinds: ["affiliate"], evidence: ["token", "coupon"], renewals: { max: 0 } },
        pay: { rateBp: 4000 },
      },
    ],
    overrides: [
      {
        rule: "introducer",
        when: { levels: { max: 1 } },
        pay: { rateBp: 1000 },
        from: "vendor",
        of: "lower_share",
      },
    ],
  },
];
