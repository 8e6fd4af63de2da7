import type { Definition } from "./ddl.ts";

/** Names that transactions lock while there is no row of their own to lock, such as the first signing key. */
export const locks: Definition = ({ text, clustered }) => [
  `create table locks (name ${text} primary key) ${clustered}`,
];
