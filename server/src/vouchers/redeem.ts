import type { KeyObject } from "node:crypto";
import { idempotencyKeyPattern, readVoucherCode, voucherAnswerDays } from "@tallystick/sdk/protocol";
import { requireSoldProduct } from "../config/sold-product.ts";
import type { Deps } from "../deps/deps.ts";
import { limitAttempt } from "../limits/limit-attempt.ts";
import {
  adoptHashes,
  adoptNow,
  type FormerHash,
  formerOfLicence,
  formerOfVoucher,
} from "../secrets/former-hashes.ts";
import { licenceKindOf, spellLicence } from "../secrets/licence-spelling.ts";
import { takePooledSerial } from "../serials/pool.ts";
import type { Tx } from "../store/store.ts";
import { enterTokenAnyway, type PreparedToken, reportToken } from "../tokens/tokens.ts";
import { addDays, type Instant } from "../words/clock.ts";
import { as, type PartnerId, type ProductId, type VoucherHash } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import { judgeVoucher } from "./judge.ts";
import { refuseVoucher } from "./refuse.ts";
import { exchangeVoucher, type FoundVoucher, findVoucher, findVoucherToChange } from "./rows/vouchers.ts";
import { type GivenAnswer, openAnswer, sealAnswer } from "./sealed-answer.ts";
import { signVoucherToken } from "./voucher-token.ts";

/** A voucher that somebody wants to exchange. */
export interface VoucherToRedeem {
  /** As it was typed. */
  code: string;
  /** What the voucher must be for; any product unless named. */
  product?: string | undefined;
  /** Of `idempotencyKeyPattern`: makes an answer that was lost repeatable. */
  idempotencyKey?: string | undefined;
  /** Whether a token of the partner is wanted too, for an SDK to keep. */
  withToken?: boolean;
  /** The network address the request comes from, for the limits. */
  address?: string | undefined;
}

/** What a voucher was exchanged for. */
export interface RedeemedVoucher {
  serial: string;
  partner: PartnerId;
  product: ProductId;
  token?: string;
}

/**
 * Exchanges a voucher, once, for a serial of the pool. To the holder of its idempotency key the same answer is given
 * again for `voucherAnswerDays`. Every code that was not issued costs the same work, and each try counts in the limits.
 *
 * @throws {Refusal} a `VoucherRefusal`; `product_unknown`, `request_invalid`, `too_many_requests`
 */
export async function redeemVoucher(deps: Deps, voucher: VoucherToRedeem): Promise<RedeemedVoucher> {
  const asked = readRequest(deps, voucher);
  const attempt = { scope: "voucher", address: voucher.address, account: asked.hash } as const;
  return limitAttempt(deps, attempt, async () => {
    await adoptNow(deps, asked.former);
    const found = await deps.store.read((tx) => findVoucher(tx, asked.hash));
    const early = judge(found, asked, deps.clock());
    // Wrong guesses end here: they need no place in the queue of writers.
    const verdict = early.verdict === "good" ? await exchangeNow(deps, asked, early.voucher) : early;
    if (verdict.verdict === "refused") throw refuseVoucher(verdict.because);
    return verdict.answer;
  });
}

type Exchanged = Exclude<Verdict, { verdict: "good" }>;

/** The token is signed before the transaction, which must wait for nothing, and entered in the issuance log within it. */
async function exchangeNow(deps: Deps, asked: Asked, voucher: FoundVoucher): Promise<Exchanged> {
  const token = asked.withToken ? await signVoucherToken(deps, voucher) : undefined;
  const verdict = await deps.store.write((tx) => exchange(tx, deps, asked, token));
  if (token !== undefined && verdict.verdict === "answered" && verdict.answer.token === token.token)
    reportToken(deps, token);
  return verdict;
}

interface Asked {
  hash: VoucherHash;
  product: ProductId | undefined;
  withToken: boolean;
  /** Seals and opens the answer, when the asker sent an idempotency key. */
  answerKey: KeyObject | undefined;
  /** By what the voucher may be known since before the pepper changed. */
  former: FormerHash[];
  /** What seals answers that were given before. */
  formerAnswer: { hash: VoucherHash; key: KeyObject } | undefined;
}

