import { readVoucherCode } from "@tallystick/sdk/protocol";
import { expect, it } from "vitest";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openVoucherWorld } from "./voucher-world.ts";

const order = { partner: "north", product: "acme-paint", count: 3, batch: "spring-27" };

onEveryEngine("the API of vouchers", (bench) => {
  it("issues, lists and revokes for the vendor", async () => {
    const world = await openVoucherWorld(bench);
    await world.fillPool(["PAINT-0001-Q7W3"]);
    const issued = await world.admin("POST", "/v1/voucher-batches", { ...order, expiresAt: "2027-06-01" });
    expect(issued).toMatchObject({ status: 201, body: { batch: "spring-27", issued: 3, left: 3 } });
    const vouchers = issued.body.vouchers as { id: string; code: string }[];
    expect(vouchers.map(({ id }) => id)).toEqual(["spring-27/1", "spring-27/2", "spring-27/3"]);
    for (const { code } of vouchers) expect(readVoucherCode(code)).toBe(code.replaceAll("-", ""));
    const [first, second] = vouchers;
    expect(await world.ask({ product: "acme-paint", code: first?.code })).toEqual({
      status: 200,
      body: expect.objectContaining({ serial: "PAINT-0001-Q7W3", partner: "north", product: "acme-paint" }),
    });
    const one = await world.admin("POST", "/v1/voucher-batches/spring-27/vouchers/2/revoke");
    expect(one).toMatchObject({ status: 200, body: { id: "spring-27/2", exchangedAt: null } });
    const used = await world.admin("POST", "/v1/voucher-batches/spring-27/vouchers/1/revoke");
    expect(used.body.exchangedAt).toEqual(expect.any(String));
    expect(await world.ask({ product: "acme-paint", code: second?.code })).toMatchObject({
      status: 409,
      body: { code: "voucher_revoked" },
    });
    const counts = { issued: 3, exchanged: 1, revoked: 1, expired: 0, left: 1 };
    const list = await world.admin("GET", "/v1/voucher-batches?partner=north&limit=1");
    expect(list.body).toMatchObject({ batches: [counts], next: null });
    const whole = await world.admin("POST", "/v1/voucher-batches/spring-27/revoke");
    expect(whole.body).toMatchObject({ ...counts, revoked: 2, left: 0 });
    world.pass(365);
    const later = await world.admin("POST", "/v1/voucher-batches/spring-27/revoke");
    expect(later.body).toEqual(whole.body);
  });

  it("pages through batches by name, and counts what expired", async () => {
    const world = await openVoucherWorld(bench);
    for (const batch of ["c", "a", "b"])
      await world.admin("POST", "/v1/voucher-batches", { ...order, batch, expiresAt: "2027-01-01" });
    world.pass(365);
    const page = await world.admin("GET", "/v1/voucher-batches?limit=2");
    expect(page.body).toMatchObject({
      batches: [{ batch: "a", expired: 3, left: 0 }, { batch: "b" }],
      next: "b",
    });
    const rest = await world.admin("GET", "/v1/voucher-batches?limit=2&after=b");
    expect(rest.body).toMatchObject({ batches: [{ batch: "c" }], next: null });
    const nobodys = await world.admin("GET", "/v1/voucher-batches?partner=south");
    expect(nobodys.body).toMatchObject({ status: 404, code: "partner_unknown" });
  });

  it.each([
    [{ ...order, partner: "nobody" }, 404, "partner_unknown"],
    [{ ...order, product: "no-such" }, 404, "product_unknown"],
    [{ ...order, count: 0 }, 400, "request_invalid"],
    [{ ...order, count: 10_001 }, 400, "request_invalid"],
    [{ ...order, batch: "Spring 27" }, 400, "request_invalid"],
    [{ ...order, expiresAt: "2020-01-01" }, 400, "request_invalid"],
    [{ ...order, colour: "red" }, 400, "request_invalid"],
  ])("refuses an order %#", async (body, status, code) => {
    const world = await openVoucherWorld(bench);
    expect(await world.admin("POST", "/v1/voucher-batches", body)).toMatchObject({ status, body: { code } });
  });

  it("refuses a batch's name that is taken, and what was never issued", async () => {
    const world = await openVoucherWorld(bench);
    await world.admin("POST", "/v1/voucher-batches", order);
    const again = await world.admin("POST", "/v1/voucher-batches", order);
    expect(again).toMatchObject({ status: 409, body: { code: "voucher_batch_exists" } });
    const batch = await world.admin("POST", "/v1/voucher-batches/winter/revoke");
    expect(batch).toMatchObject({ status: 404, body: { code: "voucher_batch_unknown" } });
    const voucher = await world.admin("POST", "/v1/voucher-batches/spring-27/vouchers/4/revoke");
    expect(voucher).toMatchObject({ status: 404, body: { code: "voucher_unknown" } });
  });

  it("lets nobody issue, list or revoke without the admin token", async () => {
    const { app } = await openVoucherWorld(bench);
    for (const [method, path] of [
      ["GET", "/v1/voucher-batches"],
      ["POST", "/v1/voucher-batches"],
      ["POST", "/v1/voucher-batches/a/revoke"],
    ] as const)
      expect((await app.request(path, { method })).status).toBe(401);
  });

  it.each([
    [{ product: "acme-paint" }, 400, "request_invalid"],
    [{ product: "acme-paint", code: "" }, 400, "request_invalid"],
    [{ product: "acme-paint", code: "x".repeat(201) }, 400, "request_invalid"],
    [{ product: "acme-paint", code: 7 }, 400, "request_invalid"],
    [{ product: "acme-paint", code: "x", idempotencyKey: "short" }, 400, "request_invalid"],
    [{ product: "acme-paint", code: "x", extra: 1 }, 400, "request_invalid"],
    [{ product: "no-such", code: "x" }, 404, "product_unknown"],
    [{ product: "acme-paint", code: "x" }, 404, "voucher_unknown"],
  ])("refuses an exchange %#", async (body, status, code) => {
    const world = await openVoucherWorld(bench);
    expect(await world.ask(body)).toMatchObject({ status, body: { code } });
  });

  it("answers every code that was not issued alike, well formed or not", async () => {
    const world = await openVoucherWorld(bench);
    const wrong = ["0123456789ABCDEFGHJT", "0123456789ABCDEFGHJK", "hello", "'; drop table vouchers", "💣"];
    const answers = await Promise.all(wrong.map((code) => world.ask({ product: "acme-paint", code })));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });
});
