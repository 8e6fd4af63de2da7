import { Socket } from "node:net";
// Taken from the module rather than the global object, so that a test's false clock does not stop the store.
import { setImmediate } from "node:timers";
import pg from "pg";
import { exactIntegers } from "./types.ts";

/** How long a statement may take before the database itself ends it, in milliseconds. A usual one takes some. */
const serverPatience = {
  statement_timeout: 30_000,
  lock_timeout: 10_000,
  idle_in_transaction_session_timeout: 60_000,
};

/**
 * How long an answer is waited for. The database ends what takes long by itself, so beyond that nobody is there: a
 * machine without power, a firewall that forgot the connection. Writes are small, so their silence is noticed sooner.
 */
export const patience = { writeMs: 15_000, readMs: serverPatience.statement_timeout + 2_000 };

/** How long a connection may take to come about, or to be free. */
const connectWithinMs = 10_000;

/** Whether a statement failed only because no answer came. */
export const isSilence = (error: unknown): boolean =>
  error instanceof Error && error.message === "Query read timeout";

/** All connections of a store, whichever pool they belong to. */
export class Lines {
  readonly #sockets = new Set<Socket>();
  readonly #heardAtMs = new Map<pg.ClientBase, number>();
  #areCut = false;

  /** Makes the socket of a new connection. */
  readonly open = (): Socket => {
    const socket = new Socket();
    this.#sockets.add(socket);
    socket.once("close", () => this.#sockets.delete(socket));
    if (this.#areCut) setImmediate(() => socket.destroy());
    return socket;
  };

  /** Notes that an answer came on a connection. */
  heard(client: pg.ClientBase): void {
    this.#heardAtMs.set(client, performance.now());
  }

  /** True once all are cut for good. */
  get areCut(): boolean {
    return this.#areCut;
  }

  forget(client: pg.ClientBase): void {
    this.#heardAtMs.delete(client);
  }

  /**
   * Where one connection has gone silent others have too. Those that nothing was heard on since that moment are cut,
   * resting ones with them, so that each need not be waited for in turn.
   */
  cutSilentSince(sinceMs: number): void {
    for (const [client, heardAtMs] of this.#heardAtMs) if (heardAtMs <= sinceMs) destroy(client);
  }

  /** Cuts every connection, also those that are still to be made; what is asked on them fails. */
  cut(): void {
    this.#areCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }
}

/** pg has no word for it that does not wait for an answer. */
function destroy(client: pg.ClientBase): void {
  (client as unknown as { connection: { stream: Socket } }).connection.stream.destroy();
}

/** A pool whose connections are durable in patience: neither side waits for ever for the other. */
export function openPool(url: string, lines: Lines, config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    connectionTimeoutMillis: connectWithinMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: "tallystick",
    types: exactIntegers,
    stream: lines.open,
    ...config,
  });
  // A connection that breaks tells it twice: as the rejection of what was asked on it, which the caller sees, and as
  // an event, which without a listener would end the process.
  pool.on("error", () => {});
  pool.on("connect", (client) => {
    client.on("error", () => {});
    lines.heard(client);
  });
  pool.on("remove", (client) => lines.forget(client));
  return pool;
}

// Said after connecting, since PgBouncer refuses a connection that asks for them at its start. Where it hands one
// connection to many in turn, the settings stay with it, and are the same for all who share it.
const settings = Object.entries(serverPatience)
  .map(([name, ms]) => `set ${name} = ${ms}`)
  .join("; ");

/** What each connection of a pool for work is told first. */
export const becomePatient = async (client: pg.ClientBase): Promise<void> => {
  await client.query({ text: settings, query_timeout: connectWithinMs } as pg.QueryConfig);
};
