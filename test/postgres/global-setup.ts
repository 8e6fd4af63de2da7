import type { TestProject } from "vitest/node";
import { type RunningPostgres, startPostgres } from "./embedded.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Of a PostgreSQL superuser, to a database that only serves to make others. */
    postgresUrl: string;
  }
}

/** The server all projects of this run share. Each project loads this module anew, so it hangs on the process. */
interface Shared {
  server: Promise<RunningPostgres> | undefined;
  users: number;
}

const key = Symbol.for("tallystick.tests.postgres");
const onProcess = globalThis as Record<symbol, Shared | undefined>;
const shared = onProcess[key] ?? { server: undefined, users: 0 };
onProcess[key] = shared;

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
  shared.users += 1;
  shared.server ??= startPostgres({ onDisk: false });
  project.provide("postgresUrl", (await shared.server).url);
  return async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    const server = await shared.server;
    shared.server = undefined;
    await server?.stop();
  };
}
