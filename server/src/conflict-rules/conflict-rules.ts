import type { ConflictRule } from "../attribution/conflict-rule.ts";
import { settleConflict } from "../attribution/conflict-rule.ts";
import type { Considered } from "../attribution/decide.ts";
import type { Deps } from "../deps/deps.ts";
import { decideOrder } from "../orders/decide/decide-order.ts";
import { findPlaces } from "../orders/decide/order-evidence.ts";
import { reportOrder } from "../orders/decide/report-order.ts";
import { lockOrder } from "../orders/record/order-names.ts";
import { listOrderRows } from "../orders/rows/order-lists.ts";
import { findDecision } from "../orders/rows/orders.ts";
import type { OrderRow } from "../orders/rows/schema.ts";
import type { Tx } from "../store/store.ts";
import { addDays, type Instant, isoTime } from "../words/clock.ts";
import { as, type OrderKey } from "../words/ids.ts";
import { firstOrderKey } from "../words/order-key.ts";
import { Refusal } from "../words/refusal.ts";

type World = Pick<Deps, "store" | "clock" | "config">;

/** An order that a rule would settle. Amounts are minor units, times ISO 8601 UTC. */
export interface SettledOrder {
  shop: string;
  order: string;
  country: string | null;
  netMinor: number;
  currency: string;
  receivedAt: string;
  /** `held` waits for a person and would be settled; `credited` is settled already, and shows what the rule would have done. */
  outcome: "held" | "credited";
  /** Whom it is credited to now; null while it is held. */
  creditedTo: string | null;
  /** Whom the rule names. */
  byRule: string;
  /** All partners in the conflict. */
  between: string[];
}

/** What a rule would settle. */
export interface RulePreview {
  rule: string;
  on: boolean;
  since: string;
  /** How many orders with evidence of several partners were looked at. */
  conflicts: number;
  /** The first 1,000, the newest first. */
  orders: SettledOrder[];
  /** How many of all there are: held orders, and credited ones that it would have given to another. */
  held: number;
  moved: number;
}

/** The rules of the configuration, in their order. */
export const listConflictRules = ({ config }: Pick<Deps, "config">): readonly ConflictRule[] =>
  config.conflictRules;

const pageSize = 200;
const shownAtMost = 1_000;
const usualDays = 90;

/**
 * Names the orders that a rule would settle if it were on, together with those that are: what waits for a person, and what
 * was credited since a day and would have gone to another. It goes by the evidence that the decisions kept, and writes
 * nothing.
 *
 * @param since 90 days ago by default
 * @throws {Refusal} `rule_unknown`
 */
export async function previewRule(
  deps: World,
  id: string,
  { since = addDays(deps.clock(), -usualDays) }: { since?: Instant | undefined } = {},
): Promise<RulePreview> {
  const rule = requireRule(deps, id);
  const rules = deps.config.conflictRules.filter((one) => one.on || one === rule);
  const preview: RulePreview = {
    rule: rule.rule,
    on: rule.on,
    since: isoTime(since),
    conflicts: 0,
    orders: [],
    held: 0,
    moved: 0,
  };
  for (const outcome of ["held", "credited"] as const)
    for await (const rows of pagesOf(deps, { outcome, since }))
      await deps.store.read(async (tx) => {
        for (const order of rows) count(preview, await settledBy(tx, order, { rules, rule: rule.rule }));
      });
  preview.orders.sort((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1));
  return preview;
}

function count(preview: RulePreview, found: SettledOrder | "conflict" | undefined): void {
  if (found === undefined) return;
  preview.conflicts += 1;
  if (found === "conflict") return;
  if (found.outcome === "held") preview.held += 1;
  else preview.moved += 1;
  if (preview.orders.length < shownAtMost) preview.orders.push(found);
}

/** Why evidence is not among what a rule chooses from, though it counts. */
const setAside: readonly string[] = ["right_of_incumbent", "window_over", "overruled"];

