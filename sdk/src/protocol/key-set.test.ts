import { describe, expect, it } from "vitest";
import { createSigner } from "../testing/signer.ts";
import { createKeySet, type JsonWebKeySet } from "./index.ts";

const jwk = { kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", kid: "k1" };
const setOf = (...keys: unknown[]) => createKeySet({ keys } as unknown as JsonWebKeySet);

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
    ["key_refused", { ...jwk, kty: "EC" }],
    ["key_refused", { ...jwk, crv: "X25519" }],
    ["key_refused", { ...jwk, x: "short" }],
    ["key_refused", { ...jwk, x: `${jwk.x.slice(0, -1)}p` }],
    ["key_refused", { ...jwk, alg: "RS256" }],
    ["key_refused", { ...jwk, use: "enc" }],
  ])("throws %s for a key that is not a public Ed25519 one: %j", (code, key) => {
    expect(() => setOf(key)).toThrow(expect.objectContaining({ name: "TallystickError", code }));
  });

  it("throws for a repeated kid and for what is not a key set", () => {
    expect(() => setOf(jwk, jwk)).toThrow(expect.objectContaining({ code: "key_id_repeated" }));
    expect(() => createKeySet(undefined as never)).toThrow(
      expect.objectContaining({ code: "keys_malformed" }),
    );
  });
});
