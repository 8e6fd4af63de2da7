import type { Deps } from "../deps/deps.ts";
import { payoutsHeldUntil, readDetails } from "../partner-details/details.ts";
import { accountFor, type PartnerDetails, type PayoutAccount } from "../partner-details/details-document.ts";
import type { Tx } from "../store/store.ts";
import { type Instant, isoTime } from "../words/clock.ts";
import type { Currency, PartnerId } from "../words/ids.ts";
import type { PayoutChannel } from "./rows/schema.ts";
import { heldTerms } from "./term-hold.ts";

/** Why a partner is not paid, or not all of it. */
export interface PayoutBlock {
  /** Stable, for programs: `details_missing`, `disputed`, …. */
  reason: string;
  /** A sentence for a person. */
  detail: string;
  /** How much it holds back, in minor units; null for all. */
  amountMinor: number | null;
}

/** What a source of blocks is asked about. */
export interface BlockQuestion {
  partner: PartnerId;
  currency: Currency;
  now: Instant;
}

/** Says what holds a partner's payouts. Each room that has a reason gives one; `receiver/` hands the list in. */
export type PayoutBlockSource = (
  tx: Tx,
  deps: Pick<Deps, "config" | "hashes">,
  question: BlockQuestion,
) => Promise<readonly PayoutBlock[]>;

/** What payouts need of the world. */
export type PayoutDeps = Pick<Deps, "store" | "clock" | "config" | "hashes"> & {
  blocks: readonly PayoutBlockSource[];
};

/** Where a partner's money goes, and what holds it. */
export interface Payability {
  /** Nothing where details or account are missing. */
  target: { version: number; details: PartnerDetails; account: PayoutAccount } | undefined;
  blocks: PayoutBlock[];
}

/** Asks everybody who may hold a partner's payouts in a currency. */
export async function readPayability(
  tx: Tx,
  deps: Pick<PayoutDeps, "config" | "hashes" | "blocks">,
  question: BlockQuestion,
): Promise<Payability> {
  const { partner, currency, now } = question;
  const found = await readDetails(tx, deps.hashes, partner, now);
  const account = found === undefined ? undefined : accountFor(found.details, currency);
  const target = found === undefined || account === undefined ? undefined : { ...found, account };
  const blocks = [
    ...ownBlocks(deps, question, found?.details, account),
    ...heldBlocks(await payoutsHeldUntil(tx, deps.config, partner, now)),
    ...(await heldTerms(tx, deps.config, question)),
  ];
  for (const source of deps.blocks) blocks.push(...(await source(tx, deps, question)));
  return { target, blocks };
}

function ownBlocks(
  { config }: Pick<PayoutDeps, "config">,
  { currency }: BlockQuestion,
  details: PartnerDetails | undefined,
  account: PayoutAccount | undefined,
): PayoutBlock[] {
  if (details === undefined)
    return [whole("details_missing", "There are no details on file: `partner details set`.")];
  const blocks: PayoutBlock[] = [];
  if (account === undefined)
    blocks.push(whole("account_missing", `There is no account on file for ${currency}.`));
  const { country } = details.address;
  if (config.payouts.taxFormFor.includes(country) && details.tax.form === undefined)
    blocks.push(whole("tax_form_missing", `There is no tax form on file, which ${country} asks for.`));
  return blocks;
}

const heldBlocks = (until: Instant | undefined): PayoutBlock[] =>
  until === undefined
    ? []
    : [whole("details_changed", `The accounts were changed; payouts wait until ${isoTime(until)}.`)];

const whole = (reason: string, detail: string): PayoutBlock => ({ reason, detail, amountMinor: null });

/** The channel that an account is paid through. */
export const channelOf = ({ kind }: PayoutAccount): PayoutChannel =>
  kind === "iban" || kind === "local" ? "bank" : kind;
