/** What a purchase can be in the life of a copy; an upgrade also stands for a switch of plan. */
export const cycles = ["new", "renewal", "upgrade"] as const;
/** What a purchase is in the life of a copy. */
export type Cycle = (typeof cycles)[number];
