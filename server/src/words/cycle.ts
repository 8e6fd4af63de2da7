/** What an order can be in the life of a copy. */
export const cycles = ["new", "renewal"] as const;
/** What an order is in the life of a copy. */
export type OrderCycle = (typeof cycles)[number];

/** The same as a shop tells it: an upgrade, or another change of plan, is an order of kind renewal. */
export type Cycle = OrderCycle | "upgrade";

/** What an order is, from what its shop told. */
export const orderCycleOf = (told: Cycle): OrderCycle => (told === "new" ? "new" : "renewal");
