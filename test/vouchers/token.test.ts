import { expect, it } from "vitest";
import { verifyIssuedToken } from "../../server/src/tokens/tokens.ts";
import { revokeVoucher, revokeVoucherBatch } from "../../server/src/vouchers/batches.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openVoucherWorld, type VoucherWorld } from "./voucher-world.ts";

const idempotencyKey = "an-idempotency-key-of-the-tests";

async function exchange(world: VoucherWorld, code = "") {
  const { status, body } = await world.ask({ product: "acme-paint", code, idempotencyKey });
  expect(status).toBe(200);
  return body as { serial: string; partner: string; token: string };
}

onEveryEngine("the token that comes with a serial", (bench) => {
  async function withVouchers(count: number) {
    const world = await openVoucherWorld(bench);
    await world.fillPool(Array.from({ length: count }, (_, at) => `PAINT-000${at}-Q7W3`));
    return { world, ...(await world.issue(count, { batch: "spring-27" })) };
  }

  it("is the partner's, and the same when the answer is given again", async () => {
    const { world, code } = await withVouchers(1);
    const answer = await exchange(world, code);
    expect(await verifyIssuedToken(world.deps, answer.token)).toMatchObject({
      sub: "north",
      aud: "acme-paint",
      batch: "spring-27",
    });
    expect(await exchange(world, code)).toEqual(answer);
    expect(world.logged("token.issued")).toHaveLength(1);
    const click = await world.click(`https://renew.acme.example/r/acme-paint?t=${answer.token}`);
    expect(click.reference).not.toBe("");
  });

  it("is revoked with its voucher, and with its batch", async () => {
    const { world, codes } = await withVouchers(3);
    const tokens: string[] = [];
    for (const code of codes.slice(0, 2)) tokens.push((await exchange(world, code)).token);
    const [first = "", second = ""] = tokens;
    await revokeVoucher(world.deps, "spring-27/1");
    await expect(verifyIssuedToken(world.deps, first)).rejects.toMatchObject({ code: "token_revoked" });
    await verifyIssuedToken(world.deps, second);
    await revokeVoucherBatch(world.deps, "spring-27");
    await expect(verifyIssuedToken(world.deps, second)).rejects.toMatchObject({ code: "token_revoked" });
  });

  it("is not issued for a voucher that is not exchanged", async () => {
    const { world, code } = await withVouchers(1);
    const other = (await world.issue()).code;
    await exchange(world, code);
    expect(await world.ask({ product: "acme-paint", code: other })).toMatchObject({
      body: { code: "pool_empty" },
    });
    expect(world.logged("token.issued")).toHaveLength(1);
  });

  it("is left out when the partner's agreement has ended: the customer gets the serial all the same", async () => {
    const { world, code } = await withVouchers(1);
    expect((await world.admin("POST", "/v1/partners/north/end", {})).status).toBe(200);
    const answer = await exchange(world, code);
    expect(answer).toEqual({ serial: "PAINT-0000-Q7W3", partner: "north", product: "acme-paint" });
  });
});
