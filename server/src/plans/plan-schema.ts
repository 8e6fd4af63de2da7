import { z } from "zod";
import { periodLengths } from "../commission/period.ts";
import type { PeriodTerm } from "../commission/period-terms.ts";
import type { Plan } from "../commission/plan.ts";
import { type RewardTerms, rewardKinds } from "../commission/reward-terms.ts";
import { problemText } from "../config/config-problems.ts";
import { isCurrencyCode } from "../words/currency-code.ts";
import { as } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";

/** The kinds of lines that a plan can name. */
const lineKinds = ["new", "renewal", "upgrade", "addon", "shipping", "other"] as const;
const evidenceKinds = ["manual", "voucher", "deal", "serial", "token", "coupon", "email"] as const;
const partnerKinds = ["distributor", "reseller", "affiliate"] as const;

/** No honest plan has more entries in a list; it bounds what each order costs. */
const mostEntries = 50;
/** A hundred thousand million in most currencies. */
const mostMinor = 10_000_000_000_000;

const name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, "expected 1 to 64 of a-z, 0-9, dot, underscore and hyphen");
const text = z.string().regex(/^\P{Cc}{1,200}$/u, "expected 1 to 200 characters on one line");
const whole = z.int().min(0).max(mostMinor);
const rateBp = z.int().min(0).max(10_000).describe("Basis points: 2000 is 20 %");
const noCode = "expected an ISO 4217 code, such as EUR";
const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, { error: noCode, abort: true })
  .refine(isCurrencyCode, { error: noCode, params: { text: "problem_currency" } })
  .transform(as.currency);
const day = z.iso.date().describe("A day in UTC: 2027-03-01");
const some = <T extends z.ZodType>(schema: T) => z.array(schema).min(1).max(mostEntries);
const list = <T extends z.ZodType>(schema: T) => z.array(schema).max(mostEntries).default([]);

/** An issue of a list or a range as a whole, with the text of the form about it and the one place that it is about. */
const trouble = (message: string, text: string, at: readonly (string | number)[], path: string[] = []) => ({
  code: "custom" as const,
  path,
  message,
  params: { text, at, insteadOf: path.length },
});
/** Where the first value stands that stood there before; -1 where each stands once. */
const secondOf = (all: readonly string[]): number => all.findIndex((one, at) => all.indexOf(one) < at);

const money = z.strictObject({ currency, amountMinor: whole.describe("Minor units: 2000 is 20.00 EUR") });
const amounts = list(money)
  .superRefine((all, context) => {
    const at = secondOf(all.map((one) => one.currency));
    if (at >= 0) context.addIssue(trouble("a currency stands here twice", "problem_twice", [at, "currency"]));
  })
  .describe("An amount for each currency; nothing is converted");
const range = z
  .strictObject({ min: whole.optional(), max: whole.optional() })
  .superRefine(({ min = 0, max = mostMinor }, context) => {
    if (min > max) context.addIssue(trouble("min is above max", "problem_range", ["min"]));
  });

const conditionShape = {
  kinds: some(z.enum(lineKinds)).optional().describe("Kinds of lines"),
  products: some(name).optional(),
  quantity: range.optional().describe("Units of the line"),
  countries: some(z.string().regex(/^[A-Z]{2}$/, "expected an ISO 3166-1 alpha-2 code, such as DE"))
    .optional()
    .describe("The buyer's country; where the shop does not tell it, the rule does not fit"),
  evidence: some(z.enum(evidenceKinds)).optional().describe("The kind of evidence that won"),
  partnerKinds: some(z.enum(partnerKinds)).optional().describe("What the partner who is paid is"),
  partnerAgeDays: range.optional().describe("How many whole days the partner had been one"),
  renewals: range.optional().describe("Which renewal it is: 0 is the first sale, 1 the first renewal"),
  renewalAgeDays: range.optional().describe("Whole days since the first sale of the copy"),
  soldFrom: day.optional(),
  soldUntil: day.optional().describe("The last day, included"),
};
const conditions = z.strictObject(conditionShape);

const pay = z
  .strictObject({
    rateBp: rateBp.default(0),
    perUnit: amounts,
    perLine: amounts,
    perOrder: amounts.describe("Once an order; an amount for each currency"),
  })
  .describe("The sum of what is named, at most what the line brought");

const rule = z.strictObject({ rule: name, when: conditions.default({}), pay });

const override = z.strictObject({
  rule: name,
  when: z
    .strictObject({
      ...conditionShape,
      levels: range.optional().describe("How far above the seller: 1 is directly above"),
    })
    .default({}),
  pay,
  from: z
    .enum(["vendor", "lower_share"])
    .describe("Paid by the vendor on top, or given up by the nearest partner below who has a share"),
  of: z.enum(["net", "lower_share"]).default("net").describe("What rateBp is of"),
  capPerOrder: amounts,
});

const tier = z.strictObject({
  from: whole.describe("Minor units of net, or units"),
  rateBp: rateBp.default(0),
  perUnitMinor: whole.default(0),
});

