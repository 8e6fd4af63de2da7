import type { Command } from "commander";
import { describeCommand } from "../../cli/describe-command.ts";
import type { Run } from "../../deps/run.ts";
import type { StarterChoice } from "./starter-files.ts";

/** `init`: everything a receiver needs to run at once on this machine. */
export function addInit(program: Command, run: Run): void {
  describeCommand(program, "init", {
    summary: "write a configuration with its secrets, a signing key and the database; overwrites nothing",
    example: "init --dir receiver",
  })
    .option("--dir <dir>", "the folder to write into", ".")
    .option("--issuer <url>", "the receiver's public https address; tokens carry it, so decide it once")
    .option("--product <id>", "your product's id: a-z, 0-9, dot, underscore and hyphen")
    .option("--name <name>", "your product's name, as customers read it")
    .option("--shop <kind>", "the kind of shop you sell at, such as stripe, paddle or standard-webhooks")
    .action(
      run(async (cli, { dir, ...named }: { dir: string } & StarterChoice) => {
        const { writeStarterFiles, nextCommands } = await import("./starter-files.ts");
        const { askMissing } = await import("../commands/ask-missing.ts");
        const chosen = cli.json ? named : await askMissing(cli.terminal, named);
        const { shop } = chosen;
        const { config: configFile, secrets, product } = writeStarterFiles(dir, chosen);
        const config = await cli.loadConfig(configFile);
        const { listKeys } = await import("../../keys/signing-keys.ts");
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
            ...(shop === undefined
              ? []
              : [
                  `Replace what stands in ${secrets[1]} and in products[0].checkout.url by your shop's own:`,
                  `the project's docs/shops say where ${shop} keeps them.`,
                  "",
                ]),
            "Next",
            ...nextCommands(cli.terminal.name, dir, product).map((command) => `  ${command}`),
            "",
          ].join("\n"),
        );
      }),
    );
}
