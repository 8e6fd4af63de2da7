import { idPattern } from "@tallystick/sdk/protocol";
import { z } from "zod";
import { conflictRules, evidenceKinds } from "../attribution/evidence.ts";
import { adjustmentsConfig } from "./adjustments-config.ts";
import { approvalsConfig } from "./approvals-config.ts";
import { brandConfig } from "./brand-config.ts";
import { conflictRulesConfig } from "./conflict-rules-config.ts";
import { customersConfig } from "./customers-config.ts";
import { databaseAddress } from "./database-address.ts";
import { disputesConfig } from "./disputes-config.ts";
import { limitsConfig, trustedProxiesConfig } from "./limits-config.ts";
import { mailConfig } from "./mail-config.ts";
import { networkConfig } from "./network-config.ts";
import { outboxConfig } from "./outbox-config.ts";
import { payoutsConfig } from "./payouts-config.ts";
import { checkoutUrlProblem, fallbackUrlProblem, issuerProblem } from "./public-address.ts";
import { registeredEmailsConfig } from "./registered-emails-config.ts";
import {
  databaseConnectionsConfig,
  drainSecondsConfig,
  metricsConfig,
  telemetryConfig,
} from "./running-config.ts";
import { filePath, secretSource } from "./secret-source.ts";
import { shopConfig } from "./shop-config.ts";
import { signInConfig } from "./sign-in-config.ts";
import { statementsConfig, vendorConfig } from "./statements-config.ts";
import { trustConfig } from "./trust-config.ts";

const id = z
  .string()
  .regex(idPattern, "expected 1 to 64 of a-z, 0-9, dot, underscore and hyphen, a letter or digit first");

const line = z.string().regex(/^[^\p{Cc}]{1,200}$/u, "expected 1 to 200 characters on one line");

const days = z
  .int("expected a whole number of days")
  .min(1, "expected at least 1 day")
  .max(36_500, "expected at most 36500 days");

/** A string that a function checks; the function returns what is wrong with it. */
function judged(problem: (text: string) => string | undefined) {
  return z.string().superRefine((text, context) => {
    const message = problem(text);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  });
}

/** JSON Schema's `multipleOf` divides, and 0.07 / 0.01 is no whole number in binary: readers of it would refuse 0.07. */
const hasTwoDecimals = (percent: number): boolean => Math.round(percent * 100) / 100 === percent;

const product = z.strictObject({
  id: id.describe("Stands in renewal links and tokens; never change it"),
  name: line,
  checkout: z.strictObject({
    shop: id.describe("The name of one of `shops`"),
    url: judged(checkoutUrlProblem).describe(
      "Where the customer buys; {reference}, {email}, {licence} and {product} are filled in",
    ),
  }),
  installers: z
    .array(filePath)
    .max(32, "expected at most 32 installers")
    .default([])
    .describe("Files that /d/{product}/{partner} hands out with the partner's stamp, the usual one first"),
  articles: z
    .record(
      id,
      z
        .array(z.string().regex(/^[^\p{C}]{1,255}$/u, "expected 1 to 255 visible characters"))
        .max(1000, "expected at most 1000 articles"),
    )
    .default({})
    .describe(
      "By shop: the ids by which its order lines name the product, such as product, price, variant or SKU",
    ),
  licence: z
    .enum(["exact", "loose"])
    .default("loose")
    .describe("In a `loose` licence spaces, dashes and case do not matter; an `exact` one is taken as typed"),
});

const dealsConfig = z
  .strictObject({
    decideWithinDays: z
      .int("expected a whole number of days")
      .min(1, "expected 1 day or more")
      .max(90, "expected at most 90 days")
      .default(5)
      .describe("Within how many working days a registered deal is decided"),
    protectedDays: z
      .int("expected a whole number of days")
      .min(1, "expected 1 day or more")
      .max(3650, "expected at most 3650 days")
      .default(180)
      .describe("How long an accepted deal protects the partner, unless it is said otherwise"),
  })
  .prefault({})
  .describe("Customers that partners register before a sale");

const attribution = z.strictObject({
  order: z
    .array(z.enum(evidenceKinds))
    .min(1, "expected at least one kind of evidence")
    .refine((kinds) => new Set(kinds).size === kinds.length, "expected each kind at most once")
    .default([...evidenceKinds])
    .describe("Kinds of evidence from the strongest to the weakest; a kind that is not named is not used"),
  windowDays: z
    .strictObject({
      manual: days.nullish(),
      voucher: days.nullish(),
      deal: days.nullish(),
      serial: days.nullish(),
      token: days.nullable().default(1830),
      coupon: days.nullable().default(730),
      email: days.nullable().default(730),
    })
    .prefault({})
    .describe("How long evidence of a kind counts; null means always"),
  onConflict: z
    .enum(conflictRules)
    .default("credit_first")
    .describe(
      "When evidence of two partners counts: `credit_first` credits the strongest; `hold` has a person decide when both hold evidence of the winning kind; `hold_any` also when the other's lies in the installed copy",
    ),
  rules: conflictRulesConfig,
  selfPurchaseByDomain: z
    .boolean()
    .default(true)
    .describe(
      "Whether a buyer with an address in the partner's own domain is taken for the partner itself; public mail hosts are left out",
    ),
  referenceDays: days.default(30).describe("How long a click counts for a purchase"),
});

