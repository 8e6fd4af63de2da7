import type { Definition } from "./ddl.ts";

/** Rows that are written to see whether rows can be written. */
export const probes: Definition = ({ text, int64, clustered }) => [
  `create table probes (name ${text} primary key, written_at ${int64} not null) ${clustered}`,
];
