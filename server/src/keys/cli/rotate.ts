import type { Command } from "commander";
import { describeCommand } from "../../cli/describe-command.ts";
import type { Run } from "../../cli/run.ts";
import type { KeyDeps } from "../signing-keys.ts";

/** `key rotate`: a new key signs from now on, the older one still verifies. */
export function addKeyRotate(parent: Command, run: Run<KeyDeps>): void {
  describeCommand(parent, "rotate", {
    summary: "make a new key that signs from now on; tokens of the older one stay good",
    example: "key rotate",
  }).action(
    run(async (cli) => {
      const { rotateKey } = await import("../signing-keys.ts");
      const key = await cli.withDeps(rotateKey);
      cli.print(key, () => `${key.kid} signs from now on; tokens of the key before it stay good.\n`);
      cli.say("Build the new public keys (/.well-known/jwks.json) into the product's next release.");
    }),
  );
}
