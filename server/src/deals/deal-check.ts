import type { BookCheck } from "../books/book-check.ts";
import type { Hashes } from "../secrets/hashes.ts";
import { openSealed } from "../secrets/seal.ts";
import type { Tx } from "../store/store.ts";
import { isErased } from "./deal-conflicts.ts";
import { hashesOfCustomer } from "./deal-customer.ts";
import { listDealRows, listDealSteps } from "./rows/deals.ts";
import type { DealRow, DealStepRow } from "./rows/schema.ts";
import { rowName } from "./shown-deal.ts";

const pageSize = 200;

/**
 * What `ledger verify` checks of deals, on which credits rest: each is about the customer that is sealed in it, which nobody
 * can write without the pepper, and stands where its steps have brought it. Nothing is booked under their name.
 */
export const dealCheck: BookCheck = {
  source: "deal",
  findWrong: async (_, bookings) => bookings.map(({ id }) => ({ id, what: "deals book nothing" })),
  async *findMissing(tx, _, hashes) {
    for (let before = "dl_~"; ; ) {
      const rows = await listDealRows(tx, { before, limit: pageSize });
      for (const row of rows) {
        const what = await faultOf(tx, row, hashes);
        if (what !== undefined) yield `deal ${row.deal_id}: ${what}`;
      }
      const last = rows.at(-1);
      if (last === undefined || rows.length < pageSize) return;
      before = last.deal_id;
    }
  },
};

async function faultOf(tx: Tx, row: DealRow, hashes: Hashes): Promise<string | undefined> {
  if (!isAbout(row, hashes)) return "it is not about the customer that is sealed in it";
  return agreesWith(row, await listDealSteps(tx, row.deal_id))
    ? undefined
    : "it does not stand where its steps say";
}

function isAbout(row: DealRow, hashes: Hashes): boolean {
  // A person who was erased: the deal leads to nobody.
  if (isErased(row)) return true;
  try {
    const customer = openSealed(row.customer_sealed, rowName(row.deal_id), hashes.dealKey);
    const { hash, site } = hashesOfCustomer({ hashes }, customer);
    return hash === row.customer_hash && (row.site_hash === null || row.site_hash === site);
  } catch {
    return false;
  }
}

function agreesWith(row: DealRow, steps: readonly Omit<DealStepRow, "step_no">[]): boolean {
  const last = steps.at(-1);
  const accepted = steps.find(({ step }) => step === "accepted");
  if (last === undefined || steps[0]?.step !== "registered") return false;
  const state = last.step === "extended" ? "accepted" : last.step;
  const until = steps.findLast(({ step }) => step === "accepted" || step === "extended")?.protected_until;
  return (
    row.state === state &&
    row.accepted_at === (accepted?.at ?? null) &&
    row.protected_until === (until ?? null) &&
    row.ended_at === (last.step === "ended" ? last.at : null)
  );
}
