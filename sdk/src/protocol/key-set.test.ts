import { describe, expect, it } from "vitest";
import { createSigner } from "../testing/signer.ts";
import { createKeySet, type JsonWebKeySet } from "./index.ts";

const jwk = { kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", kid: "k1" };
const setOf = (...keys: unknown[]) => createKeySet({ keys } as unknown as JsonWebKeySet);

const [low, middle, high] = ["00".repeat(30), "ff".repeat(30), "ff".repeat(29)];

/** The points of low order in all their spellings, and two more y that are not below the prime. */
const weakKeys = [
  `01${low}00`,
  `01${low}80`,
  `00${low}00`,
  `00${low}80`,
  `ec${middle}7f`,
  `ec${middle}ff`,
  `ed${middle}7f`,
  `ed${middle}ff`,
  `ee${middle}7f`,
  `ee${middle}ff`,
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
  `f0${middle}7f`,
  `ffff${high}ff`,
];

describe("createKeySet", () => {
  it("finds a key by its exact kid and imports it once", async () => {
    const keys = createKeySet((await createSigner()).jwks);
    expect(keys.kids).toEqual(["k1"]);
    expect(await keys.find("k1")).toBe(await keys.find("k1"));
    expect(await keys.find("K1")).toBeUndefined();
    expect(await keys.find("__proto__")).toBeUndefined();
  });

  it("ignores members it does not know", () => {
    expect(setOf({ ...jwk, alg: "EdDSA", use: "sig", comment: "of 2026" }).kids).toEqual(["k1"]);
  });

  it.each([
    ["keys_malformed", null],
    ["key_private", { ...jwk, d: "x" }],
    ["key_id_refused", { ...jwk, kid: "" }],
    ["key_id_refused", { ...jwk, kid: undefined }],
    ["keys_malformed", { ...jwk, kty: undefined }],
    ["key_private", { kty: "RSA", n: "AQ", e: "AQAB", d: "x" }],
    ["key_private", { kty: "oct", k: "x" }],
    ["key_refused", { ...jwk, x: "short" }],
    ["key_refused", { ...jwk, x: `${jwk.x.slice(0, -1)}p` }],
    ["key_refused", { ...jwk, alg: "RS256" }],
    ["key_refused", { ...jwk, use: "enc" }],
  ])("throws %s for a key that is not a public Ed25519 one: %j", (code, key) => {
    expect(() => setOf(key)).toThrow(expect.objectContaining({ name: "TallystickError", code }));
  });

  it("ignores keys of another kind", () => {
    const others = [{ kty: "RSA", n: "AQ", e: "AQAB", kid: "k1" }, { ...jwk, crv: "X25519" }, { kty: "AKP" }];
    expect(setOf(...others, jwk).kids).toEqual(["k1"]);
  });

  it.each(weakKeys)("throws for the key %s, which is of low order or has another spelling", (hex) => {
    const x = Buffer.from(hex, "hex").toString("base64url");
    expect(() => setOf({ ...jwk, x })).toThrow(expect.objectContaining({ code: "key_refused" }));
  });

  it("throws for a repeated kid and for what is not a key set", () => {
    expect(() => setOf(jwk, jwk)).toThrow(expect.objectContaining({ code: "key_id_repeated" }));
    expect(() => createKeySet(undefined as never)).toThrow(
      expect.objectContaining({ code: "keys_malformed" }),
    );
  });
});