async function settledBy(
  tx: Tx,
  order: OrderRow,
  { rules, rule }: { rules: readonly ConflictRule[]; rule: string },
): Promise<SettledOrder | "conflict" | undefined> {
  if (order.outcome === "held" && order.reason !== "conflict") return undefined;
  const decision = await findDecision(tx, order.order_key, order.decision_seq);
  const evidence = JSON.parse(decision?.evidence ?? "[]") as Considered[];
  const counting = evidence.filter(
    ({ verdict, reason }) => verdict !== "refused" && !setAside.includes(reason),
  );
  if (new Set(counting.map(({ partner }) => partner)).size < 2) return undefined;
  const facts = {
    ...(order.product === null ? {} : { product: order.product }),
    ...(order.country === null ? {} : { country: order.country }),
    places: await findPlaces(tx, counting, order.occurred_at),
  };
  const settled = settleConflict(counting, facts, rules, order.received_at);
  const byRule = settled?.winner.partner;
  if (settled === undefined || byRule == null || settled.rule !== rule || byRule === order.partner_id)
    return "conflict";
  return {
    shop: order.shop,
    order: order.order_id,
    country: order.country,
    netMinor: order.net_minor,
    currency: order.currency,
    receivedAt: isoTime(order.received_at),
    outcome: order.outcome === "held" ? "held" : "credited",
    creditedTo: order.partner_id,
    byRule,
    between: [...settled.sides].filter((partner) => partner !== null).sort(),
  };
}

async function* pagesOf(
  deps: Pick<Deps, "store">,
  { outcome, since }: { outcome: "held" | "credited"; since: Instant },
): AsyncGenerator<OrderRow[]> {
  let before: OrderKey = as.order("~");
  // What is held waits however long ago it came in.
  const first = outcome === "held" ? as.order("") : firstOrderKey(since);
  for (;;) {
    const page = { first, before, limit: pageSize };
    const rows = await deps.store.read((tx) => listOrderRows(tx, page, { outcome }));
    const last = rows.at(-1);
    if (last === undefined) return;
    before = last.order_key;
    yield rows.filter(({ joined_to }) => joined_to === null);
  }
}

/** What came of applying a rule. */
export interface AppliedRule {
  rule: string;
  /** How many held orders were decided anew, and how many of them are credited now. */
  decided: number;
  credited: number;
}

/**
 * Decides the orders anew that wait for a person to settle a conflict, now that the configuration has a rule for it. What
 * is credited to somebody stays as it is.
 *
 * @throws {Refusal} `rule_unknown`; `rule_off` while the configuration does not have it on
 */
export async function applyRule(deps: Deps, id: string): Promise<AppliedRule> {
  const { rule, on } = requireRule(deps, id);
  if (!on) throw new Refusal("rule_off", `Set "on": true for the rule ${rule} in the configuration first.`);
  const applied: AppliedRule = { rule, decided: 0, credited: 0 };
  for await (const rows of pagesOf(deps, { outcome: "held", since: deps.clock() }))
    for (const { order_key, reason } of rows) {
      if (reason !== "conflict") continue;
      const decided = await decideAnew(deps, order_key);
      if (decided === undefined) continue;
      applied.decided += 1;
      if (decided.order.outcome === "credited") applied.credited += 1;
    }
  return applied;
}

async function decideAnew(deps: Deps, key: OrderKey) {
  const now = deps.clock();
  const decided = await deps.store.write(async (tx) => {
    const order = await lockOrder(tx, key);
    if (order === undefined || order.outcome !== "held" || order.reason !== "conflict") return undefined;
    return decideOrder(tx, deps, { order, cause: "conflict_rule", fresh: false }, now);
  });
  if (decided !== undefined) reportOrder(deps.log, decided);
  return decided;
}

function requireRule({ config }: Pick<Deps, "config">, id: string): ConflictRule {
  const rule = config.conflictRules.find((one) => one.rule === id);
  if (rule === undefined)
    throw new Refusal("rule_unknown", `The configuration has no rule ${JSON.stringify(id)}.`);
  return rule;
}
