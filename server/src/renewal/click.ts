import type { Config, ProductConfig } from "../config/config.ts";
import { requireSoldProduct } from "../config/sold-product.ts";
import type { Deps } from "../deps/deps.ts";
import { keptLicence } from "../orders/record/kept-licence.ts";
import { adoptHashes, formerOfLicence } from "../secrets/former-hashes.ts";
import { spellLicence } from "../secrets/licence-spelling.ts";
import type { Tx } from "../store/store.ts";
import { findStanding } from "../tokens/rows/token-standing.ts";
import { judgeStanding, type StandingRefusal } from "../tokens/token-standing.ts";
import type { Instant } from "../words/clock.ts";
import { as, type Reference } from "../words/ids.ts";
import { randomHex } from "../words/random-hex.ts";
import { checkoutAddress } from "./checkout-address.ts";
import { type ClickPace, createClickPace } from "./click-pace.ts";
import { insertClick } from "./rows/clicks.ts";

/** What a renewal link carries. Everything in it is a claim. */
export interface ClickInput {
  product: string;
  token?: string;
  licence?: string;
  email?: string;
}

/** Where the customer is sent. */
export interface ClickResult {
  location: string;
  /** True when the token held and the click was recorded. */
  accepted: boolean;
}

/**
 * Records a click on a renewal link and answers where the customer goes: to the product's checkout, whatever is
 * wrong with the token and even when nothing can be recorded.
 *
 * @throws Refusal `product_unknown`: there is no checkout to go to.
 */
export async function recordClick(deps: Deps, click: ClickInput): Promise<ClickResult> {
  const product = requireSoldProduct(deps.config, click.product);
  const reading = await withinPatience(attempt(deps, click, product));
  if ("reference" in reading) {
    const { reference, partner, jti } = reading;
    deps.log.info("click.accepted", { product: product.id, partner, jti, reference });
    return { location: addressOf(product, click, reference), accepted: true };
  }
  deps.log.warn("click.rejected", { product: product.id, reason: reading.reason }, reading.cause);
  return { location: addressOf(product, click, ""), accepted: false };
}

/**
 * The address a click would lead to, with nothing recorded: for link previews and HEAD.
 *
 * @throws Refusal `product_unknown`.
 */
export function previewClick(deps: Deps, click: ClickInput): { location: string } {
  return { location: addressOf(requireSoldProduct(deps.config, click.product), click, "") };
}

/** How long a customer is kept waiting for a database that does not answer. */
const patienceMs = 2_000;

async function withinPatience(attempted: Promise<Attempt>): Promise<Attempt> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<Attempt>((resolve) => {
    timer = setTimeout(
      () => resolve({ reason: "record_failed", cause: new Error("took too long") }),
      patienceMs,
    );
  });
  try {
    return await Promise.race([attempted, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

type Attempt = { reference: Reference; partner: string; jti: string } | { reason: string; cause?: unknown };

async function attempt(deps: Deps, click: ClickInput, product: ProductConfig): Promise<Attempt> {
  if (click.token === undefined || click.token === "") return { reason: "token_missing" };
  try {
    const reading = await deps.keys.verify(click.token, { product: product.id });
    if (!reading.ok) return { reason: reading.code };
    const now = deps.clock();
    const { claims } = reading;
    const { reference, isNew } = paceOf(deps).next(as.token(claims.jti), now, () => newReference(now));
    const spelling =
      click.licence === undefined ? undefined : spellLicence(deps.hashes, click.licence, product.licence);
    const record = async (tx: Tx): Promise<StandingRefusal | undefined> => {
      const refusal = judgeStanding(await findStanding(tx, as.token(claims.jti)), claims);
      if (refusal !== undefined || !isNew) return refusal;
      if (click.licence !== undefined) await adoptHashes(tx, formerOfLicence(deps.hashes, click.licence));
      await insertClick(tx, {
        reference,
        product: product.id,
        partner_id: as.partner(claims.sub),
        jti: as.token(claims.jti),
        token_issued_at: (claims.iat * 1000) as Instant,
        licence_hash: spelling === undefined ? null : (await keptLicence(tx, deps, spelling)).licence,
        clicked_at: now,
      });
      return undefined;
    };
    const refused = await deps.store.write(record, { inGroup: true });
    if (refused !== undefined) return { reason: refused };
    return { reference, partner: claims.sub, jti: claims.jti };
  } catch (cause) {
    return { reason: "record_failed", cause };
  }
}

const paces = new WeakMap<Config, ClickPace>();

function paceOf({ config }: Deps): ClickPace {
  let pace = paces.get(config);
  if (pace === undefined) {
    pace = createClickPace(config.retention.clicksPerTokenAndHour);
    paces.set(config, pace);
  }
  return pace;
}

/** 128 random bits behind the time, in `[a-z0-9]`: clicks of one hour lie together in the index, none can be guessed. */
function newReference(now: Instant): Reference {
  return as.reference(now.toString(36).padStart(9, "0") + randomHex(16));
}

const addressOf = (product: ProductConfig, { email, licence }: ClickInput, reference: string): string =>
  checkoutAddress(product, { reference, email, licence });