const term = z
  .strictObject({
    term: name,
    every: z.enum(periodLengths),
    currency,
    of: z.enum(["own", "tree"]).default("own").describe("The partner's sales, or also those of all below it"),
    counts: z.strictObject({
      measure: z.enum(["net", "units"]),
      kinds: some(z.enum(lineKinds)).optional(),
      products: some(name).optional(),
    }),
    threshold: whole.default(0).describe("Under it the term pays nothing; from it on, for all"),
    ownThreshold: whole.default(0).describe("What must be counted of the partner's own sales"),
    tiers: list(tier).describe("Each pays for what lies above its `from`, up to the next one's"),
    bonuses: list(z.strictObject({ at: whole, amountMinor: whole })).describe(
      "Each once, when so much is counted",
    ),
    capMinor: whole.optional().describe("The most the term pays"),
    earningsLimitMinor: whole
      .optional()
      .describe("The most a partner earns in the period, commission and this term together"),
  })
  .superRefine((one, context) => {
    const sunk = one.tiers.findIndex(({ from }, at) => at > 0 && from <= (one.tiers[at - 1]?.from ?? 0));
    if (sunk >= 0)
      context.addIssue(
        trouble("each tier begins above the one before", "problem_rise", ["tiers", sunk, "from"], ["tiers"]),
      );
    const unfit = one.counts.measure === "net" ? "perUnitMinor" : "rateBp";
    const wrong = one.tiers.findIndex((each) => each[unfit] > 0);
    if (wrong >= 0)
      context.addIssue(
        trouble(`${unfit} does not fit what is counted`, "problem_unfit", ["tiers", wrong, unfit], ["tiers"]),
      );
  });

const rewards = z
  .strictObject({
    kinds: some(z.enum(rewardKinds)).describe("What a partner may offer her customers for a renewal"),
    every: z.enum(periodLengths).default("month").describe("How long the period of the caps is"),
    capPerRenewal: amounts.describe("The most one reward may cost; a currency that is not named has none"),
    capPerPeriod: amounts.describe("The most that all rewards of one partner may cost in a period"),
    pointValue: list(
      z.strictObject({
        currency,
        points: z.int().min(1).max(mostMinor),
        amountMinor: z.int().min(1).max(mostMinor),
      }),
    ).describe(
      "So many points are worth so much. Without it points are worth nothing, and nothing is booked",
    ),
    pointsPerRenewal: z.int().min(1).max(mostMinor).optional(),
    pointsPerPeriod: z.int().min(1).max(mostMinor).optional(),
    minimumNet: amounts.describe("A renewal that brings less earns no reward"),
    vendorShareBp: rateBp
      .default(0)
      .describe("What the vendor bears of a reward, in basis points; the partner bears the rest"),
    expireDays: z.int().min(1).max(3660).default(730).describe("How long a reward can be redeemed"),
  })
  .superRefine((one, context) => {
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    const has = (all: readonly { currency: string }[], code: string) =>
      all.some((each) => each.currency === code);
    if (one.kinds.includes("points"))
      for (const cap of ["pointsPerRenewal", "pointsPerPeriod"] as const)
        if (one[cap] === undefined) refuse(cap, "points are capped by renewal and by period");
    if (one.kinds.includes("coupon") && one.capPerRenewal.length === 0)
      refuse("capPerRenewal", "coupons are capped in each currency they may be in");
    for (const { currency: code } of one.capPerRenewal)
      if (!has(one.capPerPeriod, code)) refuse("capPerPeriod", `${code} has a cap per renewal and none here`);
    for (const { currency: code } of one.pointValue)
      if (!has(one.capPerRenewal, code))
        refuse("capPerRenewal", `points are worth something in ${code}, which has no cap here`);
    if (new Set(one.pointValue.map((each) => each.currency)).size < one.pointValue.length)
      refuse("pointValue", "a currency stands here twice");
  });

/** A commission plan as a vendor writes it. What is left out has the default that stands here. */
export const planSchema = z
  .strictObject({
    $schema: z.string().max(500).optional(),
    plan: name.describe("The plan's id; adding it again makes its next version"),
    name: text.describe("What partners read"),
    promise: z
      .enum(["first_sale", "each_sale"])
      .describe("Whether a renewal is paid by the plan of the first sale, or by that of its own day"),
    rules: list(rule).describe("The first that fits a line pays it"),
    overrides: list(override).describe("For those above the seller: for each the first that fits a line"),
    capPerOrder: amounts.describe("The most the seller is paid for one order"),
    terms: list(term).describe("Worked out when a period closes"),
    rewards: rewards
      .optional()
      .describe("What partners may give their customers for a renewal; without it nothing"),
  })
  .superRefine((plan, context) => {
    const rule = secondOf([...plan.rules, ...plan.overrides].map((one) => one.rule));
    const isAbove = rule >= plan.rules.length;
    if (rule >= 0)
      context.addIssue(
        trouble(
          "a name stands here twice",
          "problem_twice",
          isAbove ? ["overrides", rule - plan.rules.length, "rule"] : ["rules", rule, "rule"],
          ["rules"],
        ),
      );
    const term = secondOf(plan.terms.map((one) => one.term));
    if (term >= 0)
      context.addIssue(
        trouble("a name stands here twice", "problem_twice", ["terms", term, "term"], ["terms"]),
      );
  });

/** A plan that was parsed: what is worked out for each order, and the terms of periods. */
export interface PlanDocument extends Plan {
  plan: string;
  name: string;
  terms: readonly PeriodTerm[];
  /** What partners may give their customers for a renewal; nothing where it is left out. */
  rewards?: RewardTerms | undefined;
}

/**
 * Reads a plan.
 *
 * @throws {Refusal} `request_invalid`, with the path of each error and what was expected
 */
export function readPlan(document: unknown): PlanDocument {
  const read = planSchema.safeParse(document);
  if (read.success) return read.data;
  const written = { jsonSchema: planJsonSchema, whole: "the plan" };
  throw new Refusal("request_invalid", problemText(read.error, document, written));
}

/** The JSON Schema of a plan, as editors and `plan schema` use it. */
export const planJsonSchema = (): Record<string, unknown> => ({
  ...z.toJSONSchema(planSchema, { io: "input" }),
  title: "Tallystick commission plan",
});
