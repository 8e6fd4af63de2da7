import type { Definition } from "./ddl.ts";
import { type Guard, guarding } from "./guard.ts";

/** Whoever changes one of these by hand changes whom money goes to, how much, or who agreed to it. */
const guards: readonly Guard[] = [
  {
    table: "payout_batches",
    frozen: ["id", "currency", "channel", "minimum_minor", "until_at", "proposed_by", "proposed_at"],
    once: ["approved_by", "approved_at", "settled_at", "cancelled_by", "cancelled_at"],
    what: "what a payout was proposed as, and who agreed to it, stays as it was",
  },
  {
    table: "payout_items",
    frozen: ["id", "batch_id", "row_no", "partner_id", "currency", "amount_minor", "details_version"],
    last: { when: "old.state in ('cancelled', 'returned')", columns: ["state"] },
    what: "whom a payout goes to, and how much, stays as it was",
  },
  {
    table: "adjustments",
    frozen: [
      "adjustment_no",
      "adjustment_id",
      "partner_id",
      "kind",
      "amount_minor",
      "currency",
      "reference",
      "note",
      "allowance",
      "budget",
      "claim",
      "reverses",
      "entered_by",
      "entered_at",
    ],
    once: ["decided_by", "decided_at"],
    last: { when: "old.status <> 'pending'", columns: ["status"] },
    what: "an adjustment stays as it was entered, and is decided once",
  },
  {
    table: "deals",
    frozen: ["deal_id", "partner_id", "product", "territory", "registered_at", "decide_by"],
    once: ["accepted_at", "ended_at"],
    what: "a deal stays as it was registered, and is accepted once",
  },
  {
    table: "disputes",
    frozen: ["id", "partner_id", "opened_at"],
    once: ["ruled_at", "granted"],
    what: "a dispute stays its partner's, and is ruled on once",
  },
];

/** The database refuses to change what payouts, adjustments, deals and disputes rest on. */
export const guardedMoney: Definition = ({ engine }) => guards.flatMap((guard) => guarding(engine, guard));
