import type { Refusal, RefusalCode } from "../words/refusal.ts";

/** What only HTTP itself can refuse; everything else is a shell's `RefusalCode`. */
export type TransportCode =
  | "media_type_unsupported"
  | "url_too_long"
  | "headers_too_large"
  | "request_timeout"
  | "expectation_failed";

/** Every code a problem document can carry. */
export type ProblemCode = RefusalCode | TransportCode;

/** Media type of a problem document (RFC 9457, section 3). */
export const problemMediaType = "application/problem+json";

/** The one table from a code to what an outsider sees. A code has one status, whichever route it comes from. */
export const problems: Readonly<Record<ProblemCode, { status: number; title: string }>> = {
  token_missing: { status: 422, title: "A token is needed" },
  token_too_long: { status: 422, title: "The token is too long" },
  token_malformed: { status: 422, title: "The token is malformed" },
  token_header_refused: { status: 422, title: "The token's header is refused" },
  token_claims_refused: { status: 422, title: "The token's claims are refused" },
  token_key_unknown: { status: 422, title: "The token's key is unknown" },
  token_signature_invalid: { status: 422, title: "The token's signature is invalid" },
  token_issuer_mismatch: { status: 422, title: "The token is another receiver's" },
  token_product_mismatch: { status: 422, title: "The token is for another product" },
  token_not_yet_valid: { status: 422, title: "The token is not valid yet" },
  token_expired: { status: 422, title: "The token has expired" },
  token_revoked: { status: 422, title: "The token was revoked" },
  key_revoked: { status: 422, title: "The token's key was revoked" },
  token_unknown: { status: 404, title: "No such token" },
  partner_unknown: { status: 404, title: "No such partner" },
  partner_ended: { status: 409, title: "The partner's agreement has ended" },
  partner_suspended: { status: 409, title: "The partner is suspended" },
  partner_merged: { status: 409, title: "The partner was merged into another" },
  territory_not_agreed: { status: 409, title: "The partner may not sell there" },
  rule_unknown: { status: 404, title: "No such rule on conflicts" },
  rule_off: { status: 409, title: "The rule on conflicts is not switched on" },
  partner_exists: { status: 409, title: "The partner exists already" },
  parent_unknown: { status: 422, title: "No such parent partner" },
  parent_cycle: { status: 409, title: "A partner would stand above itself" },
  tiers_exceeded: { status: 409, title: "Too many partners one above the other" },
  plan_unknown: { status: 404, title: "No such plan" },
  adjustment_unknown: { status: 404, title: "No such adjustment" },
  adjustment_settled: { status: 409, title: "The adjustment is not in the state for this" },
  adjustment_reversed: { status: 409, title: "The adjustment was reversed" },
  correction_unknown: { status: 404, title: "The order has no such correction" },
  correction_settled: { status: 409, title: "The correction takes another one back" },
  correction_reversed: { status: 409, title: "The correction was taken back" },
  budget_spent: { status: 409, title: "The budget is spent" },
  claim_booked: { status: 409, title: "The claim was booked" },
  approval_unknown: { status: 404, title: "Nothing of that id waits for a second person" },
  approval_settled: { status: 409, title: "It does not wait for a second person" },
  invitation_unknown: { status: 404, title: "No such invitation" },
  second_person_needed: { status: 409, title: "Another person must do this" },
  statement_unknown: { status: 404, title: "No such statement" },
  statement_settled: { status: 409, title: "The statement is not in the state for this" },
  customer_unknown: { status: 404, title: "No such customer" },
  organisation_unknown: { status: 404, title: "No such organisation" },
  organisation_cycle: { status: 409, title: "An organisation would stand above itself" },
  sharing_not_agreed: { status: 409, title: "Sharing this is not agreed" },
  mandate_unknown: { status: 404, title: "No such mandate" },
  licence_mismatch: { status: 409, title: "The licence is another one" },
  deal_unknown: { status: 404, title: "No such deal" },
  deal_settled: { status: 409, title: "The deal is past that" },
  reward_unknown: { status: 404, title: "No such reward" },
  reward_settled: { status: 409, title: "The reward is past that" },
  reward_waiting: { status: 409, title: "The reward cannot be redeemed yet" },
  reward_offer_unknown: { status: 404, title: "No such offer" },
  reward_offer_settled: { status: 409, title: "The offer is past that" },
  reward_not_allowed: { status: 409, title: "The plan allows no such reward" },
  deal_conflict: { status: 409, title: "Another deal about the customer holds" },
  period_open: { status: 409, title: "The period is not over" },
  period_not_begun: { status: 409, title: "The period has not begun" },
  product_unknown: { status: 404, title: "No such product" },
  coupon_exists: { status: 409, title: "The coupon exists already" },
  coupon_unknown: { status: 404, title: "No such coupon" },
  shop_unknown: { status: 404, title: "No such shop" },
  order_unknown: { status: 404, title: "No such order" },
  key_unknown: { status: 404, title: "No such key" },
  key_last_active: { status: 409, title: "The only active key cannot be revoked" },
  serial_unknown: { status: 404, title: "No such serial" },
  serial_batch_unknown: { status: 404, title: "No such batch of serials" },
  serial_batch_mismatch: { status: 409, title: "The batch of serials is another one" },
  serial_batch_revoked: { status: 409, title: "The batch of serials was revoked" },
  serials_invalid: { status: 422, title: "The serials cannot be taken" },
  open_numbers_taken: { status: 409, title: "The open numbers are another batch's" },
  open_numbers_unknown: { status: 422, title: "The batch does not have these open numbers" },
  voucher_batch_unknown: { status: 404, title: "No such batch of vouchers" },
  voucher_batch_exists: { status: 409, title: "The batch of vouchers exists already" },
  voucher_unknown: { status: 404, title: "No such voucher" },
  voucher_product_mismatch: { status: 409, title: "The voucher is for another product" },
  voucher_revoked: { status: 409, title: "The voucher was revoked" },
  voucher_used: { status: 409, title: "The voucher has been used" },
  voucher_expired: { status: 409, title: "The voucher has expired" },
  pool_empty: { status: 409, title: "No serial is left to give" },
  details_unknown: { status: 404, title: "The partner has no details on file" },
  payout_unknown: { status: 404, title: "No such payout" },
  payout_state: { status: 409, title: "The payout is not in a state for this" },
  payout_same_person: { status: 409, title: "Another person has to approve the payout" },
  payout_file_invalid: { status: 422, title: "The confirmation cannot be read" },
  payer_missing: { status: 409, title: "The configuration names no account that pays" },
  dispute_unknown: { status: 404, title: "No such contested decision" },
  dispute_ruled: { status: 409, title: "The contested decision was ruled on" },
  dispute_file_refused: { status: 422, title: "The file cannot be taken as evidence" },
  webhook_unknown: { status: 404, title: "No such webhook" },
  network_unknown: { status: 404, title: "No such network" },
  network_link_unknown: { status: 404, title: "The partner is not a member of the network" },
  message_unknown: { status: 404, title: "No such message" },
  message_settled: { status: 409, title: "The message is settled" },
  request_invalid: { status: 400, title: "The request is not valid" },
  not_found: { status: 404, title: "Not found" },
  method_not_allowed: { status: 405, title: "Method not allowed" },
  unauthorized: { status: 401, title: "Not authorised" },
  forbidden: { status: 403, title: "Not allowed" },
  sign_in_stale: { status: 403, title: "A fresh sign-in is needed" },
  person_unknown: { status: 404, title: "No such person" },
  person_exists: { status: 409, title: "The person exists already" },
  signature_invalid: { status: 401, title: "The signature is not valid" },
  event_invalid: { status: 400, title: "Not an event of this shop" },
  body_too_large: { status: 413, title: "The body is too large" },
  media_type_unsupported: { status: 415, title: "The media type is not supported" },
  url_too_long: { status: 414, title: "The address is too long" },
  headers_too_large: { status: 431, title: "The headers are too large" },
  request_timeout: { status: 408, title: "The request took too long to arrive" },
  expectation_failed: { status: 417, title: "The expectation cannot be met" },
  too_many_requests: { status: 429, title: "Too many requests" },
  busy: { status: 503, title: "Try again later" },
  internal_error: { status: 500, title: "Internal error" },
};

