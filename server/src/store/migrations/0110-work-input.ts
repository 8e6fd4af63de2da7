import type { Definition } from "./ddl.ts";

/** What something long was set off with, so that it can be set off again, and be followed by what one wanted to know it for. */
export const workInput: Definition = () => ["alter table works add column input text"];
