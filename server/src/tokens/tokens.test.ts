import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { addPartner } from "../channel/partners.ts";
import { parseConfig } from "../config/parse-config.ts";
import { createLog } from "../deps/log-writer.ts";
import type { OpenedDeps } from "../deps/open-deps.ts";
import { revokeKey, rotateKey } from "../keys/signing-keys.ts";
import { openDeps } from "../receiver/start/open-deps.ts";
import { addDays, instant } from "../words/clock.ts";
import { issueToken, revokeToken, verifyIssuedToken } from "./tokens.ts";

const config = parseConfig(
  {
    issuer: "https://renew.acme.example",
    adminToken: { env: "ADMIN" },
    products: [
      { id: "paint", name: "Paint", checkout: { shop: "own", url: "https://acme.example/{reference}" } },
    ],
    shops: { own: { kind: "stripe", secrets: [{ env: "OWN" }] } },
  },
  { file: join(mkdtempSync(join(tmpdir(), "tallystick-tokens-")), "tallystick.config.json"), env: {} },
);
const start = instant(Date.UTC(2026, 10, 21, 12));
const order = { partner: "north", product: "paint" };

let now = start;
let lines: string[] = [];
let deps: OpenedDeps;
beforeAll(async () => {
  const log = await createLog({ destination: { write: (line) => lines.push(line) } });
  deps = await openDeps(config, { log, clock: () => now });
  await addPartner(deps, { id: "north", name: "North" });
});
beforeEach(() => {
  now = start;
  lines = [];
});
afterAll(() => deps.store.close());

describe("tokens", () => {
  it("are issued with their record, and logged without the token", async () => {
    const issued = await issueToken(deps, { ...order, batch: "Spring", expiresAt: addDays(now, 30) });
    expect(issued).toMatchObject({
      partner: "north",
      product: "paint",
      batch: "Spring",
      issuedAt: "2026-11-21T12:00:00.000Z",
      expiresAt: "2026-12-21T12:00:00.000Z",
      revokedAt: null,
    });
    expect(JSON.parse(lines.join(""))).toMatchObject({
      event: "token.issued",
      jti: issued.jti,
      partner: "north",
      product: "paint",
    });
    expect(lines.join("")).not.toContain(issued.token);
  });

  it("verify to their claims until they expire", async () => {
    const { token, jti } = await issueToken(deps, { ...order, expiresAt: addDays(now, 1) });
    expect(await verifyIssuedToken(deps, token)).toEqual({
      iss: config.issuer,
      aud: "paint",
      sub: "north",
      jti,
      iat: start / 1000,
      exp: addDays(start, 1) / 1000,
    });
    now = addDays(start, 1);
    await expect(verifyIssuedToken(deps, token)).rejects.toMatchObject({ code: "token_expired" });
  });

  it("are refused once revoked, and keep the time of their first revocation", async () => {
    const { token, jti } = await issueToken(deps, order);
    const first = await revokeToken(deps, jti);
    now = addDays(start, 1);
    expect(await revokeToken(deps, jti)).toEqual(first);
    expect(first.revokedAt).toBe("2026-11-21T12:00:00.000Z");
    await expect(verifyIssuedToken(deps, token)).rejects.toMatchObject({ code: "token_revoked" });
  });

  it("stay good when their key is revoked later", async () => {
    const { token, kid } = await issueToken(deps, order);
    now = addDays(start, 1);
    await rotateKey(deps);
    await revokeKey(deps, kid);
    expect(await verifyIssuedToken(deps, token)).toMatchObject({ sub: "north" });
  });

  it("that the issuance log does not know are refused, though their signature holds", async () => {
    const claims = { aud: "paint", sub: "north", jti: "forged-with-a-stolen-key", iat: start / 1000 };
    const { token } = await deps.keys.sign(claims);
    await expect(verifyIssuedToken(deps, token)).rejects.toMatchObject({ code: "token_unknown" });
  });

  it("that borrow another token's id for another partner are refused", async () => {
    const { jti } = await issueToken(deps, order);
    const { token } = await deps.keys.sign({ aud: "paint", sub: "south", jti, iat: start / 1000 });
    await expect(verifyIssuedToken(deps, token)).rejects.toMatchObject({ code: "token_unknown" });
  });

  it.each([
    ["a partner nobody knows", { partner: "nobody" }, "partner_unknown"],
    ["a product that is not sold here", { product: "brush" }, "product_unknown"],
    ["a batch that could forge a line", { batch: "a\nb" }, "request_invalid"],
    ["an expiry that has passed", { expiresAt: start }, "request_invalid"],
  ])("are not issued for %s", async (_, change, code) => {
    await expect(issueToken(deps, { ...order, ...change })).rejects.toMatchObject({ code });
  });

  it("fit into a link with the longest batch there is", async () => {
    const { token } = await issueToken(deps, { ...order, batch: "🪵".repeat(64) });
    expect(token.length).toBeLessThanOrEqual(1024);
  });

  it("that were never issued cannot be revoked", async () => {
    await expect(revokeToken(deps, "nothing")).rejects.toMatchObject({ code: "token_unknown" });
  });
});
