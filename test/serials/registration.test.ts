import { expect, it } from "vitest";
import { endPartner } from "../../server/src/channel/partners.ts";
import { rotateKey } from "../../server/src/keys/signing-keys.ts";
import { revokeToken, verifyIssuedToken } from "../../server/src/tokens/tokens.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { statement } from "../store/rows.ts";
import { openSerialWorld, type SerialWorld } from "./serial-world.ts";

const secrets = ["PAINT-0001-Q7W3", "PAINT-0002-M4K9", "PAINT-0003-Z2X8"];
const file = secrets.join("\n");

const rowsOf = (world: SerialWorld, text: string) =>
  world.deps.store.read((tx) => tx.all(statement(text), {}));

onEveryEngine("a registration by serial", (bench) => {
  it("binds, answers the partner's token, and is credited by serial in the ledger", async () => {
    const world = await openSerialWorld(bench);
    await world.import(file, { partner: "north" });
    const { status, body } = await world.activate("paint 0001 q7w3", { licence: "AAAA-BBBB" });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      product: "acme-paint",
      partner: "north",
      partnerName: "north",
      status: "bound",
    });
    const claims = await verifyIssuedToken(world.deps, String(body.token));
    expect(claims).toMatchObject({ sub: "north", aud: "acme-paint", batch: "batch" });
    expect(world.logged("registration.bound")).toMatchObject([{ product: "acme-paint", partner: "north" }]);
    world.pass(365);
    await world.buy("cs_1", "AAAA-BBBB");
    expect(await world.explain("cs_1")).toMatchObject({
      outcome: "credited",
      partner: "north",
      reason: "licence_binding",
      evidence: [{ kind: "serial", partner: "north", verdict: "won" }],
    });
    expect(world.logged("order.credited")).toMatchObject([{ partner: "north", evidence: "serial" }]);
    expect(await world.balance("north")).toEqual({ heldMinor: 2000, payableMinor: 0 });
    await world.expectSoundLedger();
  });

  it("gives all copies of a batch and partner one token, a new one under a new key or after a revocation, none when the agreement has ended", async () => {
    const world = await openSerialWorld(bench);
    await world.import(file, { partner: "north" });
    const tokens = (await Promise.all(secrets.map((serial) => world.activate(serial)))).map(
      ({ body }) => body.token,
    );
    expect(new Set(tokens).size).toBe(1);
    world.pass(30);
    expect((await world.activate(secrets[0] ?? "")).body.token).toBe(tokens[0]);
    expect(world.logged("token.issued")).toHaveLength(1);
    await rotateKey(world.deps);
    world.pass(1);
    const renewed = (await world.activate(secrets[0] ?? "")).body.token;
    expect(renewed).not.toBe(tokens[0]);
    for (const token of [tokens[0], renewed])
      expect(await verifyIssuedToken(world.deps, String(token))).toMatchObject({ sub: "north" });
    const { jti } = await verifyIssuedToken(world.deps, String(renewed));
    await revokeToken(world.deps, jti);
    const { body } = await world.activate(secrets[0] ?? "");
    expect(body).toMatchObject({ status: "already_bound", partner: "north" });
    expect(await verifyIssuedToken(world.deps, String(body.token))).toMatchObject({ sub: "north" });
    expect(world.logged("token.issued")).toHaveLength(3);
    await endPartner(world.deps, "north");
    const after = (await world.activate(secrets[1] ?? "")).body;
    expect(after).toMatchObject({ status: "already_bound", partner: "north" });
    expect(after).not.toHaveProperty("token");
  });

  it("of a serial that another licence has is a recorded conflict that changes nothing and gives no token", async () => {
    const world = await openSerialWorld(bench);
    await world.import(file, { partner: "north" });
    const [serial = "", second = ""] = secrets;
    expect((await world.activate(serial, { licence: "L1" })).body).toMatchObject({ status: "bound" });
    expect((await world.activate(serial, { licence: "L1" })).body).toMatchObject({ status: "already_bound" });
    const other = (await world.activate(serial, { licence: "L2" })).body;
    expect(other).toMatchObject({ status: "conflict", partner: "north" });
    expect(other).not.toHaveProperty("token");
    expect(other).not.toHaveProperty("partnerName");
    expect(await rowsOf(world, "select * from serial_conflicts")).toHaveLength(1);
    expect(world.logged("registration.conflict")).toMatchObject([{ partner: "north" }]);
    // A second serial of the same partner says nothing else than the first.
    expect((await world.activate(second, { licence: "L1" })).body).toMatchObject({ status: "already_bound" });
    await world.buy("cs_1", "L2");
    expect(await world.explain("cs_1")).toMatchObject({ outcome: "unattributed" });
  });

  it("of the same serial typed otherwise is the same one, where the product calls it its licence and spellings matter", async () => {
    const products = [
      {
        id: "acme-paint",
        name: "Acme Paint",
        licence: "exact",
        checkout: { shop: "stripe", url: "https://buy.acme.example/?client_reference_id={reference}" },
      },
    ];
    const world = await openSerialWorld(bench, { products });
    await world.import(file, { partner: "north" });
    expect(await world.activate("PAINT-0001-Q7W3")).toMatchObject({ body: { status: "bound" } });
    const again = await world.activate("paint 0001 q7w3");
    expect(again).toMatchObject({ body: { status: "already_bound", partner: "north" } });
    expect(again.body.token).toEqual(expect.any(String));
    expect(await world.activate("paint 0001 q7w3", { licence: "ANOTHER" })).toMatchObject({
      body: { status: "conflict" },
    });
    expect(await rowsOf(world, "select * from serial_conflicts")).toHaveLength(1);
  });

  it("of two licences at once with one serial binds one", async () => {
    const world = await openSerialWorld(bench);
    await world.import(file, { partner: "north" });
    const [serial = ""] = secrets;
    const licences = Array.from({ length: 8 }, (_, index) => `L${index}`);
    const answers = await Promise.all(licences.map((licence) => world.activate(serial, { licence })));
    const statuses = answers.map(({ body }) => body.status).sort();
    expect(statuses).toEqual(["bound", ...Array(7).fill("conflict")]);
    expect(await rowsOf(world, "select * from serial_activations")).toHaveLength(1);
  });

  it("refuses a serial that nobody has and one of another product in the same words", async () => {
    const world = await openSerialWorld(bench);
    await world.import(file, { partner: "north" });
    await world.import("DRAW-0001-Q7W3\n", { batch: "draw", product: "acme-draw" });
    await world.importOpen("5000..5999", { batch: "draw-open", product: "acme-draw" });
    const guesses = ["PAINT-9999-Q7W3", "DRAW-0001-Q7W3", "5001", "123456", "x", "\u2028", "PAINT;0001"];
    const answers = await Promise.all(guesses.map((guess) => world.activate(guess)));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({ status: 404, body: { code: "serial_unknown" } });
    expect(await rowsOf(world, "select * from serial_activations")).toEqual([]);
  });

  it("is refused for a while after many wrong guesses", async () => {
    const world = await openSerialWorld(bench);
    await world.import(file, { partner: "north" });
    const statuses = new Set<number>();
    for (let guess = 0; guess < 500 && !statuses.has(429); guess++)
      statuses.add((await world.activate(`GUESS-${guess}`, { licence: "one" })).status);
    expect([...statuses]).toEqual([404, 429]);
    expect((await world.activate(secrets[0] ?? "", { licence: "one" })).status).toBe(429);
    world.pass(1);
    expect((await world.activate(secrets[0] ?? "", { licence: "one" })).status).toBe(200);
  });

  it.each([
    ["both token and serial", { token: "a.b.c", licence: "L1", serial: "PAINT-0001" }],
    ["neither", { licence: "L1" }],
    ["a token without its licence", { token: "a.b.c" }],
    ["a serial that is too long", { serial: "A".repeat(129) }],
    ["a serial that is no text", { serial: 12 }],
    ["a member nobody knows", { serial: "PAINT-0001", partner: "north" }],
  ])("refuses a body with %s", async (_what, members) => {
    const world = await openSerialWorld(bench);
    const response = await world.app.request("/v1/registrations", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ product: "acme-paint", ...members }),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: "request_invalid" });
  });
});
