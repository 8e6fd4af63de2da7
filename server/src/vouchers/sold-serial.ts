import type { Deps } from "../deps/deps.ts";
import { enterTokenAnyway, reportToken } from "../tokens/tokens.ts";
import type { PartnerId, SerialHash } from "../words/ids.ts";
import { findVoucherOfSerial, giveVoucherToken, type SoldSerial } from "./rows/vouchers.ts";
import { signVoucherToken } from "./voucher-token.ts";

/** Who sold a serial that a voucher was exchanged for. */
export interface SerialSeller {
  partner: PartnerId;
  /** For the copy to keep. Not when it was revoked, or the voucher, or when the partner's agreement has ended. */
  token?: string;
}

/**
 * The seller of a serial that a voucher was exchanged for, with the voucher's token: so a copy whose voucher was
 * exchanged by hand gets its token when it is registered with the serial. A voucher has one token; asked again, its
 * claims are signed again, and a token is known by its `jti`. Nothing for any other serial.
 */
export async function sellerOfSerial(deps: Deps, serial: SerialHash): Promise<SerialSeller | undefined> {
  const sold = await deps.store.read((tx) => findVoucherOfSerial(tx, serial));
  if (sold === undefined) return undefined;
  const { partner_id: partner } = sold;
  const isRevoked = [sold.revoked_at, sold.batch_revoked_at, sold.token_revoked_at].some((at) => at !== null);
  const token = isRevoked ? undefined : await tokenOf(deps, sold);
  return { partner, ...(token === undefined ? {} : { token }) };
}

async function tokenOf(deps: Deps, sold: SoldSerial): Promise<string | undefined> {
  const { code_hash, jti, issued_at } = sold;
  const known = jti !== null && issued_at !== null ? { jti, issued_at } : undefined;
  const signed = await signVoucherToken(deps, sold, known);
  if (signed === undefined || known !== undefined) return signed?.token;
  const isFirst = await deps.store.write(async (tx) => {
    const given = await giveVoucherToken(tx, { code_hash, jti: signed.row.jti });
    if (given) await enterTokenAnyway(tx, signed);
    return given;
  });
  // Of two registrations at the same moment the second does without: the product asks again.
  if (!isFirst) return undefined;
  reportToken(deps, signed);
  return signed.token;
}
