import type { Definition } from "./ddl.ts";

/**
 * Subscriptions that turned out to be one, as a customer came back after an end: each is kept under the name of the one
 * that sorts first. `told_by` is the order whose events name both.
 */
export const subscriptionNames: Definition = ({ text, clustered }) => [
  `create table subscription_names (
    shop ${text} not null,
    subscription_id ${text} not null,
    kept_as ${text} not null,
    told_by ${text} not null,
    primary key (subscription_id, shop)
  ) ${clustered}`,
];
