import type { TokenRefusal, VoucherRefusal } from "@tallystick/sdk/protocol";

/** Why a command or a request was refused, stable for programs. `http/problem.ts` gives each its status. */
export type RefusalCode =
  | TokenRefusal
  | VoucherRefusal
  | "token_revoked"
  | "key_revoked"
  | "token_unknown"
  | "partner_unknown"
  | "partner_ended"
  | "partner_suspended"
  | "partner_merged"
  | "territory_not_agreed"
  | "rule_unknown"
  | "rule_off"
  | "partner_exists"
  | "parent_unknown"
  | "parent_cycle"
  | "tiers_exceeded"
  | "product_unknown"
  | "plan_unknown"
  | "adjustment_unknown"
  | "adjustment_settled"
  | "adjustment_reversed"
  | "correction_unknown"
  | "correction_settled"
  | "correction_reversed"
  | "approval_unknown"
  | "approval_settled"
  | "invitation_unknown"
  | "budget_spent"
  | "claim_booked"
  | "second_person_needed"
  | "statement_unknown"
  | "statement_settled"
  | "period_open"
  | "period_not_begun"
  | "customer_unknown"
  | "organisation_unknown"
  | "organisation_cycle"
  | "sharing_not_agreed"
  | "mandate_unknown"
  | "licence_mismatch"
  | "deal_unknown"
  | "deal_settled"
  | "deal_conflict"
  | "reward_unknown"
  | "reward_settled"
  | "reward_waiting"
  | "reward_offer_unknown"
  | "reward_offer_settled"
  | "reward_not_allowed"
  | "coupon_exists"
  | "coupon_unknown"
  | "shop_unknown"
  | "order_unknown"
  | "key_unknown"
  | "key_last_active"
  | "serial_unknown"
  | "serial_batch_unknown"
  | "serial_batch_mismatch"
  | "serial_batch_revoked"
  | "serials_invalid"
  | "open_numbers_taken"
  | "open_numbers_unknown"
  | "voucher_batch_unknown"
  | "voucher_batch_exists"
  | "details_unknown"
  | "payout_unknown"
  | "payout_state"
  | "payout_same_person"
  | "payout_file_invalid"
  | "payer_missing"
  | "dispute_unknown"
  | "dispute_ruled"
  | "dispute_file_refused"
  | "webhook_unknown"
  | "network_unknown"
  | "network_link_unknown"
  | "message_unknown"
  | "message_settled"
  | "request_invalid"
  | "not_found"
  | "method_not_allowed"
  | "unauthorized"
  | "forbidden"
  | "sign_in_stale"
  | "person_unknown"
  | "person_exists"
  | "signature_invalid"
  | "event_invalid"
  | "body_too_large"
  | "too_many_requests"
  | "busy"
  | "internal_error";

/** A caller's mistake or bad input. The message is fit for an outsider; the cause is for the log alone. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  /** When it may be tried again, if that is known. */
  readonly retryAfterSeconds: number | undefined;
  /** The name of what was wrong among what was asked, as forms and requests call it; where the code alone does not tell. */
  readonly field: string | undefined;

  constructor(
    code: RefusalCode,
    message: string,
    {
      retryAfterSeconds,
      field,
      ...options
    }: { cause?: unknown; retryAfterSeconds?: number; field?: string } = {},
  ) {
    super(message, options);
    this.name = "Refusal";
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
    this.field = field;
  }
}
