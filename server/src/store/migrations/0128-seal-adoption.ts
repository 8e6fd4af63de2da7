import type { Definition } from "./ddl.ts";

/**
 * How far the first start has come that notes which rows have no seal: a row a table while it lasts, none after. And a seal
 * in each click: older ones are given theirs by the first start.
 */
export const sealAdoption: Definition = ({ text, clustered }) => [
  `create table seal_adoption (
    table_name ${text} primary key,
    progress text not null,
    signature text not null
  ) ${clustered}`,
  "alter table clicks add column seal text",
];
