import { type Definition, oneOf } from "./ddl.ts";

/** What a person set off and what takes long: how far it is, and what came of it. */
export const works: Definition = ({ text, int64, clustered }) => [
  `create table works (
    work_id ${text} primary key not null,
    kind ${text} not null,
    about text,
    state ${text} not null ${oneOf("state", ["running", "done", "failed"])},
    progress text not null,
    result text,
    problem text,
    started_by ${text} not null,
    started_at ${int64} not null,
    beat_at ${int64} not null,
    ended_at ${int64}
  ) ${clustered}`,
];
