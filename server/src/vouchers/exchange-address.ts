import { groupVoucherCode, voucherPagePath } from "@tallystick/sdk/protocol";
import type { Config } from "../config/config.ts";

/**
 * Where a voucher of a partner is exchanged by hand. The code stands behind `#`: a browser keeps that part to itself,
 * so that it reaches no access log, no proxy and no other page; the page's script puts it into the form.
 */
export function exchangeAddress({ issuer }: Pick<Config, "issuer">, partner: string, code?: string): string {
  const page = `${issuer}${voucherPagePath}/${partner}`;
  return code === undefined ? page : `${page}#${groupVoucherCode(code)}`;
}
