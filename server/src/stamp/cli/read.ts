import type { AttributionClaims } from "@tallystick/sdk/protocol";
import type { Command } from "commander";
import { formatTime } from "../../cli/amounts-and-times.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { describeFailure } from "../../cli/failure.ts";
import { formatFields } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import { withSource } from "./copy.ts";

/** What the receiver says of the token that was found. */
type Verdict =
  | { verdict: "good" }
  | { verdict: "refused"; code: string; message: string }
  | { verdict: "unverified"; message: string };

type ReadResult = {
  file: string;
  container: string;
  token: string;
  claims: AttributionClaims | null;
} & Verdict;

/** `stamp read FILE`: whose token a file carries, and whether it counts. */
export function addStampRead(parent: Command, run: Run): void {
  describeCommand(parent, "read", {
    summary: "read the token in a file; with a configuration at hand, verify it as a click would",
    example: "stamp read north/setup.exe",
  })
    .argument("<file>", "the stamped file")
    .action(
      run(async (cli, file: string) => {
        const { readStamp, StampError } = await import("@tallystick/sdk/stamp");
        const { parseToken } = await import("@tallystick/sdk/protocol");
        const reading = await withSource(file, readStamp);
        if (reading.code === "absent") throw new StampError("stamp_absent", `${file} carries no stamp.`);
        const { container, token } = reading;
        const parsed = parseToken(token);
        const verdict = await verify(cli, token);
        const claims = parsed.ok ? parsed.claims : null;
        const result: ReadResult = { file, container, token, claims, ...verdict };
        cli.print(result, () => resultText(result));
        if (verdict.verdict !== "good") cli.say(verdict.message);
        if (verdict.verdict === "refused") cli.exitWith(1);
      }),
    );
}

type Cli = Parameters<Parameters<Run>[0]>[0];

/** Without a configuration there are no keys to verify with, and a stamp is only a claim. */
async function verify(cli: Cli, token: string): Promise<Verdict> {
  const config = await cli.findConfig();
  if (config === undefined)
    return {
      verdict: "unverified",
      message: "The token was not verified: name the receiver's configuration with --config for that.",
    };
  const { verifyIssuedToken } = await import("../../tokens/tokens.ts");
  try {
    await cli.withDeps((deps) => verifyIssuedToken(deps, token), config);
    return { verdict: "good" };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "Refusal") throw error;
    const { code, message } = describeFailure(error);
    return { verdict: "refused", code, message };
  }
}

function resultText({ container, claims, verdict }: ReadResult): string {
  return formatFields([
    ["container", container],
    ["partner", claims?.sub ?? null],
    ["product", claims?.aud ?? null],
    ["batch", claims?.batch ?? null],
    ["issuer", claims?.iss ?? null],
    ["issued", claims === null ? null : formatTime(new Date(claims.iat * 1000).toISOString())],
    ["jti", claims?.jti ?? null],
    ["token", verdict],
  ]);
}
