import type { Definition } from "./ddl.ts";

/** By which provider somebody signed in, and as whom and in which session there: what a sign-out at the provider ends. */
export const providerSessions: Definition = ({ text }) => [
  `alter table sessions add column provider ${text}`,
  `alter table sessions add column provider_subject ${text}`,
  `alter table sessions add column provider_session ${text}`,
  "create index sessions_by_provider on sessions (provider_subject) where provider_subject is not null",
];
