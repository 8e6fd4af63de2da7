import { describe, expect, it } from "vitest";
import {
  type RegistrationRequest,
  renewalLink,
  type SerialRegistrationRequest,
  type VoucherRequest,
} from "./index.ts";

/** Compiled under `exactOptionalPropertyTypes`: what a product passes on may be undefined. */
describe("a member that may be left out", () => {
  const unknown = (): string | undefined => undefined;

  it("may be undefined in a renewal link", () => {
    const link = renewalLink({
      receiver: "https://renew.acme.example",
      product: "p",
      token: unknown(),
      licence: unknown(),
      email: unknown(),
    });
    expect(link).toBe("https://renew.acme.example/r/p");
  });

  it("may be undefined in what is sent to a receiver, and is not sent", () => {
    const registration: RegistrationRequest = {
      product: "p",
      licence: "l",
      token: "t",
      expiresAt: unknown(),
    };
    const serial: SerialRegistrationRequest = {
      product: "p",
      serial: "s",
      licence: unknown(),
      expiresAt: unknown(),
    };
    const voucher: VoucherRequest = { product: "p", code: "c", idempotencyKey: unknown() };
    expect(JSON.parse(JSON.stringify([registration, serial, voucher]))).toEqual([
      { product: "p", licence: "l", token: "t" },
      { product: "p", serial: "s" },
      { product: "p", code: "c" },
    ]);
  });
});
