import type { Deps } from "../../deps/deps.ts";
import { decideRequest, type MoneyRequest, refuseUnfitVerdict, requestOf } from "../../four-eyes/requests.ts";
import type { Tx } from "../../store/store.ts";
import { reportOrder } from "../decide/report-order.ts";
import type { RulingDocument } from "./ask-to-rule.ts";
import { NoLongerHeld, tryRuling } from "./resolve-order.ts";

/**
 * Rules as was asked, as the second person, or refuses it. Each order is ruled on in a transaction of its own: one that is
 * killed in between still waits, and the same approval goes on, since to rule the same again changes nothing. The request
 * is decided in the transaction of its last order, so nothing of one order is ruled that another person refused meanwhile;
 * of many, what comes behind the refusal is not.
 *
 * @throws {Refusal} `approval_unknown`, `approval_settled`, `second_person_needed`; `order_unknown` and `partner_unknown`
 * for what is no longer there
 */
export async function settleRuling(
  deps: Deps,
  id: string,
  status: "booked" | "refused",
): Promise<MoneyRequest> {
  const decide = async (tx: Tx) =>
    requestOf(await decideRequest(tx, deps, { id, status, now: deps.clock() }));
  if (status === "refused") return deps.store.write(decide);
  const row = await deps.store.read((tx) => refuseUnfitVerdict(tx, deps, id));
  const { orders, note } = JSON.parse(row.document) as RulingDocument;
  let settled: MoneyRequest | undefined;
  for (const [at, { ifHeld: isOfClass, ...one }] of orders.entries()) {
    // A class is asked for in the name of what its orders wait for.
    const ifHeld = isOfClass ? { reason: row.subject } : undefined;
    const first = async (tx: Tx) => {
      if (at < orders.length - 1) await refuseUnfitVerdict(tx, deps, id);
      else settled = await decide(tx);
    };
    try {
      const { decided } = await tryRuling(deps, { ...one, note }, { approved: true, ifHeld, first });
      for (const each of decided) reportOrder(deps.log, each);
    } catch (error) {
      if (!(error instanceof NoLongerHeld)) throw error;
      // With the ruling its verdict was undone.
      settled = undefined;
    }
  }
  return settled ?? deps.store.write(decide);
}
