import type { Definition } from "./ddl.ts";

/**
 * SQLite: by partner the journal is sorted later, many movements at once. An index had a page for each partner, and of
 * a commit of 36 purchases nearly each wrote two of its own, one for each of two indexes. Found without being sorted is
 * what came since: it stands at the journal's end. PostgreSQL keeps its indexes, where a row costs its own bytes.
 */
export const sortedMovements: Definition = ({ engine, int64, text, clustered, appendOnly }) =>
  engine !== "sqlite"
    ? []
    : [
        `create table partner_movements (
          partner_id ${text} not null,
          currency ${text} not null,
          id ${int64} not null,
          primary key (partner_id, currency, id)
        ) ${clustered}`,
        `create table partner_shares (
          partner_id ${text} not null,
          order_key ${text} not null,
          primary key (partner_id, order_key)
        ) ${clustered}`,
        // One row: up to which movement of the journal the two have all.
        `create table sorted_movements (
          slot ${text} primary key not null check (slot = 'all'),
          until ${int64} not null
        ) ${clustered}`,
        `insert into partner_movements (partner_id, currency, id)
          select partner_id, currency, id from transfers order by partner_id, currency, id`,
        `insert into partner_shares (partner_id, order_key)
          select distinct partner_id, order_key from transfers where order_key is not null order by partner_id, order_key`,
        "insert into sorted_movements (slot, until) select 'all', coalesce(max(id), 0) from transfers",
        ...appendOnly("partner_movements"),
        ...appendOnly("partner_shares"),
        `create trigger sorted_movements_refuse_back before update on sorted_movements when new.until < old.until
          begin select raise(abort, 'what was sorted stays so'); end`,
        `create trigger sorted_movements_refuse_delete before delete on sorted_movements
          begin select raise(abort, 'what was sorted stays so'); end`,
        "drop index transfers_by_owner",
        "drop index transfers_by_partner",
      ];
