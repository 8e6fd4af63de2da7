import { expect, it } from "vitest";
import { revokeToken } from "../../server/src/tokens/tokens.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { stripeCheckoutCompleted } from "../shops/stripe-fixtures.ts";
import { openJourney } from "./journey.ts";

const licence = { id: "AAAA-BBBB", expiresAt: "2027-11-21T00:00:00Z" };
/** How a vendor's Stripe integration names the licence of an order. */
const metadata = { licence: licence.id, product: "acme-paint" };

onEveryEngine("a licence's binding", (bench) => {
  it("credits an order that carries the licence alone to whoever the SDK registered it for", async () => {
    const journey = await openJourney(bench);
    const { token, jti } = await journey.partnerWithToken("north");
    const { client } = await journey.install(token);
    await client.attribution.capture();
    client.license.set(licence);
    expect(await client.register()).toMatchObject({ code: "bound", partner: "north" });
    expect(await client.register()).toMatchObject({ code: "bound", partner: "north" });
    expect(journey.logged("registration.bound")).toHaveLength(1);
    journey.pass(365);
    await journey.stripe(stripeCheckoutCompleted({ ...journey.happening(), id: "cs_1", metadata }));
    expect(await journey.explain("cs_1")).toMatchObject({
      outcome: "credited",
      partner: "north",
      reason: "licence_binding",
      evidence: [{ kind: "token", route: "licence_binding", verdict: "won", token: jti }],
    });
    expect(await journey.balance("north")).toEqual({ heldMinor: 2000, payableMinor: 0 });
    await journey.expectSoundLedger();
  });

  it("decides an unattributed order again when its licence is registered late", async () => {
    const journey = await openJourney(bench);
    const { token } = await journey.partnerWithToken("north");
    await journey.stripe(stripeCheckoutCompleted({ ...journey.happening(), id: "cs_1", metadata }));
    expect(await journey.explain("cs_1")).toMatchObject({ outcome: "unattributed", reason: "no_evidence" });
    journey.pass(1);
    const { client } = await journey.install(token);
    await client.attribution.capture();
    client.license.set(licence);
    expect(await client.register()).toMatchObject({ code: "bound" });
    const record = await journey.explain("cs_1");
    expect(record).toMatchObject({ outcome: "credited", partner: "north", reason: "licence_binding" });
    const decisions = record.history.filter(({ what }) => what === "decision").map(({ detail }) => detail);
    expect(decisions).toMatchObject([
      { seq: 1, outcome: "unattributed", cause: "sale" },
      { seq: 2, outcome: "credited", cause: "late_evidence" },
    ]);
    expect(await journey.balance("north")).toEqual({ heldMinor: 2000, payableMinor: 0 });
    await journey.expectSoundLedger();
  });

  it("stays with the first partner: another's token is a recorded conflict, and its click earns nothing", async () => {
    const journey = await openJourney(bench);
    const north = await journey.partnerWithToken("north");
    const south = await journey.partnerWithToken("south");
    expect((await journey.register(licence.id, north.token)).body).toMatchObject({ status: "bound" });
    journey.pass(10);
    const { client } = await journey.install(south.token);
    await client.attribution.capture();
    client.license.set(licence);
    // Who asks with a public token learns nothing of whose customer a licence is, nor that it is anybody's.
    const answered = await client.register();
    expect(answered).toMatchObject({ code: "bound", partner: "south" });
    expect(journey.logged("registration.conflict")).toMatchObject([{ partner: "north", claimedBy: "south" }]);

    const { reference } = await journey.click(await client.renewalUrl());
    const session = { ...journey.happening(), id: "cs_1", reference, metadata };
    await journey.stripe(stripeCheckoutCompleted(session));
    expect(await journey.explain("cs_1")).toMatchObject({
      outcome: "credited",
      partner: "north",
      evidence: [
        { partner: "north", route: "licence_binding", verdict: "won" },
        { partner: "south", route: "licence_binding", verdict: "lost", reason: "seen_later" },
        { partner: "south", route: "click_reference", verdict: "lost", reason: "installed_first" },
      ],
    });
    expect(await journey.balance("south")).toEqual({ heldMinor: 0, payableMinor: 0 });
    await journey.expectSoundLedger();
  });
});

onEveryEngine("a token that does not count", (bench) => {
  it("credits nobody after it was revoked, and the customer still reaches the checkout", async () => {
    const journey = await openJourney(bench);
    const { token, jti } = await journey.partnerWithToken("north");
    const { client } = await journey.install(token);
    await client.attribution.capture();
    client.license.set(licence);
    const url = await client.renewalUrl();
    const before = await journey.click(url);
    expect(before.reference).not.toBe("");
    await revokeToken(journey.deps, jti);
    journey.pass(1);
    expect(await journey.click(url)).toMatchObject({ status: 302, reference: "" });
    expect(journey.logged("click.rejected")).toMatchObject([{ reason: "token_revoked" }]);
    expect(await client.register()).toMatchObject({ code: "refused", because: "token_revoked" });
    const session = { ...journey.happening(), id: "cs_1", reference: before.reference };
    await journey.stripe(stripeCheckoutCompleted(session));
    expect(await journey.explain("cs_1")).toMatchObject({ outcome: "unattributed", reason: "revoked" });
    expect(await journey.balance("north")).toEqual({ heldMinor: 0, payableMinor: 0 });
    await journey.expectSoundLedger();
  });

  it("credits nobody for what the partner bought itself", async () => {
    const journey = await openJourney(bench);
    const { token } = await journey.partnerWithToken("north", { email: "Owner@North.example" });
    const { reference } = await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`);
    const session = { ...journey.happening(), id: "cs_1", reference, email: " owner@north.example" };
    await journey.stripe(stripeCheckoutCompleted(session));
    expect(await journey.explain("cs_1")).toMatchObject({
      outcome: "unattributed",
      reason: "self_purchase",
      evidence: [{ partner: "north", verdict: "refused", reason: "self_purchase" }],
    });
    expect(journey.logged("order.unattributed")).toMatchObject([{ order: "cs_1", reason: "self_purchase" }]);
    await journey.expectSoundLedger();
  });

  it.each([
    { what: "garbage", change: () => "no token at all", reason: "token_malformed" },
    {
      what: "changed in its signature",
      change: (token: string) => `${token.slice(0, -86)}${"A".repeat(86)}`,
      reason: "token_signature_invalid",
    },
    { what: "absent", change: () => "", reason: "token_missing" },
  ])("redirects to the checkout when it is $what", async ({ change, reason }) => {
    const journey = await openJourney(bench);
    const { token } = await journey.partnerWithToken("north");
    const url = `https://renew.acme.example/r/acme-paint?t=${encodeURIComponent(change(token))}`;
    const click = await journey.click(url);
    expect(click).toMatchObject({ status: 302, reference: "" });
    expect(click.location.host).toBe("buy.stripe.com");
    expect(journey.logged("click.rejected")).toMatchObject([{ product: "acme-paint", reason }]);
  });
});
