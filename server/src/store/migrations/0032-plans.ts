import { type Definition, oneOf } from "./ddl.ts";

/** Commission plans, whom they pay since when, and what a decision froze of its plan. */
export const plans: Definition = ({ engine, text, int64, appended, clustered, appendOnly }) => [
  `create table plans (
    plan_id ${text} not null,
    version ${int64} not null check (version > 0),
    document text not null,
    added_at ${int64} not null,
    primary key (plan_id, version)
  ) ${clustered}`,
  ...appendOnly("plans"),
  `create table plan_assignments (
    assignment_no ${engine === "sqlite" ? "integer primary key" : "bigint generated always as identity primary key"},
    plan_id ${text} not null,
    version ${int64} not null,
    target text not null ${oneOf("target", ["partner", "kind", "default"])},
    target_id ${text} not null,
    since ${int64} not null,
    recorded_at ${int64} not null,
    foreign key (plan_id, version) references plans (plan_id, version)
  ) ${appended}`,
  "create index plan_assignments_by_target on plan_assignments (target, target_id, since, assignment_no)",
  ...appendOnly("plan_assignments"),
  "alter table decisions add column plan text",
];
