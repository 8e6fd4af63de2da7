import type { Definition } from "./ddl.ts";

/** Deliveries that are durable and still to be confirmed by their shop's API, and how far each shop's API was read. */
export const shopIntake: Definition = ({ text, int64, bytes, clustered }) => [
  `create table waiting_deliveries (
    id ${text} primary key not null,
    shop ${text} not null,
    sealed ${bytes} not null,
    received_at ${int64} not null,
    due_at ${int64} not null,
    tries ${int64} not null check (tries >= 0)
  ) ${clustered}`,
  "create index waiting_deliveries_by_due on waiting_deliveries (due_at)",

  `create table reconcile_cursors (
    shop ${text} not null,
    resource ${text} not null,
    read_until ${int64} not null,
    primary key (shop, resource)
  ) ${clustered}`,
];
