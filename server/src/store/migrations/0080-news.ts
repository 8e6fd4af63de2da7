import type { Definition } from "./ddl.ts";

/** What the vendor tells its partners: written once, never changed, taken back at the most. */
export const news: Definition = ({ text, int64, clustered }) => [
  `create table news (
    news_id ${text} primary key not null,
    title text not null,
    body text not null,
    written_by text not null,
    written_at ${int64} not null,
    withdrawn_at ${int64}
  ) ${clustered}`,
];
