import { completeVoucherCode, symbolOf, voucherCodeLength } from "@tallystick/sdk/protocol";
import { randomHex } from "../words/random-hex.ts";

/** A new code: 95 random bits of the system's generator and the character that checks them. */
export function newVoucherCode(): string {
  const bytes = Buffer.from(randomHex(voucherCodeLength - 1), "hex");
  // 256 is a multiple of 32, so every symbol is as likely as any other.
  return completeVoucherCode(Array.from(bytes, (byte) => symbolOf(byte % 32)).join(""));
}
