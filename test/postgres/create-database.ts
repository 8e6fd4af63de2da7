import { randomBytes } from "node:crypto";
import pg from "pg";

/** A database of its own. */
export interface FreshDatabase {
  readonly name: string;
  readonly url: string;
  /** Removes it, whoever is still connected. */
  drop(): Promise<void>;
}

/**
 * Makes a database on a PostgreSQL server.
 *
 * @param options.template - the database to copy, to which nobody may be connected; without it the new one is empty
 */
export async function createDatabase(
  server: string,
  { template }: { template?: string } = {},
): Promise<FreshDatabase> {
  const name = `tallystick_test_${randomBytes(6).toString("hex")}`;
  // Copying whole files is faster than writing every page to the log, where no disk is waited for.
  const copied = template === undefined ? "" : ` template ${template} strategy file_copy`;
  await onServer(server, `create database ${name}${copied}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    name,
    url: url.href,
    drop: () => onServer(server, `drop database if exists ${name} with (force)`),
  };
}

async function onServer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
