import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { benchOf } from "../postgres/on-every-engine.ts";
import { openConsole } from "./console-world.ts";
import { customersAndNews, ordersAndDisputes, partnersAndWays, plansAndMoney } from "./every-form-deeds.ts";
import { running, signIns, theCustomersPage, thePortal } from "./every-form-others.ts";
import { openForms } from "./every-form-world.ts";

/** What needs a browser of its own kind, a shop or a renewal that earned something, with the file that sends it. */
const elsewhere: Readonly<Record<string, string>> = {
  "/sign-in": "test/access/sign-in.test.ts",
  "/sign-in/code": "test/access/attacks.test.ts",
  "/sign-in/link": "test/access/attacks.test.ts",
  "/sign-in/passkey/options": "test/access/passkeys.test.ts",
  "/sign-in/passkey": "test/access/passkeys.test.ts",
  "/sign-in/passkeys/options": "test/access/passkeys.test.ts",
  "/sign-in/passkeys": "test/access/passkeys.test.ts",
  "/sign-in/passkeys/rename": "test/access/passkeys.test.ts",
  "/sign-in/passkeys/remove": "test/access/passkeys.test.ts",
  "/sign-in/oidc/{provider}/ended": "test/access/providers.test.ts",
  "/portal/rewards": "test/console/rewards.test.ts",
  "/console/rewards/{id}/redeem": "test/console/rewards.test.ts",
  "/console/rewards/{id}/end": "test/console/rewards.test.ts",
  "/console/reward-offers/draft": "test/console/rewards.test.ts",
  "/console/reward-offers/start": "test/console/rewards.test.ts",
  "/console/reward-offers/codes": "test/console/rewards.test.ts",
  "/console/reward-offers/end": "test/console/rewards.test.ts",
};

/** What does not come back, or binds somebody: each of these asks before it does it. */
const dangerous = [
  "/account/withdraw",
  "/account/erase",
  "/console/work/release",
  "/console/partners/{id}/suspend",
  "/console/partners/{id}/merge",
  "/console/partners/{id}/end",
  "/console/partners/{id}/agreement",
  "/console/partners/{id}/keys/revoke",
  "/console/partners/{id}/webhook/remove",
  "/console/coupons/end",
  "/console/tokens/revoke",
  "/console/serials/{id}/assign",
  "/console/serials/{id}/revoke",
  "/console/vouchers/revoke",
  "/console/addresses/erase",
  "/console/networks/unlink",
  "/console/networks/test",
  "/console/rules/{id}/apply",
  "/console/keys/rotate",
  "/console/keys/revoke",
  "/console/customers/erase",
  "/console/customers/remove",
  "/console/customers/organisations/move",
  "/console/orders/{shop}/{id}/resolve",
  "/console/orders/{shop}/{id}/correct",
  "/console/held/rule",
  "/console/disputes/rule",
  "/console/disputes/{id}/rule",
  "/console/news/write",
  "/console/news/withdraw",
  "/console/notices/write",
  "/console/plans/edit",
  "/console/plans/{id}/announce",
  "/console/periods/{id}/close",
  "/console/statements/close",
  "/console/payouts/propose",
  "/console/payouts/{id}/cancel",
  "/console/payouts/{id}/confirm",
  "/console/adjustments/new",
  "/console/adjustments/{id}/refuse",
  "/console/adjustments/{id}/reverse",
  "/console/approvals/{id}/refuse",
  "/console/people/remove",
  "/console/outbox/{id}/drop",
  "/portal/connections",
  "/portal/settings/people/remove",
];

/** By these money, or what leads to it, leaves: a session that somebody left open is not enough. */
const moneyLeaves = [
  "/console/payouts/propose",
  "/console/payouts/{id}/approve",
  "/console/payouts/{id}/cancel",
  "/console/payouts/{id}/export",
  "/console/payouts/{id}/confirm",
  "/console/adjustments/new",
  "/console/adjustments/{id}/approve",
  "/console/adjustments/{id}/refuse",
  "/console/adjustments/{id}/reverse",
  "/console/approvals/{id}/approve",
  "/console/approvals/{id}/refuse",
  "/console/partners/{id}/details/set",
  "/console/partners/{id}/merge",
  "/console/periods/{id}/close",
  "/console/statements/close",
  "/console/work/release",
  "/console/import",
  "/console/shops/replay-trusted",
  "/portal/details/edit",
  "/portal/connections",
];

describe("every form of console, portal, customer's page and sign-in", () => {
  it("is sent with success, and asks first where what it does does not come back", async () => {
    const world = await openForms();
    await partnersAndWays(world);
    await customersAndNews(world);
    await ordersAndDisputes(world);
    await plansAndMoney(world);
    await running(world);
    await thePortal(world);
    await theCustomersPage(world);
    await signIns(world);
    await world.expectSoundLedger();
    const all = world.forms.below("/console", "/portal", "/account", "/sign-in");
    expect(all.length).toBeGreaterThan(90);
    expect(all.filter((path) => !world.forms.isDone(path) && elsewhere[path] === undefined)).toEqual([]);
    for (const [path, file] of Object.entries(elsewhere))
      expect(await readFile(file, "utf8"), file).toContain(path.split("{")[0]);
    expect(dangerous.filter((path) => !world.forms.hasAsked(path))).toEqual([]);
  });

  it("asks for a new sign-in where money leaves", async () => {
    const { app } = await openConsole(benchOf("sqlite"));
    const isFresh = ({ who }: (typeof app.declared)[number]) =>
      typeof who === "object" && "fresh" in who && who.fresh === true;
    const fresh = app.declared.filter((one) => one.method === "post" && isFresh(one)).map(({ path }) => path);
    expect(moneyLeaves.filter((path) => !fresh.includes(path))).toEqual([]);
  });
});
