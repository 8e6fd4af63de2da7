import type { Agreement, NoticeKind } from "./agreement.ts";

/** Why a vendor may write to a partner's customer, or may not. */
export type NoticeAnswer =
  | { allowed: true; why: "own_customer" | "agreed" }
  | { allowed: false; why: "not_agreed" };

/**
 * Whether a vendor may write to a customer: to its own always, to a partner's what the agreement in force names. `agreement`
 * is that of the partner who sold the copy; undefined when nobody but the vendor did.
 */
export function mayNotify(agreement: Agreement | undefined, notice: NoticeKind): NoticeAnswer {
  if (agreement === undefined) return { allowed: true, why: "own_customer" };
  return agreement.notices.includes(notice)
    ? { allowed: true, why: "agreed" }
    : { allowed: false, why: "not_agreed" };
}
