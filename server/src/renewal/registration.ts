import { requireSoldProduct } from "../config/sold-product.ts";
import type { Deps } from "../deps/deps.ts";
import { decideWaitingOrders } from "../orders/decide/decide-waiting-orders.ts";
import { reportOrder } from "../orders/decide/report-order.ts";
import { keptLicence } from "../orders/record/kept-licence.ts";
import { lockLicence } from "../orders/record/order-names.ts";
import { findTraces } from "../orders/rows/traces.ts";
import { adoptHashes, formerOfLicence } from "../secrets/former-hashes.ts";
import { spellLicence } from "../secrets/licence-spelling.ts";
import type { Tx } from "../store/store.ts";
import { findStanding } from "../tokens/rows/token-standing.ts";
import { judgeStanding, refuseToken } from "../tokens/token-standing.ts";
import { type Instant, isoTime } from "../words/clock.ts";
import { as, type LicenceHash } from "../words/ids.ts";
import { claimDayOf } from "./find-claim.ts";
import { chargeCaller, chargeToken } from "./registration-limits.ts";
import { countClaims } from "./rows/claims.ts";
import { findRegistration, insertRegistration, insertRegistrationConflict } from "./rows/registrations.ts";
import type { RegistrationRow } from "./rows/schema.ts";
import { noteTerm } from "./told-terms.ts";

/** What the SDK sends: this licence was activated on a copy that carries this token. */
export interface RegistrationInput {
  product: string;
  licence: string;
  token: string;
  /** Other tokens that the copy found beside it: the package's own stamp is `token`. */
  otherTokens?: readonly string[] | undefined;
  /** When the licence ends, as the copy says; it may keep that to itself. */
  expiresAt?: Instant | undefined;
  /** The network address it comes from, as `clientAddress` tells it. */
  address?: string | undefined;
}

/**
 * What a caller is told: that its claim was taken. It is the same whoever else claimed the licence, since a token is
 * public and a licence can be guessed: who asks must not learn whose customer a licence is, nor that it is anybody's.
 */
export interface RegistrationResult {
  product: string;
  /** The partner of the token that was sent. */
  partner: string;
  status: "bound";
  /** When the claim came in, ISO 8601, UTC. */
  boundAt: string;
}

/** What a claim came to. */
type Claimed =
  | { status: "bound" | "already_bound" }
  | { status: "conflict"; standing: string; isNews: boolean };

/**
 * Binds a licence to the partner of a token: the first one it is seen with. A later claim by another is noted and
 * changes nothing. Orders of the licence that nobody was credited for are decided again, as this is what they lacked.
 *
 * @throws Refusal `product_unknown`, `too_many_requests`, or the reason the token is refused for.
 */
export async function registerLicence(deps: Deps, input: RegistrationInput): Promise<RegistrationResult> {
  const { id: product, licence: kind } = requireSoldProduct(deps.config, input.product);
  const reading = await deps.keys.verify(input.token, { product });
  if (!reading.ok) throw refuseToken(reading.code);
  const { claims } = reading;
  const now = deps.clock();
  const spelling = spellLicence(deps.hashes, input.licence, kind);
  const rival = await findRival(deps, input, claims.sub);
  const claim: RegistrationRow = {
    product,
    licence_hash: spelling.hash,
    partner_id: as.partner(claims.sub),
    jti: as.token(claims.jti),
    token_issued_at: (claims.iat * 1000) as Instant,
    bound_at: now,
    sold: null,
    contradicted: rival === undefined ? 0 : 1,
  };
  const { claimed, decided } = await deps.store.write(async (tx) => {
    await chargeCaller(tx, deps, { address: input.address, licence: spelling.hash });
    const refusal = judgeStanding(await findStanding(tx, claim.jti), claims);
    if (refusal !== undefined) throw refuseToken(refusal);
    await adoptHashes(tx, formerOfLicence(deps.hashes, input.licence));
    const { licence, joined } = await keptLicence(tx, deps, spelling);
    await lockLicence(tx, licence, as.order(""));
    const claimed = await claimLicence(tx, deps, { ...claim, licence_hash: licence });
    if (input.expiresAt !== undefined && claimed.status !== "conflict")
      await noteTerm(tx, { product, licence, partner: claim.partner_id, expiresAt: input.expiresAt }, now);
    const isNews = joined || claimed.status === "bound" || (claimed.status === "conflict" && claimed.isNews);
    return { claimed, decided: isNews ? await decideWaitingOrders(tx, deps, { licence, product }, now) : [] };
  });
  const partner = claim.partner_id;
  if (claimed.status === "bound") deps.log.info("registration.bound", { product, partner });
  if (claimed.status === "conflict")
    deps.log.warn("registration.conflict", { product, partner: claimed.standing, claimedBy: partner });
  if (rival !== undefined)
    deps.log.warn("registration.conflict", { product, partner, claimedBy: rival, cause: "copy" });
  for (const one of decided) reportOrder(deps.log, one);
  deps.askLicence?.({ product, licence: input.licence });
  return { product, partner, status: "bound", boundAt: isoTime(now) };
}

/** The partner of another token that the copy carries, where it is a good one of another partner. */
async function findRival(deps: Deps, { otherTokens = [], product }: RegistrationInput, own: string) {
  for (const token of otherTokens) {
    const reading = await deps.keys.verify(token, { product });
    if (reading.ok && reading.claims.sub !== own) return reading.claims.sub;
  }
  return undefined;
}

async function claimLicence(tx: Tx, deps: Deps, claim: RegistrationRow): Promise<Claimed> {
  const { product, licence_hash, partner_id, jti, bound_at } = claim;
  const before = await findRegistration(tx, licence_hash, product);
  const sold = before === undefined ? await isKnown(tx, licence_hash) : false;
  if (before === undefined && (await insertRegistration(tx, { ...claim, sold: sold ? 1 : 0 }))) {
    await chargeToken(tx, deps, jti);
    await countClaims(tx, { partner_id, day: claimDayOf(bound_at), claims: 1, unsold: sold ? 0 : 1 });
    return { status: "bound" };
  }
  const standing = before ?? (await findRegistration(tx, licence_hash, product));
  if (standing === undefined) throw new Error("a licence that is bound already has a binding");
  if (standing.partner_id === partner_id) return { status: "already_bound" };
  const conflict = { product, licence_hash, partner_id, jti, seen_at: bound_at };
  const isNews = await insertRegistrationConflict(tx, conflict);
  if (isNews) await chargeToken(tx, deps, jti);
  return { status: "conflict", standing: standing.partner_id, isNews };
}

/** Whether anything but this claim speaks of the licence: an order, a serial, a voucher. */
async function isKnown(tx: Tx, licence: LicenceHash): Promise<boolean> {
  const nobody = { email_hash: null, reference: null, order_key: as.order("") };
  const { ordered, activated, exchanged } = await findTraces(tx, { licence_hash: licence, ...nobody });
  return ordered || activated || exchanged;
}
