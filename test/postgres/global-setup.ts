import type { TestProject } from "vitest/node";
import { startPostgres } from "./embedded.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Of a PostgreSQL superuser, to a database that only serves to make others. */
    postgresUrl: string;
  }
}

/**
 * Gives all tests one PostgreSQL server: an installed one, named by `TALLYSTICK_TEST_POSTGRES_URL`, or one from npm
 * that is stopped and removed at the end. Where neither can be had the run fails.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const installed = process.env.TALLYSTICK_TEST_POSTGRES_URL;
  if (installed) {
    project.provide("postgresUrl", installed);
    return undefined;
  }
  const server = await startPostgres();
  project.provide("postgresUrl", server.url);
  return server.stop;
}
