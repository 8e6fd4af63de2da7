import { inject } from "vitest";
import { createDatabase, type FreshDatabase } from "./create-database.ts";

/** Makes an empty database on the tests' PostgreSQL server. */
export function freshDatabase(): Promise<FreshDatabase> {
  return createDatabase(inject("postgresUrl"));
}

/** Makes a database with all tables, by copying one: a tenth of the time that the migrations take. */
export function migratedDatabase(): Promise<FreshDatabase> {
  return createDatabase(inject("postgresUrl"), { template: inject("postgresTemplate") });
}
