import { expect, it } from "vitest";
import { editPartner } from "../../server/src/channel/edit-partner.ts";
import { endPartner } from "../../server/src/channel/partners.ts";
import { revokeToken } from "../../server/src/tokens/tokens.ts";
import { addDays } from "../../server/src/words/clock.ts";
import { openJourney } from "../journey/journey.ts";
import { runRaw } from "../journey/raw-database.ts";
import { type Bench, onEveryEngine } from "../postgres/on-every-engine.ts";
import { stripeCheckoutCompleted } from "../shops/stripe-fixtures.ts";

const licence = "AAAA-BBBB";

/** A receiver where north's copy and then south's are registered for one licence. */
async function openWithTwoCopies(bench: Bench, attribution: object = {}) {
  const journey = await openJourney(bench, { attribution });
  const north = await journey.partnerWithToken("north");
  const south = await journey.partnerWithToken("south");
  expect((await journey.register(licence, north.token)).body).toMatchObject({ status: "bound" });
  journey.pass(1);
  expect((await journey.register(licence, south.token)).status).toBe(200);
  expect(journey.logged("registration.conflict")).toMatchObject([{ partner: "north", claimedBy: "south" }]);
  const buy = (id: string) => {
    const metadata = { licence, product: "acme-paint" };
    return journey.stripe(
      stripeCheckoutCompleted({ ...journey.happening(), id, paymentIntent: `pi_${id}`, metadata }),
    );
  };
  return { journey, north, south, buy };
}

onEveryEngine("two copies that contradict each other", (bench) => {
  it("are both considered, and the first wins", async () => {
    const { journey, buy } = await openWithTwoCopies(bench);
    await buy("cs_1");
    expect(await journey.explain("cs_1")).toMatchObject({
      partner: "north",
      evidence: [
        { partner: "north", verdict: "won" },
        { partner: "south", verdict: "lost", reason: "seen_later" },
      ],
    });
  });

  it.each(["hold", "hold_any"])("are held for a person under %s", async (onConflict) => {
    const { journey, buy } = await openWithTwoCopies(bench, { onConflict });
    await buy("cs_1");
    expect(await journey.explain("cs_1")).toMatchObject({ outcome: "held", reason: "conflict" });
  });

  it("leave it to the second when the first does not count, also when that comes to light before it", async () => {
    const { journey, north, south, buy } = await openWithTwoCopies(bench);
    await revokeToken(journey.deps, north.jti);
    journey.pass(1);
    await buy("cs_1");
    expect(await journey.explain("cs_1")).toMatchObject({
      partner: "south",
      evidence: [{ partner: "north", verdict: "refused", reason: "revoked" }, { partner: "south" }],
    });
    const other = "CCCC-DDDD";
    const third = await journey.partnerWithToken("east");
    await journey.register(other, third.token);
    await revokeToken(journey.deps, third.jti);
    journey.pass(1);
    const metadata = { licence: other, product: "acme-paint" };
    const session = { ...journey.happening(), id: "cs_2", paymentIntent: "pi_cs_2", metadata };
    await journey.stripe(stripeCheckoutCompleted(session));
    expect(await journey.explain("cs_2")).toMatchObject({ outcome: "unattributed", reason: "revoked" });
    journey.pass(1);
    expect((await journey.register(other, south.token)).status).toBe(200);
    expect(await journey.explain("cs_2")).toMatchObject({ outcome: "credited", partner: "south" });
    await journey.expectSoundLedger();
  });
});

