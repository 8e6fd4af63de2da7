import type { Config } from "../config/config.ts";
import { ConfigError, type ConfigProblem } from "../config/config-error.ts";
import { openFileSource } from "../stamp/file-source.ts";
import { planStamp } from "../stamp/plan-stamp.ts";
import { sampleToken } from "../tokens/sample-token.ts";
import { downloadBatch } from "./open-download.ts";

/**
 * Plans a stamp for every installer of the configuration, so that a mistake is told at the start and not by customers.
 *
 * @throws ConfigError that names each installer that is missing or cannot be stamped.
 */
export async function checkInstallers(config: Config): Promise<void> {
  const problems: ConfigProblem[] = [];
  for (const [at, { id, installers }] of [...config.products.values()].entries())
    for (const [index, path] of installers.entries()) {
      const message = await problemOf(path, sampleToken(config, { product: id, batch: downloadBatch }));
      if (message !== undefined) problems.push({ path: `products[${at}].installers[${index}]`, message });
    }
  if (problems.length > 0) throw new ConfigError(problems);
}

async function problemOf(path: string, token: string): Promise<string | undefined> {
  try {
    const source = await openFileSource(path);
    try {
      await planStamp(source, token);
    } finally {
      await source.close();
    }
    return undefined;
  } catch (error) {
    return `expected an installer that can be stamped: ${(error as Error).message}`;
  }
}
