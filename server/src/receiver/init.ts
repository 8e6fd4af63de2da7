import { type Command, Option } from "commander";
import { describeCommand } from "../cli/describe-command.ts";
import type { Run } from "../deps/run.ts";
import { starterKinds } from "./starter-shops.ts";

type InitOptions = import("./starter-files.ts").Chosen & { dir: string };

/** `init`: everything a receiver needs to run at once on this machine. */
export function addInit(program: Command, run: Run): void {
  describeCommand(program, "init", {
    summary: "write a configuration with its secrets, a signing key and the database; overwrites nothing",
    example: 'init --dir receiver --product acme-paint --name "Acme Paint" --shop stripe',
  })
    .option("--dir <dir>", "the folder to write into", ".")
    .option("--issuer <url>", "the receiver's public https address; tokens carry it, so decide it once")
    .option("--product <id>", "your product's id: a-z, 0-9, dot, underscore and hyphen")
    .option("--name <name>", "your product's name, as people read it")
    .addOption(new Option("--shop <kind>", "where it is sold").choices(starterKinds))
    .addHelpText("after", "\nOn a terminal it asks for what is left out.")
    .action(
      run(async (cli, { dir, ...given }: InitOptions) => {
        const { writeStarterFiles, nextCommands } = await import("./starter-files.ts");
        const { askForStart, canAsk } = await import("./ask-for-start.ts");
        const isAsked = !cli.json && canAsk(cli.terminal);
        const chosen = isAsked ? await askForStart(cli.terminal, given) : given;
        const { config: configFile, secrets } = writeStarterFiles(dir, chosen);
        const config = await cli.loadConfig(configFile);
        const { listKeys } = await import("../keys/signing-keys.ts");
        const [key] = await cli.withDeps(listKeys, config);
        const result = {
          config: configFile,
          database: config.database.engine === "sqlite" ? config.database.path : config.database.engine,
          keys: config.keysFolder,
          kid: key?.kid ?? null,
          secrets,
        };
        cli.print(result, () =>
          [
            "Wrote",
            `  ${result.config}`,
            ...secrets.map((file) => `  ${file}`),
            `  ${result.keys}`,
            `  ${result.database}`,
            "",
            "Next",
            ...nextCommands(cli.terminal.name, dir, chosen.product).map((command) => `  ${command}`),
            "",
          ].join("\n"),
        );
      }),
    );
}
