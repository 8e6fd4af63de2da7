import type { Command } from "commander";
import { describeCommand } from "../../cli/describe-command.ts";
import type { Run } from "../../deps/run.ts";
import type { Person } from "../persons.ts";

/** Hangs the commands about what is kept of one customer into the noun `person`. */
export function addPersonDataCommands(noun: Command, run: Run): void {
  named(noun, "export", "print everything that is kept of a person").action(
    run(async (cli, person: Person) => {
      const { exportPerson } = await import("../persons.ts");
      const found = await cli.withDeps((deps) => exportPerson(deps, person));
      cli.print(found, () => `${JSON.stringify(found, null, 2)}\n`);
    }),
  );
  named(noun, "erase", "erase a person; orders and bookings stay without it")
    .option("--dry-run", "only count what would be erased")
    .action(
      run(async (cli, { dryRun = false, ...person }: Person & { dryRun?: boolean }) => {
        const { erasePerson } = await import("../persons.ts");
        const report = await cli.withDeps((deps) => erasePerson(deps, person, { dryRun }));
        const { registrations, rows, orders, stays } = report;
        cli.print(
          report,
          () =>
            `${dryRun ? "Would be erased" : "Erased"}: ${registrations} registrations, ${rows} rows, the person of ${orders} orders.\n${stays}\n`,
        );
      }),
    );
}

const named = (noun: Command, name: string, summary: string): Command =>
  describeCommand(noun, name, { summary, example: `person ${name} --email customer@example.com` })
    .option("--email <address>", "by an e-mail address")
    .option("--licence <licence>", "by a licence");
