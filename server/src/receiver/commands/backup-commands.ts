import type { Command } from "commander";
import { addBackupCommands } from "../../backups/cli/commands.ts";
import type { Run } from "../../deps/run.ts";

/** The backup's commands; a restored receiver is good when it opens, its keys are there, and its ledger adds up. */
export function addBackups(program: Command, run: Run): void {
  addBackupCommands(program, run, async (deps) => {
    const { listKeys } = await import("../../keys/signing-keys.ts");
    const { verifyLedger } = await import("../../orders/verify/verify.ts");
    const { existsSync } = await import("node:fs");
    const { join } = await import("node:path");
    const unsigned = (await listKeys(deps))
      .filter(
        ({ kid, status }) => status === "active" && !existsSync(join(deps.config.keysFolder, `${kid}.jwk`)),
      )
      .map(({ kid }) => `The private half of the key ${kid} is missing.`);
    return [...unsigned, ...(await verifyLedger(deps)).failures];
  });
}
