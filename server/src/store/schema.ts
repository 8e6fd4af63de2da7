/** All tables, for kysely. A room adds its own by interface merging, beside its row types. */
// biome-ignore lint/suspicious/noEmptyInterface: merged by every room that has rows
export interface Schema {}
