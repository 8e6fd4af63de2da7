import type { Deps } from "../deps/deps.ts";
import { chargeIn, tooManyRequests } from "../limits/limit-attempt.ts";
import type { LimitCharge } from "../limits/rows/limits.ts";
import type { Tx } from "../store/store.ts";
import type { LicenceHash, TokenId } from "../words/ids.ts";

type World = Pick<Deps, "config" | "clock" | "hashes">;

const hour = 3_600_000;
const day = 24 * hour;

/**
 * Charges a registration to the address it comes from and to the licence it is about, in the registration's own
 * transaction.
 *
 * @throws {Refusal} `too_many_requests`; then nothing is written
 */
export async function chargeCaller(
  tx: Tx,
  deps: World,
  { address, licence }: { address: string | undefined; licence: LicenceHash },
): Promise<void> {
  const { perAddressPerHour, perLicencePerDay } = deps.config.trust.registrations;
  await chargeAll(tx, [
    ...(address === undefined ? [] : [chargeOf(deps, `address ${address}`, perAddressPerHour, hour)]),
    chargeOf(deps, `licence ${licence}`, perLicencePerDay, day),
  ]);
}

/**
 * Charges a licence that a token was bound to: a token is handed out to everybody, so it is the partner's to say how
 * many there are.
 *
 * @throws {Refusal} `too_many_requests`; the transaction is then rolled back
 */
export const chargeToken = (tx: Tx, deps: World, jti: TokenId): Promise<void> =>
  chargeAll(tx, [chargeOf(deps, `token ${jti}`, deps.config.trust.registrations.claimsPerTokenPerDay, day)]);

async function chargeAll(tx: Tx, charges: readonly LimitCharge[]): Promise<void> {
  const wait = await chargeIn(tx, charges);
  if (wait !== undefined) throw tooManyRequests(wait);
}

const chargeOf = (
  { clock, hashes }: World,
  key: string,
  times: number,
  milliseconds: number,
): LimitCharge => ({
  id: `registration ${hashes.limit(key)}`,
  now: clock(),
  cost: Math.ceil(milliseconds / times),
  capacity: Math.max(milliseconds, Math.ceil(milliseconds / times)),
});
