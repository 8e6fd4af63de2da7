import { groupVoucherCode, voucherAnswerDays } from "@tallystick/sdk/protocol";
import { expect, it } from "vitest";
import { listVoucherBatches, revokeVoucher, revokeVoucherBatch } from "../../server/src/vouchers/batches.ts";
import { addDays } from "../../server/src/words/clock.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openVoucherWorld } from "./voucher-world.ts";

const serials = Array.from({ length: 60 }, (_, at) => `PAINT-${String(at).padStart(4, "0")}-Q7W3`);
const key = "an-idempotency-key-of-the-tests";

onEveryEngine("a voucher", (bench) => {
  it("is exchanged for a serial of its product's pool, once", async () => {
    const world = await openVoucherWorld(bench);
    await world.fillPool(["DRAW-0001-AAAA"], { product: "acme-draw", batch: "draw" });
    await world.fillPool(serials.slice(0, 3));
    const { code } = await world.issue();
    const answer = await world.redeem(` ${groupVoucherCode(code).toLowerCase()} `, { product: "acme-paint" });
    expect(answer).toMatchObject({ partner: "north", product: "acme-paint" });
    expect(serials.slice(0, 3)).toContain(answer.serial);
    await expect(world.redeem(code)).rejects.toMatchObject({ code: "voucher_used" });
    await expect(world.redeem(code, { idempotencyKey: key })).rejects.toMatchObject({ code: "voucher_used" });
  });

  it("gives different customers different serials, until none is left", async () => {
    const world = await openVoucherWorld(bench);
    await world.fillPool(serials.slice(0, 3));
    const { codes } = await world.issue(4);
    const given = new Set<string>();
    for (const code of codes.slice(0, 3)) given.add((await world.redeem(code)).serial);
    expect([...given].sort()).toEqual(serials.slice(0, 3));
    await expect(world.redeem(codes[3] ?? "")).rejects.toMatchObject({ code: "pool_empty" });
    await world.fillPool(["PAINT-9999-LAST"]);
    expect(await world.redeem(codes[3] ?? "")).toMatchObject({ serial: "PAINT-9999-LAST" });
  });

  it("is refused with the reason to the holder of its code", async () => {
    const world = await openVoucherWorld(bench);
    await world.fillPool(serials.slice(0, 3));
    const expiring = await world.issue(1, { expiresAt: addDays(world.now, 10) });
    const single = await world.issue(2);
    const whole = await world.issue();
    await revokeVoucher(world.deps, `${single.batch}/1`);
    await revokeVoucherBatch(world.deps, whole.batch);
    await expect(world.redeem(single.code)).rejects.toMatchObject({ code: "voucher_revoked" });
    await expect(world.redeem(whole.code)).rejects.toMatchObject({ code: "voucher_revoked" });
    await expect(world.redeem(single.codes[1] ?? "", { product: "acme-draw" })).rejects.toMatchObject({
      code: "voucher_product_mismatch",
    });
    world.pass(10);
    const lastMoment = await world.redeem(expiring.code, { idempotencyKey: key });
    const late = await world.issue(1, { expiresAt: addDays(world.now, 1) });
    world.pass(2);
    await expect(world.redeem(late.code)).rejects.toMatchObject({ code: "voucher_expired" });
    await expect(world.redeem(expiring.code)).rejects.toMatchObject({ code: "voucher_used" });
    expect(await world.redeem(expiring.code, { idempotencyKey: key })).toEqual(lastMoment);
  });

  it("is unknown when its code was never issued, or mistyped", async () => {
    const world = await openVoucherWorld(bench);
    const { code } = await world.issue();
    const mistyped = `${code.slice(0, -1)}${code.endsWith("0") ? "1" : "0"}`;
    for (const wrong of [mistyped, "0123456789ABCDEFGHJT", "hello", "\ud800", code.slice(1)])
      await expect(world.redeem(wrong)).rejects.toMatchObject({ code: "voucher_unknown" });
    await expect(world.redeem(code, { product: "no-such" })).rejects.toMatchObject({
      code: "product_unknown",
    });
    await expect(world.redeem(code, { idempotencyKey: "short" })).rejects.toMatchObject({
      code: "request_invalid",
    });
  });

  it("gives its holder the same answer again when the first was lost, for a time", async () => {
    const world = await openVoucherWorld(bench);
    await world.fillPool(serials.slice(0, 3));
    const { code } = await world.issue();
    const first = await world.redeem(code, { idempotencyKey: key });
    world.pass(voucherAnswerDays);
    expect(await world.redeem(groupVoucherCode(code), { idempotencyKey: key })).toEqual(first);
    await expect(world.redeem(code, { idempotencyKey: `${key}-other` })).rejects.toMatchObject({
      code: "voucher_used",
    });
    world.pass(1);
    await expect(world.redeem(code, { idempotencyKey: key })).rejects.toMatchObject({ code: "voucher_used" });
  });

  it("is exchanged by one of fifty who try at once", async () => {
    const world = await openVoucherWorld(bench, { limits: generous });
    await world.fillPool(serials);
    const { code, batch } = await world.issue();
    const tries = await Promise.allSettled(Array.from({ length: 50 }, () => world.redeem(code)));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const reasons = tries.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []));
    expect(new Set(reasons)).toEqual(new Set(["voucher_used"]));
    const { batches } = await listVoucherBatches(world.deps, {});
    expect(batches).toMatchObject([{ batch, issued: 1, exchanged: 1, left: 0 }]);
  });

  it("gives fifty who try at once with one idempotency key one serial", async () => {
    const world = await openVoucherWorld(bench, { limits: generous });
    await world.fillPool(serials);
    const { code } = await world.issue();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => world.redeem(code, { idempotencyKey: key })),
    );
    expect(new Set(answers.map(({ serial }) => serial)).size).toBe(1);
  });

  it("never gives a serial that another got, when fifty are exchanged at once", async () => {
    const world = await openVoucherWorld(bench, { limits: generous });
    await world.fillPool(serials);
    const { codes } = await world.issue(50);
    const answers = await Promise.all(codes.map((code) => world.redeem(code)));
    expect(new Set(answers.map(({ serial }) => serial)).size).toBe(50);
    expect((await listVoucherBatches(world.deps, {})).batches).toMatchObject([{ exchanged: 50, left: 0 }]);
  });
});

const much = { burst: 1_000, perHour: 100_000 };
const generous = { voucher: { address: much, account: much } };
