import type { Definition } from "./ddl.ts";

/** What people and keys have changed. */
export const audit: Definition = ({ engine, text, int64, appended, appendOnly }) => [
  `create table audit_entries (
    entry_no ${engine === "sqlite" ? "integer primary key" : "bigint generated always as identity primary key"},
    at ${int64} not null,
    actor ${text} not null check (actor <> ''),
    action ${text} not null check (action <> ''),
    subject ${text}
  ) ${appended}`,
  "create index audit_entries_by_subject on audit_entries (subject, entry_no) where subject is not null",
  ...appendOnly("audit_entries"),
];
