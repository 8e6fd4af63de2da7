import type { Definition } from "./ddl.ts";

/** Whoever takes one of these away and writes it again says that another sold the copy. */
const kept: readonly [table: string, what: string][] = [
  ["serials", "a serial stays in its batch"],
  ["serial_ranges", "a range of numbers stays in its batch"],
  ["serial_batches", "a batch of serials stays"],
  ["vouchers", "a voucher stays in its batch"],
  ["voucher_batches", "a batch of vouchers stays"],
];

/** Two rows whose hashes change places have changed their batches. */
const hashed: readonly [table: string, column: string][] = [
  ["serials", "hash"],
  ["vouchers", "code_hash"],
];

const activation = "licence_hash, product, via, serial_hash, batch_no, open_number, activated_at";

/**
 * A keyed hash in each activation of a serial and each exchanged voucher, older ones are given theirs by the first start; and
 * when a range of numbers was added. The database takes no serial and no voucher away, and gives none another hash but after
 * a rotation of the pepper.
 */
export const sealedSerials: Definition = ({ engine, int64 }) => [
  "alter table serial_activations add column seal text",
  "alter table vouchers add column seal text",
  `alter table serial_ranges add column added_at ${int64} not null default 0`,
  ...(engine === "sqlite" ? sqliteTriggers : postgresTriggers),
];

const sqliteTriggers = [
  "drop trigger serial_activations_refuse_update",
  `create trigger serial_activations_refuse_update before update of ${activation} on serial_activations
    when not exists (select 1 from former_peppers)
      or ${["product", "via", "batch_no", "open_number", "activated_at"].map((one) => `new.${one} is not old.${one}`).join(" or ")}
    begin select raise(abort, 'serial_activations is append-only'); end`,
  ...kept.map(
    ([table, what]) =>
      `create trigger ${table}_refuse_delete before delete on ${table} begin select raise(abort, '${what}'); end`,
  ),
  ...hashed.map(
    ([table, column]) =>
      `create trigger ${table}_refuse_rehash before update of ${column} on ${table}
        when new.${column} is not old.${column} and not exists (select 1 from former_peppers)
        begin select raise(abort, '${table} keep their hashes'); end`,
  ),
];

const postgresTriggers = [
  "drop trigger serial_activations_refuse_update on serial_activations",
  `create trigger serial_activations_refuse_update before update of ${activation} on serial_activations
    for each row execute function refuse_all_but('licence_hash', 'serial_hash', 'seal')`,
  "alter table serial_activations enable always trigger serial_activations_refuse_update",
  ...kept.flatMap(([table, what]) => [
    `create trigger ${table}_refuse_delete before delete on ${table} for each row
      execute function refuse_row('${what}')`,
    `alter table ${table} enable always trigger ${table}_refuse_delete`,
  ]),
  `create function refuse_rehash() returns trigger language plpgsql as $$
    begin
      if not exists (select 1 from former_peppers) then
        raise exception '% keep their hashes', tg_table_name using errcode = 'restrict_violation';
      end if;
      return new;
    end $$`,
  ...hashed.flatMap(([table, column]) => [
    `create trigger ${table}_refuse_rehash before update of ${column} on ${table} for each row
      when (new.${column} is distinct from old.${column}) execute function refuse_rehash()`,
    `alter table ${table} enable always trigger ${table}_refuse_rehash`,
  ]),
];
