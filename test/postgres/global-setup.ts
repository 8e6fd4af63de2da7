import type { TestProject } from "vitest/node";
import { openStore } from "../../server/src/store/open-store.ts";
import { createDatabase } from "./create-database.ts";
import { type RunningPostgres, startPostgres } from "./embedded.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Of a PostgreSQL superuser, to a database that only serves to make others. */
    postgresUrl: string;
    /** The name of a database with all tables and no row, to copy. */
    postgresTemplate: string;
  }
}

interface TestServer extends Omit<RunningPostgres, "cluster"> {
  readonly template: string;
}

/** The server all projects of this run share. Each project loads this module anew, so it hangs on the process. */
interface Shared {
  server: Promise<TestServer> | undefined;
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
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.users += 1;
  shared.server ??= openServer();
  const { url, template } = await shared.server;
  project.provide("postgresUrl", url);
  project.provide("postgresTemplate", template);
  return async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    const server = await shared.server;
    shared.server = undefined;
    await server?.stop();
  };
}

async function openServer(): Promise<TestServer> {
  const installed = process.env.TALLYSTICK_TEST_POSTGRES_URL;
  const server = installed
    ? { url: installed, stop: async () => {} }
    : await startPostgres({ onDisk: false });
  try {
    const template = await createDatabase(server.url);
    const stop = async () => {
      await template.drop();
      await server.stop();
    };
    const store = await openStore({ engine: "postgres", url: template.url }, { poolSize: 1 });
    await store.migrate().finally(() => store.close());
    return { url: server.url, template: template.name, stop };
  } catch (cause) {
    await server.stop();
    throw cause;
  }
}
