import type { Definition } from "./ddl.ts";

/**
 * Vouchers by the keyed hash of their code. A code's hash is random, so the table is one tree; what is found otherwise
 * has short entries beside it, and those of serials and licences exist for exchanged vouchers only.
 */
export const vouchers: Definition = ({ text, int64, clustered }) => [
  // The counts are kept, so that a list costs the same whatever was issued.
  `create table voucher_batches (
    id ${text} primary key not null,
    partner_id ${text} not null references partners (id),
    product ${text} not null,
    issued ${int64} not null check (issued >= 0),
    exchanged ${int64} not null check (exchanged >= 0),
    withdrawn ${int64} not null check (withdrawn >= 0),
    issued_at ${int64} not null,
    expires_at ${int64},
    revoked_at ${int64},
    check (exchanged + withdrawn <= issued)
  ) ${clustered}`,
  "create index voucher_batches_by_partner on voucher_batches (partner_id, id)",

  `create table vouchers (
    code_hash ${text} primary key not null,
    batch_id ${text} not null,
    number ${int64} not null check (number >= 1),
    revoked_at ${int64},
    exchanged_at ${int64},
    serial_hash ${text},
    licence_hash ${text},
    jti ${text},
    sealed_answer text,
    check ((exchanged_at is null) = (serial_hash is null)),
    check ((exchanged_at is null) = (licence_hash is null)),
    check (exchanged_at is not null or (jti is null and sealed_answer is null))
  ) ${clustered}`,
  "create unique index vouchers_by_number on vouchers (batch_id, number)",
  "create unique index vouchers_by_serial on vouchers (serial_hash) where serial_hash is not null",
  "create index vouchers_by_licence on vouchers (licence_hash) where licence_hash is not null",
];
