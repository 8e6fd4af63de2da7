import type { Definition } from "./ddl.ts";

/**
 * What was entered as given back counted against an order that was void later, until it was said that it went with the
 * rest. The books of such orders stand as they were: they wait to be settled anew, by what is read of them now.
 */
export const voidAfterRestored: Definition = () => [
  `insert into waiting_decisions (order_key, cause, waiting_since)
    select orders.order_key, 'loss', max(voids.received_at)
    from events restored
    join order_links given on given.namespace = restored.shop and given.id = restored.link_id
    join order_links names on names.order_key = given.order_key
    join events voids on voids.shop = names.namespace and voids.link_id = names.id
    join orders on orders.order_key = given.order_key
    where restored.effect = 'restored'
      and voids.effect = 'refund' and voids.status = 'whole' and voids.occurred_at > restored.occurred_at
    group by orders.order_key
    on conflict (order_key) do nothing`,
];
