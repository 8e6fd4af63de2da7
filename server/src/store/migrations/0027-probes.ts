import type { Definition } from "./ddl.ts";

/** Rows that are written to see whether rows can be written: one for each that asks. */
export const probes: Definition = ({ text, integer, clustered }) => [
  `create table probes (name ${text} primary key, at ${integer} not null) ${clustered}`,
];
