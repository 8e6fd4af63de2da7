import { mkdtempSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createKeySet, verifyToken } from "@tallystick/sdk/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseConfig } from "../config/parse-config.ts";
import type { OpenedDeps } from "../deps/open-deps.ts";
import { openDeps } from "../receiver/start/open-deps.ts";
import { instant } from "../words/clock.ts";
import { openKeyRing } from "./open-key-ring.ts";
import { listKeys, revokeKey, rotateKey } from "./signing-keys.ts";

const folder = mkdtempSync(join(tmpdir(), "tallystick-keys-"));
const config = parseConfig(
  {
    issuer: "https://renew.acme.example",
    adminToken: { env: "ADMIN" },
    products: [
      { id: "paint", name: "Paint", checkout: { shop: "own", url: "https://acme.example/{reference}" } },
    ],
    shops: { own: { kind: "stripe", secrets: [{ env: "OWN" }] } },
  },
  { file: join(folder, "tallystick.config.json"), env: {} },
);
const now = instant(Date.UTC(2026, 10, 21));
const claims = { aud: "paint", sub: "north", jti: "j1", iat: now / 1000 };
const log = { info() {}, warn() {}, error() {}, flush() {} };
const open = (say = (_: string) => {}) => openDeps(config, { log, clock: () => now, say });

let deps: OpenedDeps;
const said: string[] = [];
beforeAll(async () => {
  deps = await open((sentence) => said.push(sentence));
});
afterAll(() => deps.store.close());

describe("the key ring", () => {
  it("has a first key made, and says so once", async () => {
    expect(said).toEqual([expect.stringContaining("Made the first signing key")]);
    const again = await open((sentence) => said.push(sentence));
    await again.store.close();
    expect(said).toHaveLength(1);
    expect(await listKeys(deps)).toMatchObject([{ status: "active", revokedAt: null }]);
  });

  it("keeps private halves readable by their owner alone, in a folder that is too", async () => {
    const files = readdirSync(config.keysFolder).sort();
    expect(files).toHaveLength(2);
    expect(files).toEqual(expect.arrayContaining(["pepper", expect.stringMatching(/^[\w-]{43}\.jwk$/)]));
    if (process.platform === "win32") return;
    expect(statSync(config.keysFolder).mode & 0o777).toBe(0o700);
    for (const file of files) expect(statSync(join(config.keysFolder, file)).mode & 0o777).toBe(0o600);
  });

  it("signs tokens that the protocol's own check takes with the published keys", async () => {
    const { token, kid } = await deps.keys.sign(claims);
    const keys = createKeySet(await deps.keys.publicKeys());
    const verified = await verifyToken(token, { keys, issuer: config.issuer, product: "paint", now });
    expect(verified).toEqual({ ok: true, kid, claims: { iss: config.issuer, ...claims } });
  });

  it("checks the claims of a remembered token each time", async () => {
    const { token } = await deps.keys.sign({ ...claims, exp: now / 1000 + 60 });
    let later = now;
    const ring = await openKeyRing({ config, store: deps.store, clock: () => later });
    expect(await ring.verify(token, { product: "paint" })).toMatchObject({ ok: true });
    expect(await ring.verify(token, { product: "brush" })).toEqual({
      ok: false,
      code: "token_product_mismatch",
    });
    later = instant(now + 60_000);
    expect(await ring.verify(token, { product: "paint" })).toEqual({ ok: false, code: "token_expired" });
  });

  it("never takes a changed token for a remembered one", async () => {
    const { token } = await deps.keys.sign(claims);
    await deps.keys.verify(token, {});
    const [header, payload, signature = ""] = token.split(".");
    const other = signature.startsWith("A") ? "B" : "A";
    const forged = `${header}.${payload}.${other}${signature.slice(1)}`;
    expect(await deps.keys.verify(forged, {})).toEqual({ ok: false, code: "token_signature_invalid" });
    expect(await deps.keys.verify(` ${token}`, {})).toEqual({ ok: false, code: "token_malformed" });
  });

  it("sees a key that another process made at the first token signed with it", async () => {
    const other = await open();
    await rotateKey(other);
    const { token, kid } = await other.keys.sign(claims);
    await other.store.close();
    expect(await deps.keys.verify(token, {})).toMatchObject({ ok: true, kid });
  });

  it("signs with the newest key after a rotation, and still verifies the older one's tokens", async () => {
    const before = await deps.keys.sign(claims);
    const made = await rotateKey(deps);
    const after = await deps.keys.sign(claims);
    expect(after.kid).toBe(made.kid);
    expect(before.kid).not.toBe(made.kid);
    expect(await deps.keys.verify(before.token, {})).toMatchObject({ ok: true });
    expect((await listKeys(deps)).filter(({ status }) => status === "active")).toHaveLength(1);
  });

  it("refuses to revoke the only active key, and one that it does not have", async () => {
    const active = (await listKeys(deps)).find(({ status }) => status === "active");
    await expect(revokeKey(deps, active?.kid ?? "")).rejects.toMatchObject({ code: "key_last_active" });
    await expect(revokeKey(deps, "nobody")).rejects.toMatchObject({ code: "key_unknown" });
  });

  it("publishes no revoked key, and leaves its tokens to the issuance log", async () => {
    const { token, kid } = await deps.keys.sign(claims);
    await rotateKey(deps);
    expect(await revokeKey(deps, kid)).toMatchObject({ kid, status: "revoked" });
    const ring = await openKeyRing({ config, store: deps.store, clock: () => now });
    expect((await ring.publicKeys()).keys.map((key) => key.kid)).not.toContain(kid);
    expect(await ring.verify(token, {})).toMatchObject({ ok: true, kid });
  });

  it("makes no new pepper for a database that is in use", async () => {
    const moved = {
      ...config,
      keysFolder: join(folder, "moved"),
      pepper: { file: join(folder, "moved/pepper") },
    };
    await expect(openDeps(moved, { log })).rejects.toMatchObject({
      problems: [{ path: "pepper", message: expect.stringContaining("restore it from a backup") }],
    });
  });

  it("says what to do when the private half is gone", async () => {
    const { kid } = await deps.keys.sign(claims);
    writeFileSync(join(config.keysFolder, `${kid}.jwk`), "{}");
    await expect(deps.keys.sign(claims)).rejects.toThrow(/does not hold the private half/);
  });
});
