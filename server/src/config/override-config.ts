import type { ConfigProblem } from "./config-error.ts";

/** The environment, as the process got it. Only entry points read `process.env`; they pass it down. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Lays `DATABASE_URL`, `HOST` and `PORT` over the file. A problem in an overridden member is then told by the variable's name. */
export function override(content: unknown, env: Environment) {
  const names = new Map<ConfigProblem["path"], string>();
  if (typeof content !== "object" || content === null || Array.isArray(content)) return { content, names };
  const merged: Record<string, unknown> = { ...content };
  if (env.DATABASE_URL) {
    merged.database = env.DATABASE_URL;
    names.set("database", "DATABASE_URL");
  }
  if (env.HOST) {
    merged.listen = { ...Object(merged.listen), host: env.HOST };
    names.set("listen.host", "HOST");
  }
  if (env.PORT) {
    merged.listen = {
      ...Object(merged.listen),
      port: /^\d{1,9}$/.test(env.PORT) ? Number(env.PORT) : Number.NaN,
    };
    names.set("listen.port", "PORT");
  }
  return { content: merged, names };
}
