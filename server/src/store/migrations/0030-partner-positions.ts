import type { Definition } from "./ddl.ts";

/**
 * Who stands above whom, since when. The column it takes the place of is emptied where it cannot be dropped: SQLite keeps
 * columns that refer to another table.
 */
export const partnerPositions: Definition = ({ engine, text, int64, appended, appendOnly }) => [
  `create table partner_positions (
    position_no ${engine === "sqlite" ? "integer primary key" : "bigint generated always as identity primary key"},
    partner_id ${text} not null references partners (id),
    parent_id ${text} references partners (id) check (parent_id <> partner_id),
    since ${int64} not null,
    recorded_at ${int64} not null
  ) ${appended}`,
  "create index partner_positions_by_partner on partner_positions (partner_id, since, position_no)",
  `insert into partner_positions (partner_id, parent_id, since, recorded_at)
    select id, parent_id, created_at, created_at from partners where parent_id is not null order by id`,
  ...appendOnly("partner_positions"),
  "drop index partners_by_parent",
  engine === "sqlite" ? "update partners set parent_id = null" : "alter table partners drop column parent_id",
];
