import { expect, it } from "vitest";
import { revokeVoucherBatch } from "../../server/src/vouchers/batches.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { stripeCheckoutCompleted } from "../shops/stripe-fixtures.ts";
import { openVoucherWorld, type VoucherWorld } from "./voucher-world.ts";

const serial = "PAINT-0001-Q7W3";

/** A purchase of a year's renewal in the vendor's shop, which names the licence. */
const buy = (world: VoucherWorld, id: string, licence: string) =>
  world.stripe(
    stripeCheckoutCompleted({
      ...world.happening(),
      id,
      paymentIntent: `pi_${id}`,
      metadata: { licence, product: "acme-paint" },
    }),
  );

onEveryEngine("a renewal of a copy that came with a voucher", (bench) => {
  async function withVoucher() {
    const world = await openVoucherWorld(bench);
    await world.fillPool([serial]);
    const { code, batch } = await world.issue();
    await world.redeem(code);
    world.pass(365);
    return { world, batch };
  }

  it("credits the voucher's partner when the licence is the serial", async () => {
    const { world } = await withVoucher();
    await buy(world, "cs_1", serial);
    expect(await world.explain("cs_1")).toMatchObject({
      outcome: "credited",
      partner: "north",
      reason: "licence_binding",
      evidence: [{ kind: "voucher", route: "licence_binding", partner: "north", verdict: "won" }],
    });
    expect(world.logged("order.credited")).toMatchObject([{ partner: "north", evidence: "voucher" }]);
    expect(await world.balance("north")).toEqual({ heldMinor: 2000, payableMinor: 0 });
    await world.expectSoundLedger();
  });

  it("credits the voucher's partner when the licence was activated with the serial", async () => {
    const { world } = await withVoucher();
    expect((await world.activate(serial, "AAAA-BBBB")).status).toBe(200);
    world.pass(1);
    await buy(world, "cs_1", "AAAA-BBBB");
    await buy(world, "cs_2", "SOMEBODY-ELSES");
    expect(await world.explain("cs_1")).toMatchObject({
      outcome: "credited",
      partner: "north",
      evidence: [{ kind: "voucher", verdict: "won" }],
    });
    expect(await world.explain("cs_2")).toMatchObject({ outcome: "unattributed" });
    await world.expectSoundLedger();
  });

  it("credits a click on the link with the token that the product got by registering the serial", async () => {
    const { world } = await withVoucher();
    const first = await world.activate(serial.toLowerCase());
    expect(first.body).toMatchObject({ status: "bound", partner: "north", token: expect.any(String) });
    const again = await world.activate(serial.toLowerCase());
    expect(again.body).toMatchObject({ status: "already_bound", partner: "north", token: first.body.token });
    const { reference } = await world.click(`https://renew.acme.example/r/acme-paint?t=${first.body.token}`);
    await world.stripe(stripeCheckoutCompleted({ ...world.happening(), id: "cs_1", reference }));
    expect(await world.explain("cs_1")).toMatchObject({ outcome: "credited", partner: "north" });
    expect(world.logged("token.issued")).toHaveLength(1);
    await world.expectSoundLedger();
  });

  it("credits a purchase that came before the copy was activated, once it is", async () => {
    const { world } = await withVoucher();
    await buy(world, "cs_1", "AAAA-BBBB");
    expect(await world.explain("cs_1")).toMatchObject({ outcome: "unattributed" });
    world.pass(1);
    await world.activate(serial, "AAAA-BBBB");
    expect(await world.explain("cs_1")).toMatchObject({
      outcome: "credited",
      partner: "north",
      evidence: [{ kind: "voucher", verdict: "won" }],
    });
    await world.expectSoundLedger();
  });

  it("stands before a token by which the copy was bound", async () => {
    const { world } = await withVoucher();
    const { token } = await world.partnerWithToken("east");
    await world.register("AAAA-BBBB", token);
    expect((await world.activate(serial, "AAAA-BBBB")).status).toBe(200);
    await buy(world, "cs_1", "AAAA-BBBB");
    expect(await world.explain("cs_1")).toMatchObject({
      partner: "north",
      evidence: [
        { kind: "voucher", verdict: "won" },
        { kind: "token", partner: "east", verdict: "lost", reason: "weaker_kind" },
      ],
    });
    await world.expectSoundLedger();
  });

  it("credits nobody once the batch was revoked, and keeps what was earned before", async () => {
    const { world, batch } = await withVoucher();
    await buy(world, "cs_1", serial);
    world.pass(1);
    await revokeVoucherBatch(world.deps, batch);
    world.pass(1);
    await buy(world, "cs_2", serial);
    expect(await world.explain("cs_1")).toMatchObject({ outcome: "credited", partner: "north" });
    expect(await world.explain("cs_2")).toMatchObject({
      outcome: "unattributed",
      reason: "revoked",
      evidence: [{ kind: "voucher", verdict: "refused", reason: "revoked" }],
    });
    await world.expectSoundLedger();
  });
});
