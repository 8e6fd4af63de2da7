import type { Adjustment } from "../adjustments/adjustment.ts";
import { approveAdjustment, refuseAdjustment } from "../adjustments/approval.ts";
import { nameSubject } from "../deps/actor.ts";
import type { Deps } from "../deps/deps.ts";
import type { RequestStatus } from "../four-eyes/request-status.ts";
import { type MoneyRequest, requestOf, unknownRequest } from "../four-eyes/requests.ts";
import { findRequest, listRequestRows } from "../four-eyes/rows/requests.ts";
import type { RequestKind } from "../four-eyes/rows/schema.ts";
import { settleImport } from "../imports/import-approval.ts";
import { settleCorrection } from "../orders/rule/correct-order.ts";
import { settleRuling } from "../orders/rule/settle-ruling.ts";
import { settleAssignment } from "../plans/assignment-request.ts";
import { cutPage, refuseCursor, rowsOfPage } from "../words/page-cursor.ts";

/** Which requests to list. */
export interface RequestFilter {
  status?: RequestStatus | undefined;
  limit?: number | undefined;
  /** `next` of the page before. */
  after?: string | undefined;
}

/** What waits for a second person, or waited, and is no adjustment, the newest first. */
export async function listRequests(
  { store }: Pick<Deps, "store">,
  { status, limit: asked, after }: RequestFilter = {},
): Promise<{ requests: MoneyRequest[]; next: string | null }> {
  const limit = rowsOfPage(asked);
  const before =
    after === undefined ? Number.MAX_SAFE_INTEGER : /^\d{1,15}$/.test(after) ? Number(after) : refuseCursor();
  const rows = await store.read((tx) => listRequestRows(tx, { before, limit: limit + 1, status }));
  const { shown, next } = cutPage(rows, limit, (last) => String(last.request_no));
  return { requests: shown.map(requestOf), next };
}

/**
 * One request.
 *
 * @throws {Refusal} `approval_unknown`
 */
export async function showRequest({ store }: Pick<Deps, "store">, id: string): Promise<MoneyRequest> {
  const row = await store.read((tx) => findRequest(tx, id));
  if (row === undefined) throw unknownRequest(id);
  return requestOf(row);
}

const settlers: Readonly<
  Record<RequestKind, (deps: Deps, id: string, status: "booked" | "refused") => Promise<MoneyRequest>>
> = {
  import: settleImport,
  correction: settleCorrection,
  ruling: settleRuling,
  assignment: settleAssignment,
};

/**
 * Does what a request asks for, as its second person, or refuses it.
 *
 * @throws {Refusal} `approval_unknown`, `approval_settled`, `second_person_needed`; what the deed itself is refused with
 */
export async function settleRequest(
  deps: Deps,
  id: string,
  status: "booked" | "refused",
): Promise<MoneyRequest> {
  nameSubject(id);
  const { kind } = await showRequest(deps, id);
  return settlers[kind](deps, id, status);
}

/**
 * Approves or refuses whatever waits for a second person, by its id: an adjustment, a correction, a ruling, an import.
 *
 * @throws {Refusal} as `settleRequest`, and `adjustment_unknown`, `adjustment_settled`
 */
export const settleWaiting = (
  deps: Deps,
  id: string,
  status: "booked" | "refused",
): Promise<MoneyRequest | Adjustment> =>
  id.startsWith("req_")
    ? settleRequest(deps, id, status)
    : status === "booked"
      ? approveAdjustment(deps, id)
      : refuseAdjustment(deps, id);