/** A problem document (RFC 9457). `code` is the member programs should compare. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ProblemCode;
}

/** The document for a code. The detail is for a person and must hold nothing an outsider may not know. */
export function problemDocument(code: ProblemCode, detail: string): Problem {
  const { status, title } = problems[code];
  return { type: `urn:tallystick:problem:${code}`, title, status, detail, code };
}

/** A response with the document of a code. Never cached: what is refused now may be granted later. */
export function problemResponse(
  code: ProblemCode,
  detail: string,
  headers?: Readonly<Record<string, string>>,
): Response {
  return new Response(JSON.stringify(problemDocument(code, detail)), {
    status: problems[code].status,
    headers: {
      "content-type": problemMediaType,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      ...headers,
    },
  });
}

/** The response for a refusal of a shell: its message is fit for an outsider, its cause stays inside. */
export function refusalResponse(refusal: Refusal): Response {
  const wait = refusal.retryAfterSeconds;
  return problemResponse(refusal.code, refusal.message, {
    ...extraHeaders[refusal.code],
    ...(wait === undefined ? {} : { "retry-after": String(wait) }),
  });
}

/** Headers the standards ask for beside a status: RFC 9110, section 15.5.2, and RFC 6750, section 3. */
const extraHeaders: Partial<Record<ProblemCode, Readonly<Record<string, string>>>> = {
  unauthorized: { "www-authenticate": 'Bearer realm="tallystick"' },
  busy: { "retry-after": "5" },
};
