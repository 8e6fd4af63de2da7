import { type Definition, oneOf } from "./ddl.ts";

/** Customers that partners registered before a sale, and what became of each registration. */
export const deals: Definition = ({ engine, text, int64, bytes, clustered, appended, appendOnly }) => [
  `create table deals (
    deal_id ${text} primary key not null,
    partner_id ${text} not null references partners (id),
    customer_hash ${text} not null,
    customer_sealed ${bytes} not null,
    product ${text},
    territory ${text},
    registered_at ${int64} not null,
    decide_by ${int64} not null,
    state text not null ${oneOf("state", ["registered", "accepted", "refused", "ended"])},
    accepted_at ${int64},
    protected_until ${int64},
    ended_at ${int64}
  ) ${clustered}`,
  "create index deals_by_customer on deals (customer_hash)",
  "create index deals_by_partner on deals (partner_id, deal_id)",
  `create table deal_steps (
    step_no ${engine === "sqlite" ? "integer primary key" : "bigint generated always as identity primary key"},
    deal_id ${text} not null references deals (deal_id),
    step text not null ${oneOf("step", ["registered", "accepted", "refused", "extended", "ended"])},
    note text,
    protected_until ${int64},
    at ${int64} not null
  ) ${appended}`,
  "create index deal_steps_by_deal on deal_steps (deal_id, step_no)",
  ...appendOnly("deal_steps"),
];
