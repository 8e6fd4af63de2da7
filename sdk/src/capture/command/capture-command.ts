import { join } from "node:path";
import { parseArgs } from "node:util";
import {
  checkClaims,
  createKeySet,
  idPattern,
  type KeySet,
  type ParsedToken,
  parseToken,
  verifyToken,
} from "../../protocol/index.ts";
import type { Surroundings } from "../../runtime/surroundings.ts";
import { searchToken } from "../capture.ts";
import type { Carrier, CarrierFinding } from "../carrier.ts";
import { environmentCarrier } from "../environment.ts";
import { explicitCarrier } from "../explicit.ts";
import { sidecarName } from "../sidecar.ts";
import { machineFolders } from "../sidecar-folders.ts";
import { fileFinding } from "../stamped/file-token.ts";
import { lookForStamps } from "../stamped/look-for-stamps.ts";
import { readKeys } from "./read-keys.ts";
import { writeSidecar } from "./write-sidecar.ts";

/** What `--help` prints. */
export const usage = `Usage: tallystick-capture --product ID [FILE...] [options]

For the script that an installer runs: finds the token of the copy and writes it to ${sidecarName}, where the
product finds it at its first start.

  FILE             what to look in, in order: an installer, a package, a saved end of one, or a text with the token;
                   without any, TALLYSTICK_TOKEN and then what the copy came in are looked at
  --product ID     the product's id
  --token TOKEN    a token that was handed over, such as an installer's property
  --out FOLDER     where to write; by default the machine-wide folder of the product
  --keys FILE      the receiver's public keys (jwks.json): a token that they do not verify is refused
  --issuer URL     the receiver's address, who must have signed it; beside --keys
  --replace        write over a token that is there; otherwise the first one stays
  --dry-run        say what would be written
  --json           one JSON document on standard output
  --help           this text

Exit code 0 written or there already, 1 nothing found or not writable, 2 wrong use. A token is never printed.
An installation should not fail for want of a token: end the line with "|| true".`;

/** What the command came to: for the process to print and to end with. */
export interface CommandResult {
  exitCode: 0 | 1 | 2;
  /** Standard output. */
  out?: string;
  /** Standard error. */
  say?: string;
}

/** Runs `tallystick-capture` with its arguments. Never throws. */
export async function captureCommand(
  args: readonly string[],
  surroundings: Surroundings,
): Promise<CommandResult> {
  const options = readOptions(args);
  if (typeof options === "string") return { exitCode: 2, say: `${options}\n\n${usage}` };
  if (options.help) return { exitCode: 0, out: usage };
  const { product, json } = options;
  let keys: KeySet | undefined;
  try {
    keys = options.keys === undefined ? undefined : createKeySet(readKeys(options.keys));
  } catch (error) {
    return { exitCode: 2, say: `--keys: ${(error as Error).message}` };
  }
  const verify = (token: string) => judge(token, { ...options, keys });
  const context = { ...surroundings, product, token: options.token };
  const { found, attempts } = await searchToken(carriersFor(options.files), context, verify);
  if (found === undefined) {
    const places = attempts.map(({ where, code }) => `  ${where}: ${code}`).join("\n");
    const say = `No token was found for ${product}. Looked in\n${places}`;
    return { exitCode: 1, say, ...(json ? { out: JSON.stringify({ code: "not_found", attempts }) } : {}) };
  }
  const file = join(options.out ?? machineFolders(context)[0] ?? ".", sidecarName);
  const code = options.dryRun ? "would_write" : writeSidecar(file, found.token, options.replace);
  const { sub: partner, jti: tokenId } = found.verified.claims;
  const result = { code, file, partner, tokenId, from: found.where, verified: keys !== undefined };
  return {
    exitCode: code === "file_unwritable" ? 1 : 0,
    say: sentences[code]
      .replace("{file}", () => file)
      .replace("{partner}", partner)
      .replace("{from}", () => found.where),
    ...(json ? { out: JSON.stringify(result) } : {}),
  };
}

const sentences = {
  written: "Wrote the token of {partner}, found in {from}, to {file}.",
  exists: "{file} is there already and stays: the first token counts. --replace writes over it.",
  file_unwritable:
    "{file} cannot be written. Run this with the installer's rights, or name another folder with --out.",
  would_write: "Would write the token of {partner}, found in {from}, to {file}.",
} as const;

/** Files that are named are all that is looked in: a script that names one wants to know whether that one has a token. */
function carriersFor(files: readonly string[]): readonly Carrier[] {
  if (files.length === 0)
    return [
      explicitCarrier,
      environmentCarrier,
      { name: "stamp", look: (context) => lookForStamps(context) },
    ];
  const look = async function* (): AsyncGenerator<CarrierFinding> {
    for (const file of files) yield await fileFinding(file);
  };
  return [explicitCarrier, { name: "file", look }];
}

interface Judged {
  product: string;
  keys: KeySet | undefined;
  issuer: string | undefined;
}

/** Without keys a token is only read: the product verifies it with its own. */
async function judge(token: string, { product, keys, issuer }: Judged): Promise<ParsedToken> {
  const parsed = parseToken(token);
  if (!parsed.ok) return parsed;
  const claimed = { product, issuer: issuer ?? parsed.claims.iss, now: Date.now(), judgeIssuedAt: false };
  if (keys !== undefined) return verifyToken(token, { ...claimed, keys });
  const code = checkClaims(parsed.claims, claimed);
  return code === undefined ? parsed : { ok: false, code };
}

function readOptions(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        product: { type: "string" },
        token: { type: "string" },
        out: { type: "string" },
        keys: { type: "string" },
        issuer: { type: "string" },
        replace: { type: "boolean", default: false },
        "dry-run": { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    const { product = "", token, out, keys, issuer, replace, json, help } = values;
    if (!help && !idPattern.test(product)) return "--product: expected the product's id";
    if (issuer !== undefined && keys === undefined) return "--issuer: expected --keys beside it";
    if (keys !== undefined && issuer === undefined) return "--keys: expected --issuer beside it";
    const dryRun = values["dry-run"];
    return { product, token, out, keys, issuer, replace, dryRun, json, help, files: positionals };
  } catch (error) {
    return (error as Error).message;
  }
}
