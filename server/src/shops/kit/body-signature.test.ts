import { createSecretKey } from "node:crypto";
import { describe, expect, it } from "vitest";
import { signBody, verifyBody } from "./body-signature.ts";

const key = createSecretKey(Buffer.from("fs-hmac-secret-0123456789abcdef"));
const otherKey = createSecretKey(Buffer.from("another-secret-0123456789abcdef"));
const body = Buffer.from('{"a":1}');
// By `openssl dgst -sha256 -hmac SECRET`, of OpenSSL 3.
const base64 = "1mfh4agvXXCVonbR7b+nJyJBSZGObULaDImHrPZYBWY=";
const hex = Buffer.from(base64, "base64").toString("hex");

describe("a signature over the body alone", () => {
  it("is the one that openssl computes", () => {
    expect(signBody(key, body, "base64")).toBe(base64);
    expect(signBody(key, body, "hex")).toBe(hex);
    const lemon = createSecretKey(Buffer.from("lemon-secret-0123456789abcdefghijklmnop"));
    expect(signBody(lemon, body, "hex")).toBe(
      "4e91115a3e1ea8eedc2e065891370af5c0f3bc50fce79b5265ad9a329b892751",
    );
  });

  it("is valid by any of several secrets", () => {
    expect(verifyBody(base64, body, [otherKey, key], "base64")).toBe("valid");
    expect(verifyBody(hex, body, [key], "hex")).toBe("valid");
    expect(verifyBody(base64, body, [otherKey], "base64")).toBe("signature_mismatch");
    expect(verifyBody(base64, Buffer.from('{"a":2}'), [key], "base64")).toBe("signature_mismatch");
  });

  it.each([
    ["missing", null, "signature_missing"],
    ["empty", "", "signature_malformed"],
    ["without its padding", base64.slice(0, -1), "signature_malformed"],
    ["in base64url", base64.replaceAll("+", "-"), "signature_malformed"],
    ["there twice", `${base64}, ${base64}`, "signature_malformed"],
    ["hex", hex, "signature_malformed"],
    // Another text that decodes to the same bytes: the last character has unused bits.
    ["spelt otherwise", base64.replace("WY=", "WZ="), "signature_mismatch"],
  ])("is refused where it is %s", (_, header, verdict) => {
    expect(verifyBody(header, body, [key], "base64")).toBe(verdict);
  });

  it("is refused in upper-case hex", () => {
    expect(verifyBody(hex.toUpperCase(), body, [key], "hex")).toBe("signature_malformed");
  });
});