/** The configuration file as a person writes it. Relations between members are `crossProblems`' matter. */
export const configSchema = z.strictObject({
  $schema: z.string().optional(),
  issuer: judged(issuerProblem).describe("The receiver's own public address, without a slash at the end"),
  listen: z
    .strictObject({
      host: z
        .string()
        .regex(/^[!-~]{1,255}$/, "expected a host name or an address")
        .default("127.0.0.1"),
      port: z
        .int("expected a whole number")
        .min(0, "expected a port from 0 to 65535")
        .max(65_535, "expected a port from 0 to 65535")
        .default(8787)
        .describe("0 takes any free port"),
      trustedProxies: trustedProxiesConfig,
    })
    .prefault({}),
  database: databaseAddress.default("sqlite:./var/tallystick.db"),
  databaseConnections: databaseConnectionsConfig,
  keys: filePath.default("./var/keys").describe("Folder of the private keys"),
  adminToken: secretSource,
  pepper: secretSource
    .optional()
    .describe("Key of the hashes of e-mail addresses and licences; by default the file `pepper` in `keys`"),
  formerPepper: secretSource
    .optional()
    .describe(
      "The pepper that was in force before, while something hangs on it still: its hashes are found, and made anew when their text is seen again",
    ),
  products: z.array(product).min(1, "expected at least one product"),
  shops: z.record(id, shopConfig),
  networks: z
    .record(
      id.refine((name) => name !== "webhook", "expected another name: a partner's own webhook has this one"),
      networkConfig,
    )
    .default({})
    .describe("Affiliate networks that hear of their members' sales"),
  attribution: attribution.prefault({}),
  commission: z
    .strictObject({
      defaultPercent: z
        .number()
        .min(0, "expected a percentage from 0 to 100")
        .max(100, "expected a percentage from 0 to 100")
        .refine(hasTwoDecimals, "expected at most two decimals")
        .default(10)
        .describe("Commission of a partner that was added without a percentage"),
    })
    .prefault({}),
  holdDays: z
    .int("expected a whole number of days")
    .min(0, "expected 0 days or more")
    .max(3650, "expected at most 3650 days")
    .default(30)
    .describe("How long a credit is held before it is payable"),
  deals: dealsConfig,
  customers: customersConfig,
  drainSeconds: drainSecondsConfig,
  metrics: metricsConfig,
  telemetry: telemetryConfig,
  limits: limitsConfig,
  downloads: z
    .strictObject({
      inAll: z.int().min(1, "expected at least 1").max(100_000, "expected at most 100000").default(500),
      ofOneAddress: z.int().min(1, "expected at least 1").max(100_000, "expected at most 100000").default(20),
    })
    .prefault({})
    .describe("How many downloads may be open at once; each holds a file descriptor (see `ulimit -n`)"),
  retention: z
    .strictObject({
      clicksDays: days.default(400).describe("How long a click is kept that led to no order"),
      registrationsDays: days
        .default(3_650)
        .describe(
          "How long a registration is kept whose licence no order has; never less than a token counts",
        ),
      clicksPerTokenAndHour: z
        .int()
        .min(1, "expected at least 1")
        .max(10_000_000, "expected at most 10000000")
        .default(10_000)
        .describe("Clicks of one token in an hour that are kept one by one; the rest share a reference"),
    })
    .prefault({}),
  fallbackUrl: judged(fallbackUrlProblem)
    .optional()
    .describe(
      "Where a renewal link leads whose product is not among `products`; by default a page says that it leads nowhere",
    ),
  formerIssuers: z
    .array(judged(issuerProblem))
    .max(20, "expected at most 20 former issuers")
    .default([])
    .describe("Addresses that the receiver had before: tokens that carry them are good still"),
  adjustments: adjustmentsConfig.describe("What people may book by hand"),
  approvals: approvalsConfig.describe("Who holds what acts without a sign-in, so that one person is not two"),
  statements: statementsConfig.describe("Accounts with partners: their numbers, and when they are due"),
  vendor: vendorConfig.describe("Who the vendor is before the law, for invoices that it writes for partners"),
  trust: trustConfig.describe("What is done about credit that may be stolen"),
  registeredEmails: registeredEmailsConfig,
  outbox: outboxConfig,
  mail: mailConfig,
  signIn: signInConfig,
  payouts: payoutsConfig.describe("How partners are paid"),
  disputes: disputesConfig.describe("How contested decisions are dealt with"),
  brand: brandConfig,
});

/** The file's content after parsing, defaults filled in. */
export type ConfigFile = z.output<typeof configSchema>;
