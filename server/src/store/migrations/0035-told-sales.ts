import type { Definition, Dialect } from "./ddl.ts";

/**
 * What a sale was told with stays with its event, and an order names the events it was made of, so that its money can
 * be recomputed from facts that never change. The database refuses an order whose money no event tells, and changes
 * of what was made payable, so that it takes more than a password to bend them.
 */
export const toldSales: Definition = (dialect) => [
  ...columns(dialect),
  ...backfill(dialect),
  ...(dialect.engine === "sqlite" ? sqliteGuards : postgresGuards),
];

const columns: Definition = ({ text, int64 }) => [
  `alter table events add column amounts_rank ${int64}`,
  "alter table events add column told text",
  `alter table orders add column amounts_event ${text}`,
  "alter table orders add column told_by text",
  `alter table partners add column added_percent_bp ${int64}`,
];

/** Of a sale that came in before, what was told is what its order has. */
const backfill = (dialect: Dialect): string[] => {
  const isSqlite = dialect.engine === "sqlite";
  const [object, array] = isSqlite ? ["json_object", "json_group_array"] : ["json_build_object", "json_agg"];
  const asText = isSqlite ? "" : "::text";
  const change = isSqlite ? "refuse_update" : "refuse_change";
  return [
    isSqlite ? `drop trigger events_${change}` : `alter table events disable trigger events_${change}`,
    `update events set
        net_minor = orders.net_minor, amount_minor = orders.net_minor + orders.tax_minor, currency = orders.currency,
        lines = orders.lines, amounts_rank = orders.amounts_rank, created_at = nullif(orders.amounts_at, 0),
        told = ${object}('cycle', orders.told_cycle, 'product', orders.product, 'subscription', orders.subscription_id,
          'reference', orders.reference, 'coupon', orders.coupon)${asText}
      from order_links join orders on orders.order_key = order_links.order_key
      where events.effect = 'sale' and order_links.namespace = events.shop and order_links.id = events.link_id`,
    ...(isSqlite
      ? dialect.appendOnly("events").slice(0, 1)
      : ["alter table events enable always trigger events_refuse_change"]),
    `update orders set amounts_event = named.first, told_by = case when named.many > 1 then named.ids end
      from (
        select order_links.order_key as order_key, min(events.event_id) as first, count(*) as many,
          ${array}(events.event_id)${asText} as ids
        from events join order_links on order_links.namespace = events.shop and order_links.id = events.link_id
        where events.effect = 'sale'
        group by order_links.order_key
      ) as named
      where named.order_key = orders.order_key`,
    // Nobody wrote down which percentage a partner was added with that was changed since.
    `update partners set added_percent_bp = percent_bp where not exists (
      select 1 from partner_history where partner_id = partners.id and changed like '%"percent"%')`,
  ];
};

/** An event that tells the money of an order. */
const tells = (same: string) => `select 1 from events
  where event_id = new.amounts_event and shop = new.shop and effect = 'sale' and net_minor = new.net_minor
    and amount_minor = new.net_minor + new.tax_minor and currency = new.currency and lines ${same} new.lines`;

const guarded = {
  money: "the money of an order is what a sale tells",
  release: "what was released, or waits for it, changes with a decision",
  orders: "orders are not deleted",
  links: "what names a sale is not deleted",
  clicks: "a click that led to an order stays as it was",
  registrations: "a registration that orders rest upon stays as it was",
  added: "the percentage a partner was added with stays as it was",
};

const moneyColumns = "net_minor, tax_minor, currency, lines, amounts_event, shop";

const moneyChanged = (differs: string) =>
  moneyColumns
    .split(", ")
    .map((column) => `new.${column} ${differs} old.${column}`)
    .join(" or ");

/** What was released stays so; what waits is released, or decided anew. */
const releaseChanged = (differs: string) =>
  `(old.released_at is not null and new.released_at ${differs} old.released_at
    or old.release_at is not null and new.release_at is null and new.released_at is null
      and new.decision_seq = old.decision_seq)`;

const abort = (what: string) => `begin select raise(abort, '${what}'); end`;

