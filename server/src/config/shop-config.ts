import { z } from "zod";
import { issuerProblem } from "./public-address.ts";
import { secretSource, type WithSecrets } from "./secret-source.ts";

const secrets = z
  .array(secretSource)
  .min(1, "expected at least one secret")
  .max(8, "expected at most 8 secrets")
  .describe("What the shop's deliveries are verified with; several while one is rotated");

const testMode = z
  .boolean()
  .optional()
  .describe("True takes the shop's test orders and nothing else: for a receiver that credits no real money");

/** A shop's API at the one address that all its vendors share. */
const tokenApi = (description: string) =>
  z.strictObject({ token: secretSource }).describe(`${description}: for \`tallystick shop reconcile\``);

const ownAddress = (description: string) =>
  z
    .string()
    .superRefine((url, context) => {
      const message = issuerProblem(url);
      if (message !== undefined) context.addIssue({ code: "custom", message });
    })
    .describe(description);

/** Where and as whom the events of a Chargebee site are read. */
const chargebeeApi = z
  .strictObject({
    url: ownAddress("The site's address, such as https://acme.chargebee.com, without a slash at the end"),
    key: secretSource,
  })
  .describe("The site's API, with a key that may read: for `tallystick shop reconcile`");

/** Where and as whom the orders of a Shopify shop are read. */
const shopifyApi = z
  .strictObject({
    url: ownAddress("The shop's own address, such as https://acme.myshopify.com, without a slash at the end"),
    token: secretSource.optional().describe("An access token of the app that does not expire"),
    clientId: z
      .string()
      .regex(/^[\w-]{1,100}$/, "expected the app's client id")
      .optional()
      .describe(
        "The app's client id: with the first of `secrets`, its client secret, a token is asked for each time",
      ),
  })
  .refine(({ token, clientId }) => (token === undefined) !== (clientId === undefined), {
    message: "expected either token or clientId",
  })
  .describe(
    "The shop's Admin API, as an app that may read orders and disputes: for `tallystick shop reconcile`",
  );

/** Where and as whom the orders of a WooCommerce shop are read, to make up for deliveries that were lost. */
const wooApi = z
  .strictObject({
    url: z
      .string()
      .superRefine((url, context) => {
        const message = issuerProblem(url);
        if (message !== undefined) context.addIssue({ code: "custom", message });
      })
      .describe("The shop's public address, without a slash at the end"),
    key: secretSource,
    secret: secretSource,
  })
  .describe(
    "The shop's REST API, with a consumer key that may read: for the lines of refunds, and for `tallystick shop reconcile`",
  );

/**
 * What the configuration says of a shop, by its kind. A kind whose deliveries tell that they are a test has `testMode`;
 * the others' tests are signed with a secret of their own, or they have none.
 */
export const shopConfig = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("stripe"),
    secrets,
    testMode,
    api: tokenApi("Stripe's API, with a restricted key that may read events and Checkout Sessions")
      .describe(
        "Stripe's API, with a restricted key that may read events and Checkout Sessions: for the lines of sessions, and for `tallystick shop reconcile`",
      )
      .optional(),
  }),
  z.strictObject({ kind: z.literal("standard-webhooks"), secrets }),
  z.strictObject({
    kind: z.literal("paddle"),
    secrets,
    testMode,
    api: tokenApi("Paddle's API, with a key that may read notifications").optional(),
  }),
  z.strictObject({
    kind: z.literal("fastspring"),
    secrets,
    testMode,
    api: z
      .strictObject({ username: secretSource, password: secretSource })
      .describe(
        "FastSpring's API, with its credentials: for renewals that are told without webhook expansion",
      )
      .optional(),
  }),
  z.strictObject({
    kind: z.literal("lemon-squeezy"),
    secrets,
    testMode,
    api: tokenApi("Lemon Squeezy's API, with an API key").optional(),
  }),
  z.strictObject({
    kind: z.literal("polar"),
    secrets,
    api: tokenApi("Polar's API, with an access token that may read orders and refunds").optional(),
  }),
  z.strictObject({ kind: z.literal("shopify"), secrets, testMode, api: shopifyApi.optional() }),
  z.strictObject({
    kind: z.literal("chargebee"),
    secrets,
    api: chargebeeApi.optional(),
    user: z
      .string()
      .regex(/^[\x21-\x39\x3b-\x7e]{1,100}$/, "expected visible ASCII without a colon")
      .describe("The user's name of the webhook's basic authentication; its password is the secret"),
    testMode,
  }),
  z.strictObject({
    kind: z.literal("gumroad"),
    secrets,
    apiToken: secretSource.describe("An access token that may view sales, by which each ping is confirmed"),
    testMode,
  }),
  z.strictObject({ kind: z.literal("woocommerce"), secrets, api: wooApi.optional() }),
]);
/** A shop whose webhooks are taken, its secrets still only named. */
export type ShopConfig = z.output<typeof shopConfig>;
/** A shop of the configuration with its secrets read. */
export type ShopSettings = WithSecrets<ShopConfig>;
/** The kinds of shop. */
export type ShopKind = ShopSettings["kind"];
/** The settings of each kind, by its name, so that code for one kind is given its own and no other's. */
export type SettingsOfKind = { [Kind in ShopKind]: Extract<ShopSettings, { kind: Kind }> };
