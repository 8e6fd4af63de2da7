import type { Definition } from "./ddl.ts";

/**
 * What is kept of a correction of an order beside its event: the paper behind it, who entered and who approved it, and
 * what it takes back. One is taken back once.
 */
export const corrections: Definition = ({ engine, text, int64, appended, appendOnly }) => [
  `create table corrections (
    correction_no ${engine === "sqlite" ? "integer primary key" : "bigint generated always as identity primary key"},
    shop ${text} not null,
    correction_id ${text} not null unique,
    reference text,
    reverses ${text},
    movements text not null,
    entered_by text not null,
    approved_by text,
    booked_at ${int64} not null,
    check (approved_by is null or approved_by <> entered_by)
  ) ${appended}`,
  `create unique index corrections_reversed_once on corrections (reverses) where reverses is not null`,
  ...appendOnly("corrections"),
];
