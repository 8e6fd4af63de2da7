import type { Cycle } from "../../words/cycle.ts";

/** What the products of an order were sold as: the kind of their lines. */
export type SoldAs = "new" | "renewal" | "upgrade";

/** What an order is in the life of a copy: an upgrade is a renewal whose lines say so. */
export const cycleOf = (sold: SoldAs): Cycle => (sold === "new" ? "new" : "renewal");
