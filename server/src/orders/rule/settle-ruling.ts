import type { Deps } from "../../deps/deps.ts";
import { decideRequest, type MoneyRequest, refuseUnfitVerdict, requestOf } from "../../four-eyes/requests.ts";
import { reportOrder } from "../decide/report-order.ts";
import { explainOrder } from "../explain/explain-order.ts";
import type { RulingDocument } from "./ask-to-rule.ts";
import { tryRuling } from "./resolve-order.ts";

/**
 * Rules as was asked, as the second person, or refuses it. Each order is ruled on in a transaction of its own: one that is
 * killed in between still waits, and the same approval goes on, since to rule the same again changes nothing.
 *
 * @throws {Refusal} `approval_unknown`, `approval_settled`, `second_person_needed`; `order_unknown` and `partner_unknown`
 * for what is no longer there
 */
export async function settleRuling(
  deps: Deps,
  id: string,
  status: "booked" | "refused",
): Promise<MoneyRequest> {
  if (status === "booked") {
    const row = await deps.store.read((tx) => refuseUnfitVerdict(tx, deps, id));
    const { orders, note } = JSON.parse(row.document) as RulingDocument;
    for (const { ifHeld, ...one } of orders) {
      if (ifHeld && (await explainOrder(deps, one.shop, one.order)).outcome !== "held") continue;
      const { decided } = await tryRuling(deps, { ...one, note }, { approved: true });
      for (const each of decided) reportOrder(deps.log, each);
    }
  }
  const now = deps.clock();
  return requestOf(await deps.store.write((tx) => decideRequest(tx, deps, { id, status, now })));
}
