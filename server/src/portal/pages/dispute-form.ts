import { z } from "@hono/zod-openapi";
import { boundText } from "../../config/config-problems.ts";
import type { Claim } from "../../disputes/claim.ts";
import type { SentFile } from "../../disputes/evidence-file.ts";
import { plainText } from "../../http/schemas.ts";
import { Refusal } from "../../words/refusal.ts";

const members = {
  number: plainText(256),
  serial: plainText(256),
  date: z.iso.date(),
  product: plainText(64),
} as const;

/** The names of a claim's fields. */
export const claimFields = ["number", "serial", "date", "product"] as const;

/**
 * Which order a form names. Fields that are empty name nothing.
 *
 * @throws {Refusal} `request_invalid` where a field cannot be what it should
 */
export function readClaim(form: URLSearchParams): Claim {
  const claim: Claim = {};
  for (const name of claimFields) {
    const text = form.get(name)?.trim() ?? "";
    if (text === "") continue;
    const read = members[name].safeParse(text);
    if (!read.success)
      throw new Refusal("request_invalid", `${name}: ${read.error.issues.map(boundText)[0]}`);
    claim[name] = read.data;
  }
  return claim;
}

/** The file that came with a form; undefined where none was chosen, which browsers send as an empty one. */
export async function sentFile(files: ReadonlyMap<string, File> | undefined): Promise<SentFile | undefined> {
  const file = files?.get("file");
  if (file === undefined || (file.size === 0 && file.name === "")) return undefined;
  return {
    name: file.name,
    type: file.type.split(";")[0] ?? "",
    base64: Buffer.from(await file.arrayBuffer()).toString("base64"),
  };
}
