import { type Definition, oneOf } from "./ddl.ts";

/**
 * What the vendor tells its customers: service notices with everybody they are for, and the notices that a term ends. No
 * hash of an address or a licence stands here: who is meant is a customer's id, which leads to nobody once she is erased.
 */
export const customerNotices: Definition = ({ text, int64, clustered }) => [
  `create table service_notices (
    notice_id ${text} primary key not null,
    product ${text} not null,
    version text,
    title text not null,
    body text not null,
    written_by text not null,
    written_at ${int64} not null,
    gathered_to text not null,
    gathered_at ${int64},
    finished_at ${int64}
  ) ${clustered}`,
  "create index service_notices_unfinished on service_notices (notice_id) where finished_at is null",

  `create table service_notice_licences (
    notice_id ${text} not null references service_notices (notice_id),
    recipient_key ${text} not null,
    licence_key ${text} not null,
    customer_id ${text} not null,
    licence_end ${text},
    partner_id ${text} references partners (id),
    outcome text not null ${oneOf("outcome", ["waiting", "written", "blocked"])},
    reason text,
    primary key (notice_id, recipient_key, licence_key)
  ) ${clustered}`,
  "create index service_notice_waiting on service_notice_licences (notice_id, recipient_key) where outcome = 'waiting'",

  `create table renewal_notices (
    notice_key ${text} primary key not null,
    customer_id ${text} not null,
    product ${text} not null,
    licence_end ${text},
    partner_id ${text} references partners (id),
    ends_at ${int64} not null,
    days_before ${int64} not null,
    outcome text not null ${oneOf("outcome", ["written", "blocked"])},
    reason text,
    mail_id ${text},
    noted_at ${int64} not null
  ) ${clustered}`,
  "create index renewal_notices_by_mail on renewal_notices (mail_id) where mail_id is not null",
  "create index renewal_notices_by_time on renewal_notices (noted_at, notice_key)",

  `create table notice_stops (
    stop_key ${text} primary key not null,
    stopped_at ${int64} not null
  ) ${clustered}`,

  "create index mails_failed_to on mails (recipient_hash) where state = 'failed'",
];