type Verdict =
  | { verdict: "good"; voucher: FoundVoucher }
  | { verdict: "answered"; answer: RedeemedVoucher }
  | { verdict: "refused"; because: Parameters<typeof refuseVoucher>[0] };

function readRequest({ config, hashes }: Deps, voucher: VoucherToRedeem): Asked {
  const { code, product, idempotencyKey, withToken = false } = voucher;
  if (product !== undefined) requireSoldProduct(config, product);
  if (idempotencyKey !== undefined && !idempotencyKeyPattern.test(idempotencyKey))
    throw new Refusal("request_invalid", "An idempotency key has 22 to 64 characters of base64url.");
  // A mistyped code goes the same way as one that was not issued: no voucher has such a hash.
  const { former } = hashes;
  const read = readVoucherCode(code) ?? `mistyped ${code}`;
  return {
    hash: hashes.voucher(read),
    product: product === undefined ? undefined : as.product(product),
    withToken,
    answerKey: idempotencyKey === undefined ? undefined : hashes.voucherAnswerKey(read, idempotencyKey),
    former: formerOfVoucher(hashes, read),
    formerAnswer:
      former === undefined || idempotencyKey === undefined
        ? undefined
        : { hash: former.voucher(read), key: former.voucherAnswerKey(read, idempotencyKey) },
  };
}

function judge(voucher: FoundVoucher | undefined, asked: Asked, now: Instant): Verdict {
  if (voucher === undefined) return { verdict: "refused", because: "voucher_unknown" };
  const because = judgeVoucher(voucher, asked.product, now);
  if (because === undefined) return { verdict: "good", voucher };
  if (because === "voucher_used") {
    const given = answerGivenBefore(voucher, asked, now);
    if (given !== undefined) return { verdict: "answered", answer: answerOf(voucher, given) };
  }
  return { verdict: "refused", because };
}

/** What was given before, for the one who sends the same idempotency key in time. */
function answerGivenBefore(
  { exchanged_at, sealed_answer }: FoundVoucher,
  { hash, answerKey, formerAnswer }: Asked,
  now: Instant,
): GivenAnswer | undefined {
  if (exchanged_at === null || sealed_answer === null || answerKey === undefined) return undefined;
  if (now > addDays(exchanged_at, voucherAnswerDays)) return undefined;
  const given = openAnswer(sealed_answer, hash, answerKey);
  if (given !== undefined || formerAnswer === undefined) return given;
  return openAnswer(sealed_answer, formerAnswer.hash, formerAnswer.key);
}

/** Exchanges under a lock. An empty pool leaves the voucher as it is. */
async function exchange(
  tx: Tx,
  deps: Deps,
  asked: Asked,
  token: PreparedToken | undefined,
): Promise<Exchanged> {
  const now = deps.clock();
  const judged = judge(await findVoucherToChange(tx, asked.hash), asked, now);
  if (judged.verdict !== "good") return judged;
  const { voucher } = judged;
  const taken = await takePooledSerial(tx, deps, { product: voucher.product }, now);
  if (taken === undefined) return { verdict: "refused", because: "pool_empty" };
  await adoptHashes(tx, formerOfLicence(deps.hashes, taken.serial));
  const given: GivenAnswer = { serial: taken.serial, ...(token === undefined ? {} : { token: token.token }) };
  if (token !== undefined) await enterTokenAnyway(tx, token);
  const exchanged = await exchangeVoucher(tx, {
    code_hash: asked.hash,
    batch_id: voucher.batch_id,
    number: voucher.number,
    exchanged_at: now,
    serial_hash: taken.hash,
    licence_hash: spellLicence(deps.hashes, taken.serial, licenceKindOf(deps.config, voucher.product)).hash,
    jti: token?.row.jti ?? null,
    sealed_answer: asked.answerKey === undefined ? null : sealAnswer(given, asked.hash, asked.answerKey),
  });
  if (!exchanged) throw new Error("a voucher that is locked was exchanged by another");
  return { verdict: "answered", answer: answerOf(voucher, given) };
}

function answerOf({ partner_id, product }: FoundVoucher, { serial, token }: GivenAnswer): RedeemedVoucher {
  return { serial, partner: partner_id, product, ...(token === undefined ? {} : { token }) };
}
