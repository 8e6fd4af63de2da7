import { findPartner } from "../channel/rows/partners.ts";
import { isoTime } from "../words/clock.ts";
import type { PayoutBlockSource } from "./payout-block.ts";

/** Nothing is paid out to a partner while it is suspended. */
export const suspendedBlock: PayoutBlockSource = async (tx, _deps, { partner }) => {
  const since = (await findPartner(tx, partner))?.suspended_at ?? null;
  if (since === null) return [];
  const detail = `The partner is suspended since ${isoTime(since)}: \`partner resume\` ends it.`;
  return [{ reason: "partner_suspended", detail, amountMinor: null }];
};