onEveryEngine("a partner whose agreement has ended", (bench) => {
  it("is credited for what was bought before, and for nothing from then on", async () => {
    const { journey, buy } = await openWithTwoCopies(bench, { order: ["token"] });
    await buy("cs_1");
    journey.pass(1);
    const ended = await endPartner(journey.deps, "north");
    expect(ended).toMatchObject({ status: "ended", endedAt: new Date(journey.now).toISOString() });
    await buy("cs_2");
    expect(await journey.explain("cs_1")).toMatchObject({ partner: "north" });
    expect(await journey.explain("cs_2")).toMatchObject({
      partner: "south",
      evidence: [{ partner: "north", verdict: "refused", reason: "partner_ended" }, { verdict: "won" }],
    });
    journey.pass(1);
    expect(await endPartner(journey.deps, "north")).toEqual(ended);
    await endPartner(journey.deps, "south", journey.now);
    await buy("cs_3");
    expect(await journey.explain("cs_3")).toMatchObject({ outcome: "unattributed", reason: "partner_ended" });
  });

  it("is credited again once the end was taken back, and what was decided meanwhile stays", async () => {
    const journey = await openJourney(bench);
    const { token } = await journey.partnerWithToken("north");
    const buy = async (id: string) => {
      const { reference } = await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`);
      const sale = { ...journey.happening(), id, paymentIntent: `pi_${id}`, reference };
      await journey.stripe(stripeCheckoutCompleted(sale));
      return journey.explain(id);
    };
    const post = (path: string, body?: object) => journey.admin("POST", `/v1/partners/${path}`, body);
    expect(await post("north/resume")).toMatchObject({ status: 200, body: { status: "active" } });
    const { body: ended } = await post("north/end", {});
    journey.pass(1);
    expect(await buy("cs_1")).toMatchObject({ outcome: "unattributed" });
    journey.pass(1);
    expect(await post("north/resume")).toMatchObject({ body: { status: "active", endedAt: null } });
    const resumedAt = new Date(journey.now).toISOString();
    expect(await buy("cs_2")).toMatchObject({ outcome: "credited", partner: "north" });
    expect(await journey.explain("cs_1")).toMatchObject({ outcome: "unattributed" });
    journey.pass(1);
    await editPartner(journey.deps, "north", { email: "owner@north.example", percent: 5 });
    const { body: history } = await journey.admin("GET", "/v1/partners/north/history");
    expect(history).toEqual([
      { change: "ended", changed: { endedAt: ended.endedAt }, recordedAt: ended.endedAt },
      { change: "resumed", changed: {}, recordedAt: resumedAt },
      {
        change: "edited",
        changed: { percent: 5, email: "set" },
        recordedAt: new Date(journey.now).toISOString(),
      },
    ]);
    expect(await post("none/resume")).toMatchObject({ body: { code: "partner_unknown" } });
    expect(await journey.admin("GET", "/v1/partners/none/history")).toMatchObject({ status: 404 });
    await journey.expectSoundLedger();
  });

  it("is ended by the admin API, at a moment that has come", async () => {
    const journey = await openJourney(bench);
    await journey.partnerWithToken("north");
    const path = "/v1/partners/north/end";
    const future = { since: "2099-01-01" };
    expect(await journey.admin("POST", path, future)).toMatchObject({ body: { code: "request_invalid" } });
    expect(await journey.admin("POST", path, { since: "2026-11-01" })).toMatchObject({
      body: { status: "ended", endedAt: "2026-11-01T00:00:00.000Z" },
    });
    expect(await journey.admin("POST", "/v1/partners/none/end", {})).toMatchObject({ status: 404 });
  });
});

onEveryEngine("a token whose key was revoked", (bench) => {
  /** What a purchase says whose token's key was revoked so many days from now. */
  const explained = async (days: number) => {
    const { journey, north, buy } = await openWithTwoCopies(bench, { order: ["token"] });
    await runRaw(journey.database, [
      `update signing_keys set status = 'revoked', revoked_at = ${addDays(journey.now, days)} where kid = '${north.kid}'`,
    ]);
    await buy("cs_1");
    return journey.explain("cs_1");
  };

  it("counts when it was issued before, and is refused with a reason of its own when it was not", async () => {
    expect(await explained(0)).toMatchObject({ partner: "north", reason: "licence_binding" });
    expect(await explained(-30)).toMatchObject({ outcome: "unattributed", reason: "key_revoked" });
  });
});

onEveryEngine("a partner that is edited", (bench) => {
  const buyer = "ann@north.example";

  /** Partner north, added with this address, whose customers buy by its link. */
  const open = async (email?: string) => {
    const journey = await openJourney(bench);
    const { token } = await journey.partnerWithToken("north", email === undefined ? {} : { email });
    const buy = async (id: string) => {
      const { reference } = await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`);
      const sale = { id, paymentIntent: `pi_${id}`, reference, email: buyer };
      await journey.stripe(stripeCheckoutCompleted({ ...journey.happening(), ...sale }));
      return journey.explain(id);
    };
    return { journey, buy };
  };

  it("is noticed by its new address and its new domain, and no longer by the former", async () => {
    const { journey, buy } = await open();
    expect(await buy("cs_1")).toMatchObject({ partner: "north", credits: [{ rate: 20 }] });
    expect(await editPartner(journey.deps, "north", { email: "owner@north.example" })).toMatchObject({
      emailRegistered: true,
    });
    expect(await buy("cs_2")).toMatchObject({ reason: "self_purchase_domain" });
    await editPartner(journey.deps, "north", { email: buyer, percent: 12.5 });
    expect(await buy("cs_3")).toMatchObject({ reason: "self_purchase" });
    await editPartner(journey.deps, "north", { email: "owner@elsewhere.example" });
    expect(await buy("cs_4")).toMatchObject({ partner: "north", credits: [{ rate: 12.5 }] });
    expect(await journey.explain("cs_1")).toMatchObject({ partner: "north", credits: [{ rate: 20 }] });
  });

  it("keeps its address when nothing is said of it, and forgets it when told", async () => {
    const { journey, buy } = await open(buyer);
    await editPartner(journey.deps, "north", { name: "North Shop", sharing: "full" });
    expect(await buy("cs_1")).toMatchObject({ reason: "self_purchase" });
    expect(await editPartner(journey.deps, "north", { email: null })).toMatchObject({
      name: "North Shop",
      sharing: "full",
      emailRegistered: false,
    });
    expect(await buy("cs_2")).toMatchObject({ partner: "north" });
  });

  it("is edited by the admin API, and refused what no partner can be", async () => {
    const { journey } = await open();
    const edit = (body: object, id = "north") => journey.admin("PATCH", `/v1/partners/${id}`, body);
    expect(await edit({ percent: 7, email: buyer })).toMatchObject({
      status: 200,
      body: { id: "north", percent: 7, emailRegistered: true },
    });
    for (const wrong of [{}, { percent: 101 }, { email: "ann@" }, { name: " " }, { kind: "affiliate" }])
      expect(await edit(wrong)).toMatchObject({ body: { code: "request_invalid" } });
    expect(await edit({ name: "N" }, "none")).toMatchObject({ body: { code: "partner_unknown" } });
  });
});

