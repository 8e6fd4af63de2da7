import type { Definition } from "./ddl.ts";

/** Figures that are gathered now and then, so that the console's first page costs the same however long history is. */
export const consoleFigures: Definition = ({ text, int64, clustered }) => [
  `create table console_figures (
    name ${text} primary key not null,
    value text not null,
    gathered_at ${int64} not null
  ) ${clustered}`,
];
