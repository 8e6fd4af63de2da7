import { createHash } from "node:crypto";
import { basename } from "node:path";
import { idPattern } from "@tallystick/sdk/protocol";
import { requireSoldProduct } from "../config/sold-product.ts";
import type { Deps } from "../deps/deps.ts";
import { type PlannedBytes, patchedRange } from "../stamp/apply-plan.ts";
import { type FileSource, openFileSource } from "../stamp/file-source.ts";
import { planStamp } from "../stamp/plan-stamp.ts";
import { standingToken } from "../tokens/standing-tokens.ts";
import { as, type PartnerId, type ProductId } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import { createPlanMemory } from "./plan-memory.ts";

/** What a customer asks for, all of it from outside. */
export interface DownloadInput {
  product: string;
  partner: string;
  /** The installer's file name; the product's first one by default. */
  file?: string;
}

/** An installer, ready to be sent: the vendor's one file, with a partner's stamp over it. */
export interface Download {
  /** The installer's file name. */
  name: string;
  size: number;
  /** Changes with the installer and with the stamp; for a strong ETag. */
  version: string;
  /** False when the file is handed out as it is, since nobody is to be credited or nothing could be stamped. */
  stamped: boolean;
  /** Bytes from `start` up to and without `end`. */
  read(range: { start: number; end: number }): AsyncGenerator<Uint8Array>;
  close(): Promise<void>;
}

/** The batch that stands in the tokens of downloaded installers. */
export const downloadBatch = "download";
const memoryBytes = 16 * 1024 * 1024;

/**
 * What hands out installers. A copy costs a plan of a few kilobytes, made once for a partner and remembered; no copy
 * of the file is made, and the file may be replaced at any time: a download under way goes on with the old one.
 */
export function createDownloads(deps: Deps): (input: DownloadInput) => Promise<Download> {
  const plans = createPlanMemory(memoryBytes);

  return async (input) => {
    const product = requireSoldProduct(deps.config, input.product);
    const path = product.installers.find((one) => input.file === undefined || basename(one) === input.file);
    if (path === undefined) throw new Refusal("not_found", "There is nothing to download at this address.");
    const source = await openFileSource(path);
    try {
      const stamp = await stampFor(source, product.id, as.partner(input.partner));
      return downloadOf(source, stamp);
    } catch (error) {
      await source.close();
      throw error;
    }
  };

  /** A customer gets the program whatever is wrong with its seller: then as the vendor made it, and nobody is credited. */
  async function stampFor(source: FileSource, product: ProductId, partner: PartnerId) {
    // No partner is called so: the database need not be asked, which may refuse the text itself.
    if (!idPattern.test(partner)) return undefined;
    try {
      const { token, jti } = await standingToken(deps, { partner, product, batch: downloadBatch });
      const key = `${source.identity} ${jti}`;
      const plan = plans.get(key) ?? (await planStamp(source, token));
      plans.set(key, plan);
      return { plan, jti };
    } catch (error) {
      // An unknown partner gets the same answer as a known one: an address tells nothing about who sells.
      if (!(error instanceof Refusal)) deps.log.error("server.failed", { route: "/d", product }, error);
      return undefined;
    }
  }
}

function downloadOf(source: FileSource, stamp: { plan: PlannedBytes; jti: string } | undefined): Download {
  const plan = stamp?.plan ?? { patches: [], newLength: source.size };
  return {
    name: basename(source.path),
    size: plan.newLength,
    version: createHash("sha256")
      .update(`${source.identity} ${stamp?.jti ?? ""}`)
      .digest("base64url")
      .slice(0, 22),
    stamped: stamp !== undefined,
    read: (range) => patchedRange(source, plan, range),
    close: () => source.close(),
  };
}
