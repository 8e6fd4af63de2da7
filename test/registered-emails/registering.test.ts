import { expect, it } from "vitest";
import { summariseEmails } from "../../server/src/registered-emails/summarise-emails.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openEmailWorld } from "./email-world.ts";

const registered = (count: number) =>
  JSON.stringify({ status: "registered", received: count, registered: count, invalid: [] });

onEveryEngine("registered e-mails", (bench) => {
  it("credit the partner by `email`, from the registration to the ledger, in whatever way the address is spelt", async () => {
    const world = await openEmailWorld(bench);
    const north = await world.partner("north");
    expect(await north.register(["Jose\u0301@B\u00fccher.example"])).toMatchObject({ text: registered(1) });
    const record = await world.buy(" JOS\u00c9@xn--bcher-kva.EXAMPLE ");
    expect(record).toMatchObject({
      outcome: "credited",
      partner: "north",
      reason: "order_field",
      evidence: [{ kind: "email", verdict: "won", partner: "north", seenAt: "2026-11-21T09:00:00.000Z" }],
      credits: [{ partner: "north", amountMinor: 2000 }],
    });
    expect(await world.balance("north")).toEqual({ heldMinor: 2000, payableMinor: 0 });
    expect(world.logged("order.credited")).toMatchObject([{ partner: "north", evidence: "email" }]);
    await world.expectSoundLedger();
  });

  it("keep dots and tags apart", async () => {
    const world = await openEmailWorld(bench);
    const north = await world.partner("north");
    await north.register(["a.b+tag@example.com"]);
    for (const other of ["ab+tag@example.com", "a.b@example.com"])
      expect(await world.buy(other)).toMatchObject({ outcome: "unattributed", reason: "no_evidence" });
    expect(await world.buy("A.B+Tag@Example.com")).toMatchObject({ outcome: "credited" });
  });

  it("belong to the first, and the second is told the same", async () => {
    const world = await openEmailWorld(bench);
    const [north, south] = [await world.partner("north"), await world.partner("south")];
    const first = await north.register(["taken@example.com"]);
    world.pass(1);
    const [second, fresh] = [
      await south.register(["taken@example.com"]),
      await south.register(["free@example.com"]),
    ];
    for (const answer of [second, fresh]) {
      expect([answer.status, answer.text]).toEqual([first.status, first.text]);
      expect([...answer.headers]).toEqual([...first.headers]);
    }
    expect(await world.buy("taken@example.com")).toMatchObject({ partner: "north" });
    expect(await world.buy("free@example.com")).toMatchObject({ partner: "south" });
  });

  it("are counted for a partner as it sent them: what somebody registered before shows in no number or time", async () => {
    const world = await openEmailWorld(bench);
    const [north, south] = [await world.partner("north"), await world.partner("south")];
    await north.register(["taken@example.com", "taken-too@example.com"]);
    const sent: unknown[] = [];
    for (const email of ["first@example.com", "taken@example.com", "free@example.com", "free@example.com"]) {
      world.pass(1);
      await south.register([email]);
      await south.register([email], { product: "acme-paint" });
      sent.push(JSON.parse((await south.send("GET", "registered-emails")).text));
    }
    const begun = { firstAt: "2026-11-22T09:00:00.000Z", origin: "api" };
    const onDay = (count: number) => {
      const lastAt = `2026-11-${21 + count}T09:00:00.000Z`;
      return [null, "acme-paint"].map((product) => ({ ...begun, product, sent: count, lastAt }));
    };
    expect(sent).toEqual([onDay(1), onDay(2), onDay(3), onDay(4)]);
    await south.send("DELETE", "registered-emails", { email: "taken@example.com" });
    expect(JSON.parse((await south.send("GET", "registered-emails")).text)).toEqual(onDay(4));
  });

  it("count for the products they were registered for, and for every one stands before one", async () => {
    const world = await openEmailWorld(bench);
    const [north, south] = [await world.partner("north"), await world.partner("south")];
    await north.register(["a@example.com"], { product: "acme-paint" });
    await south.register(["a@example.com", "b@example.com"]);
    await north.register(["b@example.com"], { product: "acme-draw" });
    world.pass(1);
    expect(await world.buy("a@example.com", "acme-paint")).toMatchObject({ partner: "north" });
    expect(await world.buy("a@example.com", "acme-draw")).toMatchObject({ partner: "south" });
    expect(await world.buy("b@example.com", "acme-draw")).toMatchObject({ partner: "south" });
    expect((await world.registrations()).map((row) => [row.partner_id, row.product])).toEqual([
      ["north", "acme-paint"],
      ["south", "*"],
      ["south", "*"],
    ]);
  });

  it("count on the last day of their window, and may be taken over after it", async () => {
    const world = await openEmailWorld(bench);
    const [north, south] = [await world.partner("north"), await world.partner("south")];
    await north.register(["a@example.com"]);
    world.pass(730);
    expect(await world.buy("a@example.com")).toMatchObject({ outcome: "credited", partner: "north" });
    await south.register(["a@example.com"]);
    await north.register(["a@example.com"]);
    world.pass(1);
    expect(await world.buy("a@example.com")).toMatchObject({ reason: "outside_window" });
    await south.register(["a@example.com"]);
    expect(await world.buy("a@example.com")).toMatchObject({ outcome: "credited", partner: "south" });
  });

  it("do not count for a purchase that was made before, and count for the next", async () => {
    const world = await openEmailWorld(bench);
    const north = await world.partner("north");
    expect(await world.buy("customer@example.com")).toMatchObject({ reason: "no_evidence" });
    world.pass(1);
    expect(await north.register(["customer@example.com"])).toMatchObject({ text: registered(1) });
    expect(await world.explain("O-1", "own")).toMatchObject({ reason: "no_evidence" });
    world.pass(1);
    expect(await world.buy("customer@example.com")).toMatchObject({ outcome: "credited", partner: "north" });
  });

  it("are erased so that no later purchase finds them, while what was decided stays", async () => {
    const world = await openEmailWorld(bench);
    const [north, south] = [await world.partner("north"), await world.partner("south")];
    await north.register(["a@example.com", "b@example.com"]);
    await world.buy("a@example.com", "acme-paint", { licence: "L-1" });
    const erase = (email: string, more: object = {}) =>
      world.admin("DELETE", "/v1/registered-emails", { email, ...more });
    expect(await erase("A@Example.com", { orders: true, dryRun: true })).toMatchObject({
      body: { registrations: 1, orders: 1 },
    });
    // Another partner can neither erase it nor learn that it is there.
    const foreign = await south.send("DELETE", "registered-emails", { email: "a@example.com" });
    const own = await north.send("DELETE", "registered-emails", { email: "b@example.com" });
    expect([foreign.status, foreign.text]).toEqual([own.status, own.text]);
    expect(await world.registrations()).toHaveLength(1);
    expect(await erase("A@Example.com", { orders: true })).toMatchObject({
      body: { registrations: 1, orders: 1 },
    });
    expect(await world.registrations()).toEqual([]);
    const orders = await world.deps.store.cold.selectFrom("orders").select("email_hash").execute();
    expect(orders).toEqual([{ email_hash: null }]);
    // An earlier sale of the same licence comes in late, so that the later one is decided again.
    const before = { licence: "L-1", paidAt: "2026-11-20T00:00:00Z" };
    expect(await world.buy("c@example.com", "acme-paint", before)).toMatchObject({ outcome: "unattributed" });
    expect(await world.explain("O-1", "own")).toMatchObject({ outcome: "credited", partner: "north" });
    expect(await world.buy("a@example.com")).toMatchObject({ outcome: "unattributed" });
    expect(await world.balance("north")).toEqual({ heldMinor: 2000, payableMinor: 0 });
  });

  it("keep the consent that was told, with its date, and no address anywhere", async () => {
    const world = await openEmailWorld(bench);
    const north = await world.partner("north");
    await north.register(["a@example.com"], { consent: { version: "north-3", givenAt: "2026-11-20" } });
    await north.upload("email,consent_version,consented_at\nb@example.com,north-4,2026-11-19T12:00:00Z\n");
    const rows = await world.registrations();
    expect(rows.map((row) => [row.version, row.consent_at])).toEqual(
      expect.arrayContaining([
        ["north-3", Date.UTC(2026, 10, 20)],
        ["north-4", Date.UTC(2026, 10, 19, 12)],
      ]),
    );
    for (const table of ["registered_emails", "consents", "rate_limits", "orders"] as const) {
      const text = JSON.stringify(await world.deps.store.cold.selectFrom(table).selectAll().execute());
      expect(text).not.toContain("example.com");
    }
  });

  it("have one owner each when two partners register the same list at once", async () => {
    const world = await openEmailWorld(bench);
    const [north, south] = [await world.partner("north"), await world.partner("south")];
    const list = Array.from({ length: 300 }, (_, index) => `c${index}@example.com`);
    const answers = await Promise.all([
      north.register(list),
      south.register(list.toReversed()),
      north.register(list.toReversed()),
      south.register(list),
    ]);
    for (const answer of answers) expect(answer.text).toBe(registered(300));
    const rows = await world.registrations();
    expect(rows).toHaveLength(300);
    const counts = await Promise.all(["north", "south"].map((id) => summariseEmails(world.deps, id)));
    expect(counts.flat().reduce((sum, { counting }) => sum + counting, 0)).toBe(300);
  });

  it("are limited by the partner's account, however many it sends at once", async () => {
    const limits = { email: { account: { burst: 3, perHour: 60 } } };
    const world = await openEmailWorld(bench, { limits });
    const [north, south] = [await world.partner("north"), await world.partner("south")];
    expect((await north.register(["a@example.com", "b@example.com"])).status).toBe(200);
    const refused = await north.register(["c@example.com", "d@example.com"]);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "60"]);
    expect(refused.text).toContain('"code":"too_many_requests"');
    expect((await south.register(["c@example.com"])).status).toBe(200);
    expect(await world.registrations()).toHaveLength(3);
  });
});
