import { describe, expect, it } from "vitest";
import { createKeySet, parseToken, verifySignature } from "../protocol/index.ts";
import { createSigner } from "../testing/signer.ts";
import { isSignedBy } from "./token-signature.ts";

const signer = await createSigner();
const [key] = signer.jwks.keys;
const token = await signer.sign();

describe("isSignedBy", () => {
  it("confirms what the key has signed", () => {
    expect(isSignedBy(token, key)).toBe(true);
  });

  it("agrees with jose on every character that is exchanged for another", async () => {
    const keys = createKeySet(signer.jwks);
    for (let index = 0; index < token.length; index += 1) {
      const changed = token.slice(0, index) + (token[index] === "A" ? "B" : "A") + token.slice(index + 1);
      const { ok } = await verifySignature(changed, keys);
      expect(parseToken(changed).ok && isSignedBy(changed, key)).toBe(ok);
    }
  });

  it.each([
    ["without a key", undefined],
    ["by a key of another kind", { ...key, crv: "X25519" }],
    ["by a key that is none", { ...key, x: "" }],
  ])("does not confirm %s, and does not throw", (_, other) => {
    expect(isSignedBy(token, other as typeof key)).toBe(false);
  });

  it("does not confirm what another key has signed", async () => {
    expect(isSignedBy(await (await createSigner()).sign(), key)).toBe(false);
  });
});
