import type { PayoutBlockSource } from "../payouts/payout-block.ts";

/** Who may hold a partner's payouts beside its details: a room that has a reason has a line here. */
export const payoutBlocks: readonly PayoutBlockSource[] = [];
