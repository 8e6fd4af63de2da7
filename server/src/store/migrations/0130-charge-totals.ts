import type { Definition } from "./ddl.ts";

/**
 * Refunds of Stripe's that name the payment intent alone counted beside their charge's total, where the total was kept
 * before every name of a payment was. Their orders wait to be settled anew, by what is read of them now.
 */
export const chargeTotals: Definition = () => [
  `insert into waiting_decisions (order_key, cause, waiting_since)
    select orders.order_key, 'loss', max(refunds.received_at)
    from events totals
    join order_links charges on charges.namespace = totals.shop and charges.id = totals.link_id
    join order_links intents on intents.order_key = charges.order_key
    join events refunds on refunds.shop = intents.namespace and refunds.link_id = intents.id
    join orders on orders.order_key = charges.order_key
    where totals.effect = 'refund' and totals.cumulative = 1 and totals.told is null
      and (totals.link_id like 'ch\\_%' escape '\\' or totals.link_id like 'py\\_%' escape '\\')
      and refunds.effect = 'refund' and refunds.cumulative = 0 and refunds.told is null
      and refunds.link_id like 'pi\\_%' escape '\\'
    group by orders.order_key
    on conflict (order_key) do nothing`,
];
