import { text } from "node:stream/consumers";
import type { Command } from "commander";
import { describeCommand } from "../../cli/describe-command.ts";
import { CommandRefusal } from "../../cli/failure.ts";
import { formatFields } from "../../cli/table.ts";
import type { Deps } from "../../deps/deps.ts";
import type { Run } from "../../deps/run.ts";
import { Refusal } from "../../words/refusal.ts";
import type { FileSource } from "../file-source.ts";
import { type CopyTerminal, withSource, writeCopy } from "./copy.ts";
import { type PlanSummary, placeOf, planFields, summarise } from "./plan-text.ts";

interface WriteOptions {
  partner?: string;
  product?: string;
  batch?: string;
  token?: string;
  out?: string;
  dryRun?: boolean;
}

/** Whose token a file gets. `token` is what goes into it; of a dry run's new token only the length is true. */
interface Stamped {
  token: string;
  jti: string | null;
  partner: string;
  product: string;
  batch: string | null;
}

/** What `stamp` prints. */
interface WriteResult extends PlanSummary, Omit<Stamped, "token"> {
  /** The partner whose stamp the file had before, as that stamp says. */
  replaced: string | null;
}

/** `stamp FILE`: a copy of a file with a partner's token in it. */
export function addStampWrite(parent: Command, run: Run): void {
  describeCommand(parent, "write", {
    summary: "write a copy of an installer, an archive or a medium with a partner's token in it",
    example: "stamp write setup.exe --partner north-shop --product acme-paint --out north/setup.exe",
    isDefault: true,
  })
    .argument("<file>", "the original; it stays as it is")
    .option("--partner <id>", "who hands the copies out: a new token is issued")
    .option("--product <id>", "the product, as the configuration names it")
    .option("--batch <text>", "campaign, medium or print run")
    .option("--token <token>", "a token that was issued already, or - to read it from standard input")
    .option("--out <file>", "where the stamped copy goes; never the original itself")
    .option("--dry-run", "say what would be done; write nothing and issue no token")
    .action(
      run(async (cli, file: string, options: WriteOptions) => {
        checkOptions(options);
        const given = options.token === "-" ? (await text(cli.terminal.stdin)).trim() : options.token;
        const result = await withSource(file, (source) =>
          cli.withDeps((deps) => write(deps, cli, source, { ...options, token: given })),
        );
        cli.print(result, () => resultText(result));
        for (const note of result.notes) cli.say(note);
        if (result.out !== null) cli.say(`Wrote ${result.out}.`);
      }),
    );
}

function checkOptions({ partner, product, batch, token, out, dryRun }: WriteOptions): void {
  const isNew = partner !== undefined || product !== undefined || batch !== undefined;
  if (token !== undefined && isNew)
    throw new CommandRefusal(
      "usage",
      "--token names a token that has its partner, product and batch already.",
    );
  if (token === undefined && (partner === undefined || product === undefined))
    throw new CommandRefusal("usage", "Name --partner and --product for a new token, or a --token.");
  if (out === undefined && dryRun !== true)
    throw new CommandRefusal("usage", "Name the copy with --out, or look first with --dry-run.");
}

async function write(
  deps: Deps,
  cli: CopyTerminal,
  source: FileSource,
  options: Omit<WriteOptions, "token"> & { token: string | undefined },
): Promise<WriteResult> {
  const { readStamp } = await import("@tallystick/sdk/stamp");
  const { planStamp } = await import("../plan-stamp.ts");
  const { findTarget } = await import("../apply-plan.ts");
  const target = options.out === undefined || options.dryRun === true ? null : options.out;
  // Everything that may be refused is asked before a token is issued.
  if (options.out !== undefined) await findTarget(source, options.out);
  const before = await readStamp(source);
  await planStamp(source, options.token ?? (await sampleOf(deps, options)));
  const { token, ...whose } = await tokenFor(deps, options);
  const plan = await planStamp(source, token);
  if (target !== null) await writeCopy(cli, source, plan, target);
  const replaced = before.code === "stamped" ? await claimedPartner(before.token) : null;
  return { ...summarise({ source, plan, out: target }), replaced, ...whose };
}

/** As long as the token will be. */
async function sampleOf(
  { config }: Deps,
  order: { product?: string | undefined; partner?: string | undefined; batch?: string | undefined },
): Promise<string> {
  const { sampleToken } = await import("../../tokens/sample-token.ts");
  return sampleToken(config, { ...order, product: order.product ?? "" });
}

async function tokenFor(
  deps: Deps,
  {
    partner = "",
    product = "",
    batch,
    token,
    dryRun,
  }: Omit<WriteOptions, "token"> & { token: string | undefined },
): Promise<Stamped> {
  const tokens = await import("../../tokens/tokens.ts");
  if (token !== undefined) {
    const claims = await tokens.verifyIssuedToken(deps, token);
    return { token, jti: claims.jti, partner: claims.sub, product: claims.aud, batch: claims.batch ?? null };
  }
  if (dryRun === true) {
    const { showPartner } = await import("../../channel/partners.ts");
    await showPartner(deps, partner);
    if (![...deps.config.products.keys()].some((id) => id === product))
      throw new Refusal("product_unknown", `There is no product ${product} in the configuration.`);
    return {
      token: await sampleOf(deps, { partner, product, batch }),
      jti: null,
      partner,
      product,
      batch: batch ?? null,
    };
  }
  const issued = await tokens.issueToken(deps, { partner, product, batch });
  return { token: issued.token, jti: issued.jti, partner, product, batch: issued.batch };
}

async function claimedPartner(token: string): Promise<string> {
  const { parseToken } = await import("@tallystick/sdk/protocol");
  const parsed = parseToken(token);
  return parsed.ok ? parsed.claims.sub : "unknown";
}

const resultText = (result: WriteResult): string =>
  formatFields([
    ...planFields(result),
    ["place", placeOf(result.container)],
    ["partner", result.partner],
    ["product", result.product],
    ["batch", result.batch],
    ["jti", result.jti],
    ...(result.replaced === null ? [] : ([["replaces", `the stamp of ${result.replaced}`]] as const)),
  ]);