const sqliteGuards = [
  `create trigger orders_refuse_untold before insert on orders when not exists (${tells("is")}) ${abort(guarded.money)}`,
  `create trigger orders_refuse_money before update of ${moneyColumns} on orders
    when (${moneyChanged("is not")}) and not exists (${tells("is")}) ${abort(guarded.money)}`,
  `create trigger orders_refuse_release before update of release_at, released_at on orders
    when ${releaseChanged("is not")} ${abort(guarded.release)}`,
  `create trigger orders_refuse_delete before delete on orders ${abort(guarded.orders)}`,
  `create trigger order_links_refuse_delete before delete on order_links when old.sold = 1 ${abort(guarded.links)}`,
  `create trigger order_links_refuse_update before update of sold on order_links when new.sold < old.sold ${abort(guarded.links)}`,
  `create trigger clicks_refuse_update before update of reference, product, partner_id, jti, token_issued_at, clicked_at on clicks
    ${abort(guarded.clicks)}`,
  `create trigger clicks_refuse_delete before delete on clicks
    when exists (select 1 from orders where reference = old.reference) ${abort(guarded.clicks)}`,
  `create trigger registrations_refuse_update before update of product, partner_id, jti, bound_at on registrations
    ${abort(guarded.registrations)}`,
  `create trigger registrations_refuse_delete before delete on registrations
    when exists (select 1 from orders where licence_hash = old.licence_hash) ${abort(guarded.registrations)}`,
  `create trigger partners_refuse_added before update of added_percent_bp on partners ${abort(guarded.added)}`,
];

/** A trigger that refuses a change of a row where a condition holds, in whatever mode the session is. */
function refuseRow(
  name: string,
  table: string,
  { on, when, what }: { on: string; when?: string; what: string },
): string[] {
  const condition = when === undefined ? "" : `when (${when})`;
  return [
    `create trigger ${name} before ${on} on ${table} for each row ${condition}
      execute function refuse_row('${what}')`,
    `alter table ${table} enable always trigger ${name}`,
  ];
}

const postgresGuards = [
  `create function refuse_row() returns trigger language plpgsql as $$
    begin raise exception '%', tg_argv[0] using errcode = 'restrict_violation'; end $$`,
  `create function refuse_untold() returns trigger language plpgsql as $$
    begin
      if not exists (${tells("is not distinct from")}) then
        raise exception '${guarded.money}' using errcode = 'restrict_violation';
      end if;
      return new;
    end $$`,
  `create function refuse_named_click() returns trigger language plpgsql as $$
    begin
      if exists (select 1 from orders where reference = old.reference) then
        raise exception '${guarded.clicks}' using errcode = 'restrict_violation';
      end if;
      return old;
    end $$`,
  `create function refuse_bound_licence() returns trigger language plpgsql as $$
    begin
      if exists (select 1 from orders where licence_hash = old.licence_hash) then
        raise exception '${guarded.registrations}' using errcode = 'restrict_violation';
      end if;
      return old;
    end $$`,
  "create trigger orders_refuse_untold before insert on orders for each row execute function refuse_untold()",
  `create trigger orders_refuse_money before update of ${moneyColumns} on orders for each row
    when (${moneyChanged("is distinct from")}) execute function refuse_untold()`,
  "create trigger clicks_refuse_delete before delete on clicks for each row execute function refuse_named_click()",
  "create trigger registrations_refuse_delete before delete on registrations for each row execute function refuse_bound_licence()",
  ...[
    "orders_refuse_untold on orders",
    "orders_refuse_money on orders",
    "clicks_refuse_delete on clicks",
    "registrations_refuse_delete on registrations",
  ].map((trigger) => {
    const [name, table] = trigger.split(" on ");
    return `alter table ${table} enable always trigger ${name}`;
  }),
  ...refuseRow("orders_refuse_release", "orders", {
    on: "update of release_at, released_at",
    when: releaseChanged("is distinct from"),
    what: guarded.release,
  }),
  ...refuseRow("orders_refuse_delete", "orders", { on: "delete", what: guarded.orders }),
  `create trigger orders_refuse_truncate before truncate on orders for each statement execute function refuse_change()`,
  "alter table orders enable always trigger orders_refuse_truncate",
  ...refuseRow("order_links_refuse_delete", "order_links", {
    on: "delete",
    when: "old.sold = 1",
    what: guarded.links,
  }),
  ...refuseRow("order_links_refuse_update", "order_links", {
    on: "update of sold",
    when: "new.sold < old.sold",
    what: guarded.links,
  }),
  ...refuseRow("clicks_refuse_update", "clicks", {
    on: "update of reference, product, partner_id, jti, token_issued_at, clicked_at",
    what: guarded.clicks,
  }),
  ...refuseRow("registrations_refuse_update", "registrations", {
    on: "update of product, partner_id, jti, bound_at",
    what: guarded.registrations,
  }),
  ...refuseRow("partners_refuse_added", "partners", {
    on: "update of added_percent_bp",
    what: guarded.added,
  }),
];
