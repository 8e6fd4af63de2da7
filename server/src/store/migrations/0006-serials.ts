import { type Definition, oneOf } from "./ddl.ts";

/** Serials in batches, whom the batches were given to, and which licences were activated with them. */
export const serials: Definition = ({ engine, text, int64, bytes, appended, clustered, appendOnly }) => {
  const numbered =
    engine === "sqlite" ? "integer primary key" : "bigint generated always as identity primary key";
  return [
    `create table serial_batches (
      batch_no ${numbered},
      batch ${text} not null unique,
      product ${text} not null,
      kind text not null ${oneOf("kind", ["secret", "open", "pool"])},
      created_at ${int64} not null,
      revoked_at ${int64}
    ) ${appended}`,
    "create index serial_batches_by_product on serial_batches (product, kind)",

    // How many each import added. It grows with every chunk, in the chunk's own transaction.
    `create table serial_imports (
      import_no ${numbered},
      batch_no ${int64} not null references serial_batches (batch_no),
      imported_at ${int64} not null,
      serials ${int64} not null check (serials >= 0)
    ) ${appended}`,
    "create index serial_imports_by_batch on serial_imports (batch_no)",

    // Millions of rows: nothing but the tree, with half of the 256 bits. No foreign key, which each row would pay for.
    `create table serials (
      hash ${bytes} primary key not null,
      batch_no ${int64} not null,
      open_number ${int64}
    ) ${clustered}`,

    // Of one product no two overlap, so a number is found by the last range that begins at it or before it.
    `create table serial_ranges (
      product ${text} not null,
      first_open ${int64} not null,
      last_open ${int64} not null,
      batch_no ${int64} not null references serial_batches (batch_no),
      check (first_open >= 0 and last_open >= first_open),
      primary key (product, first_open)
    ) ${clustered}`,
    "create index serial_ranges_by_batch on serial_ranges (batch_no, first_open)",

    `create table serial_assignments (
      assignment_no ${numbered},
      batch_no ${int64} not null references serial_batches (batch_no),
      first_open ${int64},
      last_open ${int64},
      partner_id ${text} not null references partners (id),
      effective_from ${int64} not null,
      note text,
      recorded_at ${int64} not null,
      check ((first_open is null) = (last_open is null) and (first_open is null or last_open >= first_open))
    ) ${appended}`,
    "create index serial_assignments_by_batch on serial_assignments (batch_no, effective_from)",
    ...appendOnly("serial_assignments"),

    // A licence may be named by an order and registered too: each is a fact of its own.
    `create table serial_activations (
      licence_hash ${text} not null,
      product ${text} not null,
      via text not null ${oneOf("via", ["registration", "order"])},
      serial_hash ${text} not null,
      batch_no ${int64} not null,
      open_number ${int64},
      activated_at ${int64} not null,
      primary key (licence_hash, product, via)
    ) ${clustered}`,
    "create unique index serial_activations_by_serial on serial_activations (serial_hash) where via = 'registration'",
    ...appendOnly("serial_activations"),

    `create table serial_conflicts (
      serial_hash ${text} not null,
      licence_hash ${text} not null,
      product ${text} not null,
      seen_at ${int64} not null,
      primary key (serial_hash, licence_hash, product)
    ) ${clustered}`,

    // What can still be given out. A row goes when its serial does: nothing that could be opened is kept longer.
    `create table pooled_serials (
      batch_no ${int64} not null,
      hash ${bytes} not null,
      sealed ${bytes} not null,
      primary key (batch_no, hash)
    ) ${clustered}`,

    `create table serial_tokens (
      batch_no ${int64} not null,
      partner_id ${text} not null,
      jti ${text} not null,
      primary key (batch_no, partner_id)
    ) ${clustered}`,
  ];
};
