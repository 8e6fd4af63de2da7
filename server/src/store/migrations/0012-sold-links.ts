import { type Definition, oneOf } from "./ddl.ts";

/**
 * A sale's object is among the ids that name its order, so the link says whether it was sold and needs no second index
 * of random ids. In a large history that index was one in four of the random pages that a purchase wrote. Other
 * effects' objects are few. SQLite cannot drop a table's key, so its table is written anew.
 */
export const soldLinks: Definition = ({ engine, text, int64, appended, appendOnly }) => [
  `alter table order_links add column sold ${int64} not null default 0 check (sold in (0, 1))`,
  `insert into order_links (namespace, id, order_key, sold)
    select events.shop, events.object_id, named.order_key, 1 from events
      join order_links named on named.namespace = events.shop and named.id = events.link_id
      where events.effect = 'sale'
    on conflict (id, namespace) do update set sold = 1`,
  ...(engine === "postgres"
    ? [
        "alter table events drop constraint events_pkey",
        "alter table events drop constraint events_event_id_shop_key",
        "alter table events add primary key (event_id, shop)",
      ]
    : [
        `create table events_anew (
          shop ${text} not null,
          event_id ${text} not null,
          object_id ${text} not null,
          effect ${text} not null
            ${oneOf("effect", ["sale", "refund", "dispute_opened", "dispute_won", "dispute_lost", "link"])},
          link_id ${text} not null,
          dispute_id ${text},
          amount_minor ${int64} not null check (amount_minor >= 0),
          cumulative ${int64} not null check (cumulative in (0, 1)),
          currency ${text},
          occurred_at ${int64} not null,
          received_at ${int64} not null,
          primary key (event_id, shop)
        ) ${appended}`,
        `insert into events_anew (shop, event_id, object_id, effect, link_id, dispute_id, amount_minor, cumulative,
            currency, occurred_at, received_at)
          select shop, event_id, object_id, effect, link_id, dispute_id, amount_minor, cumulative,
            currency, occurred_at, received_at from events order by rowid`,
        "drop table events",
        "alter table events_anew rename to events",
        "create index events_by_link on events (link_id, shop) where effect <> 'sale'",
        ...appendOnly("events"),
      ]),
  "create unique index events_by_object on events (object_id, shop, effect) where effect <> 'sale'",
];
