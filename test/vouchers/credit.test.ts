import { expect, it } from "vitest";
import type { ProductId } from "../../server/src/ids.ts";
import { query } from "../../server/src/store/query.ts";
import type { SerialActivationRow } from "../../server/src/store/schema-serials.ts";
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

const insertActivation = query<SerialActivationRow>()((db, p) =>
  db.insertInto("serial_activations").values({
    licence_hash: p.licence_hash,
    product: p.product,
    via: p.via,
    serial_hash: p.serial_hash,
    batch_no: p.batch_no,
    open_number: p.open_number,
    activated_at: p.activated_at,
  }),
);

/** What the receiver keeps when a copy of the licence is activated with the serial. */
async function activate({ deps }: VoucherWorld, licence: string): Promise<void> {
  await deps.store.write(async (tx) => {
    const row = await tx.one(exchanged, {});
    if (row?.serial_hash == null) throw new Error("no voucher was exchanged");
    await tx.run(insertActivation, {
      licence_hash: deps.hashes.licence(licence),
      product: "acme-paint" as ProductId,
      via: "registration",
      serial_hash: row.serial_hash,
      batch_no: 1,
      open_number: null,
      activated_at: deps.clock(),
    });
  });
}
const exchanged = query<Record<string, never>>()((db) => db.selectFrom("vouchers").select("serial_hash"));

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
    await activate(world, "AAAA-BBBB");
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

  it("stands before a token by which the copy was bound", async () => {
    const { world } = await withVoucher();
    const { token } = await world.partnerWithToken("east");
    await world.register("AAAA-BBBB", token);
    await activate(world, "AAAA-BBBB");
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
