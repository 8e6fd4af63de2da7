import { type Definition, oneOf } from "./ddl.ts";

/** Append-only tables, and of each the columns that are made with the pepper. */
const madeWithPepper = [
  { table: "serial_activations", columns: ["licence_hash", "serial_hash"] },
  { table: "partner_details", columns: ["sealed"] },
  { table: "dispute_entries", columns: ["file"] },
] as const;

/** All others of them. SQLite has no way to say so. */
const otherColumns: Record<(typeof madeWithPepper)[number]["table"], readonly string[]> = {
  serial_activations: ["product", "via", "batch_no", "open_number", "activated_at"],
  partner_details: ["partner_id", "version", "since", "accounts_changed", "recorded_by", "recorded_at"],
  dispute_entries: [
    "dispute_id",
    "seq",
    "author",
    "kind",
    "text",
    "file_name",
    "file_type",
    "file_bytes",
    "actor",
    "at",
  ],
};

/**
 * Peppers that were in force before, and which hashes were made with the last of them: each goes when its text is seen
 * again, so what is left is what still hangs on it. Append-only tables let a hash or a seal be made anew once there was a
 * rotation, and nothing else.
 */
export const formerPeppers: Definition = (dialect) => {
  const { text, int64, bytes, clustered } = dialect;
  return [
    `create table former_peppers (
      pepper_id ${text} primary key not null,
      since ${int64} not null,
      until ${int64} not null
    ) ${clustered}`,
    `create table former_hashes (
      kind text not null ${oneOf("kind", ["licence", "email", "domain", "serial", "voucher"])},
      hash ${text} not null,
      primary key (kind, hash)
    ) ${clustered}`,
    // Millions of rows, as in `serials`.
    `create table former_serials (
      hash ${bytes} primary key not null
    ) ${clustered}`,
    ...(dialect.engine === "sqlite" ? sqliteTriggers : postgresTriggers),
  ];
};

const sqliteTriggers = madeWithPepper.flatMap(({ table }) => [
  `drop trigger ${table}_refuse_update`,
  `create trigger ${table}_refuse_update before update on ${table}
    when not exists (select 1 from former_peppers)
      or ${otherColumns[table].map((column) => `new.${column} is not old.${column}`).join(" or ")}
    begin select raise(abort, '${table} is append-only'); end`,
]);

const postgresTriggers = [
  `create function refuse_all_but() returns trigger language plpgsql as $$
    begin
      if not exists (select 1 from former_peppers) or to_jsonb(new) - tg_argv <> to_jsonb(old) - tg_argv then
        raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
      end if;
      return new;
    end $$`,
  ...madeWithPepper.flatMap(({ table, columns }) => [
    `drop trigger ${table}_refuse_change on ${table}`,
    `create trigger ${table}_refuse_change before delete or truncate on ${table}
      for each statement execute function refuse_change()`,
    `create trigger ${table}_refuse_update before update on ${table}
      for each row execute function refuse_all_but(${columns.map((column) => `'${column}'`).join(", ")})`,
    `alter table ${table} enable always trigger ${table}_refuse_change`,
    `alter table ${table} enable always trigger ${table}_refuse_update`,
  ]),
];
