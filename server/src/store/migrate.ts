import { migrationNames } from "./migrations/names.ts";

/** The database is newer than this program, or its record of migrations is damaged. */
export class MigrationError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "MigrationError";
  }
}

/**
 * Whether every migration has run, by the names of those that have, so that a start-up need not take a lock.
 *
 * @throws {MigrationError} when the database has seen a newer program
 */
export function isMigrated(names: readonly string[]): boolean {
  const [newer] = names.filter((name) => !migrationNames.includes(name));
  if (newer !== undefined)
    throw new MigrationError(
      `the database was brought up to date by a newer version of this program (${newer}): use that version, or the backup from before`,
    );
  return names.join() === migrationNames.join();
}

/** The names of the migrations that have run, in their order; `ask` runs a statement on the database. */
export async function ranMigrations(
  ask: (text: string) => readonly { name: string }[] | Promise<readonly { name: string }[]>,
): Promise<string[]> {
  try {
    const rows = await ask("select name from kysely_migration order by name");
    return rows.map((row) => row.name);
  } catch {
    // Most likely the table is not there yet. Any other reason stops the migration itself, with its own words.
    return [];
  }
}
