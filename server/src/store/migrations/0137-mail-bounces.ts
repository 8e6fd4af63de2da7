import type { Definition } from "./ddl.ts";

/**
 * Addresses that a mail server refused for good: what is known of one outlives the mail that told it. Begun with what the
 * mail that is kept tells.
 */
export const mailBounces: Definition = ({ text, int64, clustered }) => [
  `create table mail_bounces (
    recipient_hash ${text} primary key not null,
    bounces ${int64} not null,
    bounced_at ${int64} not null,
    problem text not null
  ) ${clustered}`,
  `insert into mail_bounces (recipient_hash, bounces, bounced_at, problem)
    select recipient_hash, count(*), max(coalesce(settled_at, created_at)), max(problem) from mails
    where state = 'failed' and problem like 'RCPT TO: answer 5%' group by recipient_hash`,
];
