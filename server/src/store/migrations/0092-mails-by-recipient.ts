import type { Definition } from "./ddl.ts";

/** A customer's page and `person export` look for what was mailed to one address. */
export const mailsByRecipient: Definition = () => [
  "create index mails_by_recipient on mails (recipient_hash)",
];
