import { expect, it } from "vitest";
import { endPartner } from "../../server/src/channel/partners.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openEmailWorld } from "./email-world.ts";

onEveryEngine("a partner's API key", (bench) => {
  it("is shown once, kept as a hash, and known by its prefix and checksum", async () => {
    const world = await openEmailWorld(bench);
    const north = await world.partner("north");
    expect(north.key).toMatch(/^tsp_[0-9a-hjkmnp-tv-z]{39}$/);
    const rows = await world.deps.store.cold.selectFrom("partner_keys").selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(north.key.slice(4, 36));
    const { body } = await world.admin("GET", "/v1/partners/north/keys");
    expect(body).toEqual([expect.objectContaining({ id: north.keyId, status: "active", lastUsedOn: null })]);
    await north.send("GET", "registered-emails");
    world.pass(1);
    await north.send("GET", "registered-emails");
    expect((await world.admin("GET", "/v1/partners/north/keys")).body).toMatchObject([
      { lastUsedOn: "2026-11-22" },
    ]);
  });

  it("opens the partner's own routes and nothing else", async () => {
    const world = await openEmailWorld(bench);
    const north = await world.partner("north");
    const ask = async (path: string, bearer: string) =>
      (await world.app.request(path, { headers: { authorization: `Bearer ${bearer}` } })).status;
    expect(await ask("/v1/partner/registered-emails", north.key)).toBe(200);
    for (const path of [
      "/v1/partners",
      "/v1/partners/north",
      "/v1/orders",
      "/v1/partner",
      "/v1/partner-keys/x",
    ])
      expect([path, await ask(path, north.key)]).toEqual([path, 401]);
    expect(await ask("/v1/partner/registered-emails", "admin-token-of-the-journey-0123456789")).toBe(401);
    expect(await ask("/v1/partner/nothing", north.key)).toBe(404);
    const wrong = [
      "tsp_",
      `${north.key}0`,
      north.key.toUpperCase(),
      north.key.slice(0, -1),
      `tsp_${"0".repeat(39)}`,
      north.key.replace(/.(?=.{20}$)/, (letter) => (letter === "0" ? "1" : "0")),
    ];
    for (const key of wrong) expect(await ask("/v1/partner/registered-emails", key)).toBe(401);
  });

  it("stops counting when it is revoked, and when the partner's agreement ends", async () => {
    const world = await openEmailWorld(bench);
    const [north, south] = [await world.partner("north"), await world.partner("south")];
    const unknown = await world.admin("POST", "/v1/partner-keys/pk_0000000000000000/revoke");
    expect(unknown).toMatchObject({ status: 404, body: { code: "key_unknown" } });
    const revoked = await world.admin("POST", `/v1/partner-keys/${north.keyId}/revoke`);
    expect(revoked).toMatchObject({ status: 200, body: { status: "revoked", partner: "north" } });
    const refused = await north.register(["a@example.com"]);
    expect(refused.status).toBe(401);
    await endPartner(world.deps, "south");
    const ended = await south.register(["a@example.com"]);
    expect([ended.status, ended.text]).toEqual([refused.status, refused.text]);
    expect(await world.registrations()).toEqual([]);
  });

  it("shows a partner its own registrations alone", async () => {
    const world = await openEmailWorld(bench);
    const [north, south] = [await world.partner("north"), await world.partner("south")];
    await north.register(["a@example.com", "b@example.com"]);
    expect((await south.send("GET", "registered-emails")).text).toBe("[]");
    expect(JSON.parse((await north.send("GET", "registered-emails")).text)).toEqual([
      {
        product: null,
        origin: "api",
        sent: 2,
        firstAt: "2026-11-21T09:00:00.000Z",
        lastAt: "2026-11-21T09:00:00.000Z",
      },
    ]);
    expect((await world.admin("GET", "/v1/partners/north/registered-emails")).body).toMatchObject([
      { counting: 2 },
    ]);
  });
});
