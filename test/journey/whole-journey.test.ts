import { createMemoryTokenStore } from "@tallystick/sdk";
import { expect, it } from "vitest";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { stripeCheckoutCompleted } from "../shops/stripe-fixtures.ts";
import { openJourney } from "./journey.ts";

onEveryEngine("the whole journey", (bench) => {
  it("credits the reseller whose token lay beside the copy when its licence is renewed a year later", async () => {
    const journey = await openJourney(bench);
    const north = { id: "north-shop", name: "North Shop", kind: "reseller", percent: 20 };
    expect(await journey.admin("POST", "/v1/partners", north)).toMatchObject({ status: 201, body: north });
    const issued = await journey.admin("POST", "/v1/tokens", { partner: north.id, product: "acme-paint" });
    expect(issued.status).toBe(201);
    const { token, jti } = issued.body as { token: string; jti: string };

    const { client, medium, opened } = await journey.install(token);
    expect(await client.attribution.capture()).toMatchObject({
      code: "captured",
      partner: north.id,
      tokenId: jti,
      from: { carrier: "sidecar", where: `${medium}/tallystick.token` },
    });
    const licence = { id: "AAAA-BBBB", expiresAt: "2027-11-21T00:00:00Z", email: "customer@example.com" };
    expect(client.license.set(licence)).toMatchObject({ code: "stored" });
    expect(client.status()).toMatchObject({ state: "active" });
    expect(client.reminder()).toBeNull();

    journey.pass(365 - 14);
    client.beginSession();
    expect(client.status()).toMatchObject({ state: "expiring", daysRemaining: 14 });
    expect(client.reminder()).toMatchObject({ stage: 14, reason: "expiring" });
    const opening = await client.openRenewal();
    expect(opening).toMatchObject({ code: "opened_renewal", url: await client.renewalUrl() });
    expect(opened).toEqual([opening.url]);

    const click = await journey.click(opening.url);
    expect(click.status).toBe(302);
    expect(click.location.origin + click.location.pathname).toBe("https://buy.stripe.com/abc");
    expect(click.location.searchParams.get("prefilled_email")).toBe(licence.email);
    expect(click.reference).toMatch(/^[A-Za-z0-9_-]{1,64}$/);

    const { reference } = click;
    const session = stripeCheckoutCompleted({ id: "cs_journey", reference, email: licence.email });
    expect(await journey.stripe(session)).toEqual({ code: 200, status: "recorded" });
    expect(await journey.stripe(session)).toEqual({ code: 200, status: "duplicate" });

    const explained = await journey.admin("GET", "/v1/orders/stripe/cs_journey");
    expect(explained).toMatchObject({
      status: 200,
      body: {
        order: "cs_journey",
        outcome: "credited",
        partner: north.id,
        reason: "click_reference",
        evidence: [
          { kind: "token", route: "click_reference", partner: north.id, verdict: "won", token: jti },
        ],
        credits: [{ partner: north.id, amountMinor: 2000, currency: "EUR", rate: 20 }],
      },
    });
    expect(explained.body).toEqual({
      ...(await journey.explain("cs_journey")),
      rewards: { earned: [], none: "no_offer" },
    });
    expect(journey.logged("order.credited")).toMatchObject([
      {
        shop: "stripe",
        order: "cs_journey",
        partner: north.id,
        reason: "click_reference",
        evidence: "token",
      },
    ]);
    expect(await journey.balance(north.id)).toEqual({ heldMinor: 2000, payableMinor: 0 });
    await journey.expectSoundLedger();
  });

  it("sends the customer to the shop when the receiver is down, and registers the licence at the next start", async () => {
    const journey = await openJourney(bench);
    const { token } = await journey.partnerWithToken("north");
    const store = createMemoryTokenStore();
    const { client, opened, network } = await journey.install(token, { store });
    await client.attribution.capture();
    client.license.set({ id: "AAAA-BBBB", expiresAt: "2027-11-21T00:00:00Z" });
    network.up = false;
    expect(await client.register()).toMatchObject({ code: "queued", because: "receiver_unreachable" });
    const shop = "https://acme.example/renew?product=acme-paint&licence=AAAA-BBBB";
    expect(await client.openRenewal()).toMatchObject({ code: "opened_shop", url: shop });
    expect(opened).toEqual([shop]);

    journey.pass(1);
    const { client: restarted } = await journey.install(undefined, { store });
    expect(await restarted.attribution.capture()).toMatchObject({ code: "already_stored" });
    await restarted.idle();
    expect(journey.logged("registration.bound")).toMatchObject([{ product: "acme-paint", partner: "north" }]);
    expect(await restarted.register()).toMatchObject({ code: "bound", partner: "north" });
  });

  it("sends the customer to the checkout and takes the sale when the copy carries no token", async () => {
    const journey = await openJourney(bench);
    const { client } = await journey.install();
    expect(await client.attribution.capture()).toMatchObject({ code: "not_found" });
    client.license.set({ id: "AAAA-BBBB", expiresAt: "2027-11-21T00:00:00Z" });
    const click = await journey.click(await client.renewalUrl());
    expect(click).toMatchObject({ status: 302, reference: "" });
    expect(journey.logged("click.rejected")).toMatchObject([{ reason: "token_missing" }]);
    expect(await journey.stripe(stripeCheckoutCompleted({ id: "cs_1" }))).toMatchObject({ code: 200 });
    expect(await journey.explain("cs_1")).toMatchObject({
      outcome: "unattributed",
      reason: "no_evidence",
      credits: [],
    });
    await journey.expectSoundLedger();
  });
});
