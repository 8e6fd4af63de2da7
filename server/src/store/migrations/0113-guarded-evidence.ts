import type { Definition } from "./ddl.ts";
import { type Guard, guarding } from "./guard.ts";

/** Whoever changes one of these by hand changes whom an order speaks for, or who may act. Each may go: it is then no evidence. */
const guards: readonly Guard[] = [
  {
    table: "tokens",
    frozen: ["kid", "partner_id", "product", "batch", "issued_at", "expires_at"],
    once: ["revoked_at"],
    what: "a token stays as it was issued, and revoked once it is",
    goes: true,
  },
  {
    table: "signing_keys",
    frozen: ["public_jwk"],
    once: ["revoked_at"],
    last: { when: "old.status = 'revoked'", columns: ["status"] },
    what: "a signing key stays as it is, and revoked once it is",
    goes: true,
  },
  {
    table: "serials",
    frozen: ["batch_no", "open_number"],
    what: "a serial stays in its batch",
    goes: true,
  },
  {
    table: "serial_ranges",
    frozen: ["product", "first_open", "last_open", "batch_no"],
    what: "a range of numbers stays in its batch",
    goes: true,
  },
  {
    table: "serial_batches",
    frozen: ["batch", "product", "kind", "created_at"],
    once: ["revoked_at"],
    what: "a batch of serials stays as it was made, and revoked once it is",
    goes: true,
  },
  {
    table: "voucher_batches",
    frozen: ["partner_id", "product", "issued_at"],
    once: ["revoked_at"],
    what: "a batch of vouchers stays its partner's, and revoked once it is",
    goes: true,
  },
  {
    table: "vouchers",
    frozen: ["batch_id", "number"],
    once: ["revoked_at", "exchanged_at"],
    what: "a voucher stays in its batch, and is exchanged once",
    goes: true,
  },
  {
    table: "coupons",
    frozen: ["code", "partner_id", "products", "valid_from", "valid_until", "created_at"],
    once: ["ended_at"],
    what: "a code stays its partner's for its time, and ended once it is",
    goes: true,
  },
  {
    table: "partners",
    frozen: ["kind", "created_at"],
    what: "a partner stays of its kind",
    goes: true,
  },
  {
    table: "partner_keys",
    frozen: ["secret_hash", "partner_id", "created_at"],
    once: ["revoked_at"],
    what: "a key stays its partner's, and revoked once it is",
    goes: true,
  },
  {
    table: "people",
    frozen: ["partner_id", "role", "added_at", "added_by"],
    once: ["removed_at"],
    what: "a person stays who she is, and removed once she is",
    goes: true,
  },
  {
    table: "registration_conflicts",
    frozen: ["product", "partner_id", "jti", "seen_at"],
    what: "a claim on a licence stays as it was made",
    goes: true,
  },
  {
    table: "customer_mandates",
    frozen: ["partner_id", "product", "given_at"],
    once: ["ended_at"],
    what: "a mandate stays its partner's, and ended once it is",
    goes: true,
  },
];

/** The database refuses to change whom evidence speaks for and who may act, and to take a revocation back. */
export const guardedEvidence: Definition = ({ engine }) => guards.flatMap((guard) => guarding(engine, guard));
