import { expect, it } from "vitest";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openOutboxWorld } from "./outbox-world.ts";

onEveryEngine("the admin API of the outbox", (bench) => {
  it("lists, shows, replays and drops", async () => {
    const world = await openOutboxWorld(bench);
    world.listener.answer(() => ({ status: 410 }));
    await world.sell("A-1");
    await world.sell("A-2");
    await world.sendDue();
    const list = await world.admin("GET", "/v1/outbox?state=failed&limit=1");
    expect(list).toMatchObject({
      status: 200,
      body: { messages: [{ state: "failed", problem: "http_410" }] },
    });
    const next = String(list.body.next);
    const rest = await world.admin("GET", `/v1/outbox?state=failed&after=${next}`);
    expect(rest.body).toMatchObject({ messages: [{ state: "failed" }], next: null });
    expect((await world.admin("GET", "/v1/outbox?after=../x")).status).toBe(400);

    expect(await world.admin("GET", `/v1/outbox/${next}`)).toMatchObject({
      status: 200,
      body: { id: next, facts: { partner: "north", creditMinor: 2000 } },
    });
    expect((await world.admin("GET", "/v1/outbox/msg_nothing")).body.code).toBe("message_unknown");
    expect((await world.admin("POST", "/v1/outbox/replay", { dryRun: true })).body).toEqual({
      dryRun: true,
      messages: 2,
    });
    expect((await world.admin("POST", `/v1/outbox/${next}/replay`)).body).toMatchObject({ state: "pending" });
    expect((await world.admin("POST", `/v1/outbox/${next}/replay`)).body.code).toBe("message_settled");
    const dropped = await world.admin("POST", `/v1/outbox/${next}/drop`, { note: "Told by phone." });
    expect(dropped.body).toMatchObject({ state: "dropped", note: "Told by phone." });
    const again = await world.admin("POST", `/v1/outbox/${next}/drop`, { note: "Told by phone." });
    expect([again.status, again.body.code]).toEqual([409, "message_settled"]);
  });

  it("sets, rotates, tries and ends a partner's webhook, and shows its secret once", async () => {
    const world = await openOutboxWorld(bench, { hears: false });
    const path = "/v1/partners/north/webhook";
    const { url } = world.listener;
    expect((await world.admin("GET", path)).body.code).toBe("webhook_unknown");
    const set = await world.admin("PUT", path, { url });
    expect(set).toMatchObject({ status: 200, body: { url, status: "active", rotatingUntil: null } });
    expect(set.body.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(await world.admin("PUT", path, { url: `${url}/2` })).not.toHaveProperty("body.secret");
    const rotated = await world.admin("POST", `${path}/rotate`, { overlapHours: 1 });
    expect(rotated.body.secret).not.toBe(set.body.secret);
    expect(rotated.body.rotatingUntil).toBe("2026-11-21T10:00:00.000Z");
    expect((await world.admin("GET", path)).body).not.toHaveProperty("secret");
    expect((await world.admin("POST", `${path}/test`)).body).toMatchObject({ delivered: true, status: 200 });
    expect((await world.admin("DELETE", path)).body).toMatchObject({ status: "removed" });
    expect((await world.admin("POST", `${path}/test`)).body.code).toBe("webhook_unknown");
    expect((await world.admin("PUT", "/v1/partners/nobody/webhook", { url })).body.code).toBe(
      "partner_unknown",
    );
  });

  it("refuses addresses that are not https, name a user, or have a fragment", async () => {
    const world = await openOutboxWorld(bench, { hears: false });
    const refused = [
      "http://north.example/",
      "https://u:p@north.example/",
      "https://north.example/#x",
      "x",
      "",
    ];
    for (const url of refused) {
      const { status, body } = await world.admin("PUT", "/v1/partners/north/webhook", { url });
      expect([url, status, body.code]).toEqual([url, 400, "request_invalid"]);
    }
  });

  it("counts what waits, what was given up, and how long the oldest has waited", async () => {
    const world = await openOutboxWorld(bench);
    await world.sell("A-1");
    await world.refund("R-1", 1190, "A-1");
    world.pass(1);
    const metrics = await (await world.app.request("/metrics")).text();
    expect(metrics).toContain('tallystick_outbox_messages{state="pending"} 2');
    expect(metrics).toContain("tallystick_outbox_overdue_seconds 86400");
    expect(metrics).toContain("tallystick_outbox_oldest_seconds 86400");
  });
});
