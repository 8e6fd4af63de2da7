import type { Definition } from "./ddl.ts";

/** The subscriptions that are kept as another: when that one is joined to a third, they are found without a walk. */
export const subscriptionNamesKept: Definition = () => [
  "create index subscription_names_by_kept on subscription_names (kept_as, shop)",
];
