import { expect, it } from "vitest";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openSerialWorld } from "./serial-world.ts";

onEveryEngine("the admin API of serial batches", (bench) => {
  it("lists, shows, assigns and revokes, for the bearer of the admin token alone", async () => {
    const world = await openSerialWorld(bench);
    await world.import("open,serial\n1,AAAA-1\n2,AAAA-2\n");
    await world.import("BBBB-1\n", { batch: "other", partner: "south" });
    const first = await world.admin("GET", "/v1/serial-batches?limit=1");
    expect(first.body).toMatchObject({
      batches: [{ batch: "batch", kind: "secret", serials: 2, open: "1..2", left: null, partner: null }],
      next: "batch",
    });
    const second = await world.admin("GET", "/v1/serial-batches?limit=1&after=batch");
    expect(second.body).toMatchObject({ batches: [{ batch: "other", partner: "south" }], next: null });
    const path = "/v1/serial-batches/batch";
    const order = { partner: "north", open: { first: 1, last: 1 }, from: "2026-01-01", note: "pallet" };
    expect(await world.admin("POST", `${path}/assignments`, order)).toMatchObject({
      status: 200,
      body: { batch: "batch", partner: "north", open: "1", from: "2026-01-01T00:00:00.000Z", isNew: true },
    });
    expect((await world.admin("GET", path)).body).toMatchObject({
      assignments: [{ partner: "north", open: "1" }],
    });
    expect(await world.admin("POST", `${path}/revoke`)).toMatchObject({ status: 200 });
    expect(await world.admin("POST", `${path}/assignments`, order)).toMatchObject({
      status: 409,
      body: { code: "serial_batch_revoked" },
    });
    const stranger = await world.app.request(path);
    expect(stranger.status).toBe(401);
  });

  it.each([
    [404, "serial_batch_unknown", "none", { partner: "north" }],
    [404, "partner_unknown", "batch", { partner: "nobody" }],
    [422, "open_numbers_unknown", "batch", { partner: "north", open: { first: 1, last: 9 } }],
    [400, "request_invalid", "batch", { partner: "north", open: { first: 2, last: 1 } }],
    [400, "request_invalid", "batch", { partner: "north", open: { first: 1, last: 2 ** 53 } }],
    [400, "request_invalid", "batch", { partner: "north", note: "\u001b[2J" }],
    [400, "request_invalid", "batch", { partner: "north", from: "soon" }],
    [400, "request_invalid", "batch", { partner: "north", extra: 1 }],
    [400, "request_invalid", "batch", {}],
  ])("answers %d %s where it must", async (status, code, batch, body) => {
    const world = await openSerialWorld(bench);
    await world.import("open,serial\n1,AAAA-1\n2,AAAA-2\n");
    const path = `/v1/serial-batches/${batch}/assignments`;
    expect(await world.admin("POST", path, body)).toMatchObject({ status, body: { code } });
  });
});
