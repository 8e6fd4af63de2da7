import type { KeyObject } from "node:crypto";
import { z } from "zod";
import type { Deps } from "../deps/deps.ts";
import { decideSuspects } from "../orders/decide/decide-waiting-orders.ts";
import { reportOrder } from "../orders/decide/report-order.ts";
import { findKeptLicence } from "../orders/record/kept-licence.ts";
import { lockLicence } from "../orders/record/order-names.ts";
import type { OutgoingRequest, Sender } from "../outgoing/send-request.ts";
import { licenceKindOf, spellLicence } from "../secrets/licence-spelling.ts";
import { signStandardWebhook } from "../secrets/webhook-signatures/standard-webhooks.ts";
import { addDays, type Instant, instant } from "../words/clock.ts";
import { as, type LicenceHash, type ProductId } from "../words/ids.ts";
import { randomHex } from "../words/random-hex.ts";
import { findLicenceCheck, putLicenceCheck } from "./rows/claims.ts";

/** A licence to ask the vendor's own system about. Its text is held in memory alone, until the answer is there. */
export interface LicenceQuestion {
  product: ProductId;
  licence: string;
}

declare module "../deps/deps.ts" {
  interface Deps {
    /** Asks about a licence in its own time; absent where the vendor has no system to ask. */
    askLicence?: (question: LicenceQuestion) => void;
  }
}

/** Where to ask, and how. */
export interface LicenceCheckOptions {
  url: string;
  /** Signs the question, as Standard Webhooks does. */
  key: KeyObject;
  sender: Pick<Sender, "send">;
}

/** Asks the vendor's licence system, one question after the other. */
export interface LicenceChecker {
  ask(question: LicenceQuestion): void;
  /** Resolves when nothing is left to ask. */
  idle(): Promise<void>;
}

/** More are dropped: the next registration of the licence asks again. */
const waitingAtMost = 1_000;
const knownForDays = 30;
const unknownForMilliseconds = 3_600_000;

const answerSchema = z.object({
  known: z.boolean(),
  soldAt: z.iso.datetime({ offset: true }).nullish(),
});

/**
 * Makes what asks the vendor's own system whether a licence exists and when it was sold. Never in a customer's way:
 * questions wait in memory, one is under way at a time, answers are kept. What an answer says against a credit holds
 * the order; a system that does not answer says nothing.
 */
export function createLicenceChecker(deps: Deps, options: LicenceCheckOptions): LicenceChecker {
  const waiting: LicenceQuestion[] = [];
  let working: Promise<void> | undefined;
  const work = async () => {
    for (let question = waiting.shift(); question !== undefined; question = waiting.shift())
      await checkLicence(deps, options, question).catch((cause: unknown) =>
        deps.log.warn("licence.unchecked", { product: question?.product ?? null }, cause),
      );
    working = undefined;
  };
  return {
    ask: (question) => {
      if (waiting.length >= waitingAtMost) return;
      waiting.push(question);
      working ??= work();
    },
    idle: async () => {
      while (working !== undefined) await working;
    },
  };
}

async function checkLicence(
  deps: Deps,
  options: LicenceCheckOptions,
  { product, licence }: LicenceQuestion,
): Promise<void> {
  const spelling = spellLicence(deps.hashes, licence, licenceKindOf(deps.config, product));
  const { hash, kept } = await deps.store.read(async (tx) => {
    const hash = await findKeptLicence(tx, deps, spelling);
    return { hash, kept: await findLicenceCheck(tx, hash, product) };
  });
  const now = deps.clock();
  if (kept !== undefined && now < freshUntil(kept.checked_at, kept.known === 1)) return;
  const response = await options.sender.send(questionOf(options, { product, licence }, now));
  if (response.status !== 200) throw new Error(`the licence system answered ${response.status}`);
  const { known, soldAt } = answerSchema.parse(JSON.parse(response.body));
  const sold = soldAt == null ? null : instant(Date.parse(soldAt));
  await keepAnswer(deps, { product, hash, known, sold }, now);
}

const freshUntil = (checkedAt: Instant, known: boolean): Instant =>
  known ? addDays(checkedAt, knownForDays) : instant(checkedAt + unknownForMilliseconds);

async function keepAnswer(
  deps: Deps,
  {
    product,
    hash,
    known,
    sold,
  }: { product: ProductId; hash: LicenceHash; known: boolean; sold: Instant | null },
  now: Instant,
): Promise<void> {
  const decided = await deps.store.write(async (tx) => {
    await lockLicence(tx, hash, as.order(""));
    const row = {
      licence_hash: hash,
      product,
      known: known ? 1 : 0,
      sold_at: sold,
      checked_at: now,
    } as const;
    await putLicenceCheck(tx, row);
    return decideSuspects(tx, deps, hash, now);
  });
  for (const one of decided) reportOrder(deps.log, one);
}

function questionOf(
  { url, key }: LicenceCheckOptions,
  { product, licence }: LicenceQuestion,
  now: Instant,
): OutgoingRequest {
  const body = JSON.stringify({ type: "licence.check", product, licence: licence.trim() });
  const id = `chk_${randomHex(12)}`;
  const timestamp = String(Math.floor(now / 1000));
  const signature = signStandardWebhook(key, {
    id,
    timestamp,
    body: Buffer.from(body),
  });
  return {
    method: "POST",
    url,
    headers: {
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": timestamp,
      "webhook-signature": `v1,${signature}`,
    },
    body,
  };
}
