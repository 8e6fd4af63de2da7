import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { createBackup } from "../../server/src/backups/create-backup.ts";
import { addPartner } from "../../server/src/channel/partners.ts";
import type { Config } from "../../server/src/config/config.ts";
import { loadConfig } from "../../server/src/config/load-config.ts";
import { openDeps } from "../../server/src/receiver/start/open-deps.ts";
import { runInProcess } from "../../server/src/receiver/testing/spawn-command-line.ts";
import { systemClock } from "../../server/src/words/clock.ts";

const silent = { info() {}, warn() {}, error() {}, flush() {} };

/** A receiver's folder as `init` writes it, with a partner, and a place beside it for what a test makes of it. */
export interface BackupWorld {
  folder: string;
  config: Config;
  /** Runs the command line in the folder. */
  run(...args: string[]): ReturnType<typeof runInProcess>;
  /** A path beside the folder. */
  beside(name: string): string;
  /** Makes a backup; returns its path. */
  backup(name: string, passphrase?: string): Promise<string>;
}

/** Writes a receiver's folder. It is removed when the test has finished. */
export async function openBackupWorld(change: (written: Record<string, unknown>) => object = (same) => same) {
  const place = mkdtempSync(join(tmpdir(), "tallystick-backup-"));
  onTestFinished(() => rmSync(place, { recursive: true, force: true }));
  const folder = join(place, "receiver");
  const beside = (name: string) => join(place, name);
  await runInProcess(["init", "--dir", folder], { cwd: place });
  const file = join(folder, "tallystick.config.json");
  const deps = await openDeps(await loadConfig({ file, env: {} }), { log: silent });
  await addPartner(deps, { id: "north", name: "North", percent: 20 });
  await deps.store.close();
  writeFileSync(file, JSON.stringify(change(JSON.parse(readFileSync(file, "utf8")))));
  const config = await loadConfig({ file, env: {} });
  const world: BackupWorld = {
    folder,
    config,
    beside,
    run: (...args) => runInProcess(args, { cwd: folder }),
    backup: async (name, passphrase) => {
      const options = { config, env: {}, now: systemClock(), file: beside(name) };
      return (await createBackup({ ...options, ...(passphrase === undefined ? {} : { passphrase }) })).file;
    },
  };
  return world;
}
