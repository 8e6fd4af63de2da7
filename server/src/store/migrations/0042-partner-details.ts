import type { Definition } from "./ddl.ts";

/** Who a partner is to the tax office and the bank: sealed, each version for its time. */
export const partnerDetails: Definition = ({ text, int64, bytes, clustered, appendOnly }) => [
  `create table partner_details (
    partner_id ${text} not null references partners (id),
    version ${int64} not null check (version > 0),
    since ${int64} not null,
    sealed ${bytes} not null,
    accounts_changed ${int64} not null check (accounts_changed in (0, 1)),
    recorded_by ${text},
    recorded_at ${int64} not null,
    primary key (partner_id, version)
  ) ${clustered}`,
  ...appendOnly("partner_details"),
];
