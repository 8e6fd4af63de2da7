import { formatMoney } from "../../cli/amounts-and-times.ts";
import { formatTable } from "../../cli/table.ts";
import type { OrderSummary } from "../explain/list-orders.ts";
import type { OrderRewards } from "../explain/order-reward.ts";

const reasons: Readonly<Record<string, string>> = {
  no_commission: "nothing is left of the partner's commission: there is none, or the money went back",
  no_offer: "the partner offered nothing on the day of the sale",
  kind_not_allowed: "the partner's plan of that day does not allow it",
  below_minimum: "it brought less than the plan asks for",
  other_currency: "the offer, or the plan, is in another currency",
  cap_reached: "a cap of the plan is reached",
  over_commission: "the partner's part would be more than its commission",
  no_points: "it brought less than a whole unit of its currency",
};

/** What a renewal earned its customer, or why nothing. Nothing is said of an order that is no credited renewal. */
export function rewardsText({
  cycle,
  rewards,
}: Pick<OrderSummary, "cycle"> & { rewards: OrderRewards }): string {
  const { earned, none } = rewards;
  const why = none === null ? undefined : reasons[none];
  if (earned.length === 0 && (cycle !== "renewal" || why === undefined)) return "";
  const table = formatTable(
    [
      { heading: "reward", of: ({ reward }) => reward },
      { heading: "partner", of: ({ partner }) => partner },
      { heading: "what", of: ({ kind, points }) => (kind === "points" ? `${points} points` : kind) },
      {
        heading: "cost",
        of: ({ costMinor, currency }) => formatMoney(costMinor, currency),
        align: "right",
      },
      { heading: "state", of: ({ state }) => state },
    ],
    earned,
  );
  const body = `${earned.length === 0 ? "" : table}${why === undefined ? "" : `None: ${why} (${none}).\n`}`;
  return `\nRewards\n${body.replace(/^(?=.)/gm, "  ")}`;
}
