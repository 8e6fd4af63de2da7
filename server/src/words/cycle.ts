/** What a purchase can be in the life of a copy. An upgrade is a renewal whose lines are of kind `upgrade`. */
export const cycles = ["new", "renewal"] as const;
/** What a purchase is in the life of a copy. */
export type Cycle = (typeof cycles)[number];