onEveryEngine("a buyer in the partner's own domain", (bench) => {
  const story = async (email: string, buyer: string, attribution: object = {}) => {
    const journey = await openJourney(bench, { attribution });
    const { token } = await journey.partnerWithToken("north", { email });
    const { reference } = await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`);
    await journey.stripe(
      stripeCheckoutCompleted({ ...journey.happening(), id: "cs_1", reference, email: buyer }),
    );
    return journey.explain("cs_1");
  };

  it.each([
    ["owner@north.example", " Ann@NORTH.example", "self_purchase_domain"],
    ["owner@b\u00fccher.example", "ann@xn--bcher-kva.example", "self_purchase_domain"],
    ["owner@north.example", "ann@mail.north.example", "self_purchase_alias"],
    ["owner@gmail.com", "ann@gmail.com", "click_reference"],
    ["owner@yahoo.co.uk", "ann@Yahoo.co.uk", "click_reference"],
  ])("%s and %s: %s", async (partner, buyer, reason) => {
    expect(await story(partner, buyer)).toMatchObject({ reason });
  });

  it("is a customer like any other where the policy says so", async () => {
    const off = { selfPurchaseByDomain: false };
    expect(await story("owner@north.example", "ann@north.example", off)).toMatchObject({ partner: "north" });
    expect(await story("owner@north.example", "owner@north.example", off)).toMatchObject({
      reason: "self_purchase",
    });
  });
});
