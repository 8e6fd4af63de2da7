import { type Definition, oneOf } from "./ddl.ts";

/**
 * What was changed of partners, and when. Tokens for the copies of a serial batch stand with the other standing tokens
 * now; those that were handed out stay good.
 */
export const partnerHistory: Definition = ({ engine, text, int64, appended, appendOnly }) => [
  `create table partner_history (
    change_no ${engine === "sqlite" ? "integer primary key" : "bigint generated always as identity primary key"},
    partner_id ${text} not null references partners (id),
    change text not null ${oneOf("change", ["edited", "ended", "resumed"])},
    changed text not null,
    recorded_at ${int64} not null
  ) ${appended}`,
  "create index partner_history_by_partner on partner_history (partner_id, change_no)",
  ...appendOnly("partner_history"),
  "drop table serial_tokens",
];
