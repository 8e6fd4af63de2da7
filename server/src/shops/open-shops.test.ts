import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { deliveredAtSeconds, ownDelivery, stripeDelivery } from "../../../test/shops/deliveries.ts";
import { ownPurchaseCompleted } from "../../../test/shops/own-shop-fixtures.ts";
import { stripeCheckoutCompleted } from "../../../test/shops/stripe-fixtures.ts";
import type { ShopSettings } from "../config/shop-config.ts";
import { instant } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import { openShops, ShopConfigError } from "./open-shops.ts";

const now = instant(deliveredAtSeconds * 1000);
const base64 = (bytes: number) => randomBytes(bytes).toString("base64");

function problemsOf(settings: Record<string, ShopSettings>) {
  try {
    openShops(new Map(Object.entries(settings).map(([name, shop]) => [as.shop(name), shop])));
  } catch (error) {
    if (error instanceof ShopConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe("the shops of a configuration", () => {
  it("open by name, each with its own secrets, old and new at once", () => {
    const secrets = ["whsec_old_0123456789abcdefgh", "whsec_new_0123456789abcdefgh"];
    const own = [`whsec_${base64(24)}`, base64(32)];
    const shops = openShops(
      new Map([
        [as.shop("stripe"), { kind: "stripe", secrets }],
        [as.shop("own"), { kind: "standard-webhooks", secrets: own }],
      ]),
    );
    expect([...shops].map(([name, shop]) => [name, shop.kind])).toEqual([
      ["stripe", "stripe"],
      ["own", "standard-webhooks"],
    ]);
    for (const secret of secrets) {
      const delivery = stripeDelivery(stripeCheckoutCompleted(), { secret });
      expect(shops.get(as.shop("stripe"))?.read(delivery, now)).toMatchObject({ outcome: "events" });
    }
    for (const secret of own) {
      const delivery = ownDelivery(ownPurchaseCompleted(), { secret });
      expect(shops.get(as.shop("own"))?.read(delivery, now)).toMatchObject({ outcome: "events" });
    }
  });

  it.each<[string, "stripe" | "standard-webhooks", string, string]>([
    ["23 characters", "stripe", "w".repeat(23), "has 23 bytes; at least 24 are needed"],
    ["none", "stripe", "", "has 0 bytes; at least 24 are needed"],
    ["a line's end", "stripe", `${"w".repeat(24)}\n`, "begins or ends with white space"],
    [
      "23 bytes in base64",
      "standard-webhooks",
      `whsec_${base64(23)}`,
      "has 23 bytes; at least 24 are needed",
    ],
    ["no base64", "standard-webhooks", `whsec_${"?".repeat(40)}`, "is not base64 after an optional whsec_"],
    [
      "URL-safe base64",
      "standard-webhooks",
      `whsec_${"_".repeat(40)}`,
      "is not base64 after an optional whsec_",
    ],
    [
      "base64 cut short",
      "standard-webhooks",
      `whsec_${"A".repeat(41)}`,
      "is not base64 after an optional whsec_",
    ],
    ["the prefix alone", "standard-webhooks", "whsec_", "has 0 bytes; at least 24 are needed"],
  ])("refuse a secret of %s", (_, kind, secret, message) => {
    expect(problemsOf({ shop: { kind, secrets: [secret] } })).toEqual([
      { path: "shops.shop.secrets[0]", message },
    ]);
  });

  it("take base64 without its padding", () => {
    expect(problemsOf({ own: { kind: "standard-webhooks", secrets: ["A".repeat(34)] } })).toEqual([]);
  });

  it("tell all mistakes at once, without repeating a secret", () => {
    const problems = problemsOf({
      none: { kind: "stripe", secrets: [] },
      some: { kind: "stripe", secrets: ["whsec_0123456789abcdefghij", "short-secret"] },
    });
    expect(problems.map((problem) => problem.path)).toEqual(["shops.none.secrets", "shops.some.secrets[1]"]);
    expect(JSON.stringify(problems)).not.toContain("short-secret");
  });
});
