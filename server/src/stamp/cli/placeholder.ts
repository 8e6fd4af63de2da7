import { writeFile } from "node:fs/promises";
import { type Command, InvalidArgumentError } from "commander";
import { describeCommand } from "../../cli/describe-command.ts";
import { CommandRefusal } from "../../cli/failure.ts";
import { formatFields } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";

const defaultBytes = 2048;
const maxBytes = 4114;

/** `stamp placeholder`: the file that a vendor puts into a CD or DVD image, or gives a macOS app as an attribute. */
export function addStampPlaceholder(parent: Command, run: Run): void {
  describeCommand(parent, "placeholder", {
    summary: "make the room for a token that an ISO or DMG image needs before it can be stamped",
    example: "stamp placeholder --out disc/tallystick.token",
  })
    .requiredOption("--out <file>", "where it goes; at the root of a disc it is named tallystick.token")
    .option(
      "--bytes <count>",
      `its size, which a stamp cannot change: 64 to ${maxBytes}`,
      readSize,
      defaultBytes,
    )
    .action(
      run(async (cli, { out, bytes }: { out: string; bytes: number }) => {
        const { encodePlaceholder } = await import("@tallystick/sdk/stamp");
        const { explainFileError } = await import("../stamp-file-error.ts");
        try {
          await writeFile(out, encodePlaceholder(bytes), { flag: "wx" });
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code === "EEXIST")
            throw new CommandRefusal("files_exist", `${out} exists already, and is left as it is.`);
          throw explainFileError(error, out);
        }
        cli.print({ out, bytes }, () => formatFields([["bytes", String(bytes)]]));
        cli.say(`Wrote ${out}. docs/stamping.md tells how it gets into an image.`);
      }),
    );
}

function readSize(text: string): number {
  const size = Number(text);
  if (!/^\d{2,4}$/.test(text) || size < 64 || size > maxBytes)
    throw new InvalidArgumentError(`Expected a number of bytes from 64 to ${maxBytes}.`);
  return size;
}
