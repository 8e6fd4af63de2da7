import type { Config } from "./config.ts";
import { ConfigError } from "./config-error.ts";
import { toConfig } from "./config-of-file.ts";
import { schemaProblems } from "./config-problems.ts";
import { configSchema } from "./config-schema.ts";
import { crossProblems } from "./cross-problems.ts";
import { type Environment, override } from "./override-config.ts";

/**
 * Checks a configuration that was read already; `file` says where relative paths count from.
 *
 * @throws {ConfigError} with every problem that was found
 */
export function parseConfig(content: unknown, { file, env }: { file: string; env: Environment }): Config {
  const overridden = override(content, env);
  // Checked once: what zod would compile for the next time costs more than the checking.
  const parsed = configSchema.safeParse(overridden.content, { jitless: true });
  const problems = [
    ...(parsed.success ? [] : schemaProblems(parsed.error, overridden.content)),
    ...crossProblems(overridden.content),
  ].map((problem) => ({ ...problem, path: overridden.names.get(problem.path) ?? problem.path }));
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems, file);
  return toConfig(parsed.data, file);
}
