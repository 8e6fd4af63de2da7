import type { Kysely } from "kysely";
import { Migrator } from "kysely/migration";
import { MigrationError } from "../migrate.ts";
import type { Engine } from "../query.ts";
import type { Schema } from "../schema.ts";
import { migrationsFor } from "./index.ts";

/** Runs the migrations that have not run yet. Throws `MigrationError`; then the database is as it was. */
export async function runMigrations(
  db: Kysely<Schema>,
  engine: Engine,
  options?: { disableTransactions: boolean },
): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrationsFor(engine) } });
  const { error, results } = await migrator.migrateToLatest(options);
  if (!error) return;
  const failed = results?.find((result) => result.status === "Error")?.migrationName;
  const reason = error instanceof Error ? error.message : String(error);
  throw new MigrationError(`migration ${failed ?? "of the database"} failed: ${reason}`, { cause: error });
}
