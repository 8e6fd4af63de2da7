import { type Definition, oneOf } from "./ddl.ts";

const levels = ["none", "transaction", "full"];

/** What was agreed with partners, since when. What a partner was shown becomes the first agreement with it. */
export const partnerAgreements: Definition = ({ text, int64, clustered, appendOnly }) => [
  `create table partner_agreements (
    partner_id ${text} not null references partners (id),
    version ${int64} not null check (version > 0),
    since ${int64} not null,
    sharing text not null ${oneOf("sharing", levels)},
    notices text not null,
    rights_before_days ${int64} check (rights_before_days >= 0),
    rights_after_days ${int64} check (rights_after_days >= 0),
    self_billing ${int64} not null check (self_billing in (0, 1)),
    currency ${text},
    language ${text},
    note text,
    file_hash ${text},
    recorded_at ${int64} not null,
    primary key (partner_id, version),
    check ((rights_before_days is null) = (rights_after_days is null))
  ) ${clustered}`,
  "create index partner_agreements_by_day on partner_agreements (partner_id, since, version)",
  `insert into partner_agreements (partner_id, version, since, sharing, notices, self_billing, recorded_at)
    select id, 1, created_at, sharing, '', 0, created_at from partners where sharing <> 'none' order by id`,
  ...appendOnly("partner_agreements"),
  "alter table partners drop column sharing",
];
