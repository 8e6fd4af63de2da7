import type { Deps } from "../deps/deps.ts";
import { decideWaitingOrders } from "../orders/decide-waiting-orders.ts";
import { lockLicence } from "../orders/order-names.ts";
import { reportOrder } from "../orders/report-order.ts";
import type { Tx } from "../store/store.ts";
import { findStanding } from "../tokens/rows/token-standing.ts";
import { judgeStanding, refuseToken } from "../tokens/token-standing.ts";
import { type Instant, isoTime } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import { findRegistration, insertRegistration, insertRegistrationConflict } from "./rows/registrations.ts";
import type { RegistrationRow } from "./rows/schema.ts";

/** What the SDK sends: this licence was activated on a copy that carries this token. */
export interface RegistrationInput {
  product: string;
  licence: string;
  token: string;
}

/** The binding that stands, whoever asked. */
export interface RegistrationResult {
  product: string;
  partner: string;
  /** `conflict`: the licence is bound to another partner; the claim was noted and changes nothing. */
  status: "bound" | "already_bound" | "conflict";
  /** ISO 8601, UTC. */
  boundAt: string;
}

/**
 * Binds a licence to the partner of a token: the first one it is seen with. Orders of the licence that nobody was
 * credited for are decided again, as this is what they lacked.
 *
 * @throws Refusal `product_unknown`, or the reason the token is refused for.
 */
export async function registerLicence(deps: Deps, input: RegistrationInput): Promise<RegistrationResult> {
  const product = as.product(input.product);
  if (!deps.config.products.has(product))
    throw new Refusal("product_unknown", "No product of this name is sold here.");
  const reading = await deps.keys.verify(input.token, { product });
  if (!reading.ok) throw refuseToken(reading.code);
  const { claims } = reading;
  const now = deps.clock();
  const licence = deps.hashes.licence(input.licence);
  const claim: RegistrationRow = {
    product,
    licence_hash: licence,
    partner_id: as.partner(claims.sub),
    jti: as.token(claims.jti),
    token_issued_at: (claims.iat * 1000) as Instant,
    bound_at: now,
  };
  const bound = await deps.store.write(async (tx) => {
    const refusal = judgeStanding(await findStanding(tx, claim.jti), claims);
    if (refusal !== undefined) return { refusal };
    await lockLicence(tx, licence, as.order(""));
    const { result, isNews } = await bindLicence(tx, claim);
    const decided = isNews ? await decideWaitingOrders(tx, deps, { licence, product }, now) : [];
    return { result, decided };
  });
  if (bound.refusal !== undefined) throw refuseToken(bound.refusal);
  const { result, decided } = bound;
  if (result.status === "bound") deps.log.info("registration.bound", { product, partner: result.partner });
  if (result.status === "conflict")
    deps.log.warn("registration.conflict", { product, partner: result.partner, claimedBy: claim.partner_id });
  for (const one of decided) reportOrder(deps.log, one);
  return result;
}

/** `isNews` says that the claim is evidence nobody had yet: a binding, or a contradiction to one that may not count. */
async function bindLicence(
  tx: Tx,
  claim: RegistrationRow,
): Promise<{ result: RegistrationResult; isNews: boolean }> {
  const bound = await insertRegistration(tx, claim);
  const standing = bound ? claim : await findRegistration(tx, claim.licence_hash, claim.product);
  if (standing === undefined) throw new Error("a licence that is bound already has a binding");
  const { product, partner_id: partner } = standing;
  const answer = { product, partner, boundAt: isoTime(standing.bound_at) };
  if (bound) return { result: { ...answer, status: "bound" }, isNews: true };
  if (partner === claim.partner_id) return { result: { ...answer, status: "already_bound" }, isNews: false };
  const { licence_hash, partner_id, jti, bound_at: seen_at } = claim;
  const isNews = await insertRegistrationConflict(tx, { product, licence_hash, partner_id, jti, seen_at });
  return { result: { ...answer, status: "conflict" }, isNews };
}
