import type { Deps } from "../deps/deps.ts";
import { askOnce, decideRequest, type MoneyRequest, requestOf } from "../four-eyes/requests.ts";
import type { Tx } from "../store/store.ts";
import { type Instant, isoTime } from "../words/clock.ts";
import { as, type PartnerId } from "../words/ids.ts";
import { insertAssignment, type NewPlanAssignment } from "./rows/plans.ts";

/** An assignment as it waits: without a day it counts from the moment of its approval. */
export type AskedAssignment = Omit<NewPlanAssignment, "since" | "recorded_at"> & { since: Instant | null };

interface AssignmentDocument {
  assignments: readonly AskedAssignment[];
  /** Who acts for one of these approves nothing. */
  partners: readonly PartnerId[];
}

/** Notes for a second person whom a plan is to pay: nobody can say what it will move. */
export function askToAssign(
  tx: Tx,
  assignments: readonly AskedAssignment[],
  now: Instant,
): Promise<MoneyRequest> {
  const [first] = assignments;
  if (first === undefined) throw new Error("a plan is assigned to somebody");
  const ids = assignments.map(({ target_id }) => target_id);
  const partners = first.target === "partner" ? ids.map(as.partner) : [];
  const whom = first.target === "default" ? "everybody else" : shortened(ids);
  const since = first.since === null ? "" : ` from ${isoTime(first.since)}`;
  const subject = `plan ${first.plan_id} version ${first.version} for ${whom}${since}`;
  const document: AssignmentDocument = { assignments, partners };
  return askOnce(tx, { kind: "assignment", subject, document, moves: [], status: "pending" }, now);
}

const namedAtMost = 5;

const shortened = (ids: readonly string[]): string =>
  ids.length <= namedAtMost
    ? ids.join(", ")
    : `${ids.slice(0, namedAtMost).join(", ")} and ${ids.length - namedAtMost} more`;

/**
 * Assigns a plan as was asked, as the second person, or refuses it.
 *
 * @throws {Refusal} `approval_unknown`, `approval_settled`, `second_person_needed`
 */
export async function settleAssignment(
  deps: Deps,
  id: string,
  status: "booked" | "refused",
): Promise<MoneyRequest> {
  const now = deps.clock();
  const row = await deps.store.write(async (tx) => {
    const settled = await decideRequest(tx, deps, { id, status, now });
    const { assignments } = JSON.parse(settled.document) as AssignmentDocument;
    if (status === "booked")
      for (const one of assignments)
        await insertAssignment(tx, { ...one, since: one.since ?? now, recorded_at: now });
    return settled;
  });
  return requestOf(row);
}
