import type { Documents } from "../documents/documents.ts";
import type { Receiver, ReceiverFailure } from "./receiver.ts";

/** What exchanging a voucher came to. */
export type RedeemResult =
  /** Activate the product with the serial: `license.set({ id: serial, expiresAt })`, then `register({ serial })`. */
  | { code: "redeemed"; serial: string; partner: string }
  /** The receiver's own code: `voucher_unknown`, `voucher_used`, `voucher_expired`, `voucher_revoked`, `pool_empty`, …. */
  | { code: "refused"; because: string; status: number }
  /** The voucher may or may not have been exchanged. Call again with the same code: nothing is lost. */
  | { code: "failed"; because: ReceiverFailure };

/** What exchanging works with. */
export interface RedeemerParts {
  product: string;
  receiver: Receiver;
  documents: Documents;
  /** Told the token of the partner who sold the voucher. */
  keepToken: (token: string) => Promise<unknown>;
}

/** The voucher that was tried last, with the key by which a lost answer is given again. */
interface TriedVoucher {
  code: string;
  key: string;
}

/** Exchanges vouchers for serials. The key is kept before the first try, so an answer that is lost can be had again. */
export function createRedeemer({ product, receiver, documents, keepToken }: RedeemerParts) {
  return async (typed: string): Promise<RedeemResult> => {
    const code = typeof typed === "string" ? typed : ""; // The receiver says what is wrong with it.
    const tried = documents.readJson("voucher", readTried);
    const idempotencyKey = tried?.code === code ? tried.key : newKey();
    if (tried?.code !== code) documents.writeJson("voucher", { code, key: idempotencyKey });
    const reply = await receiver.redeemVoucher({ product, code, idempotencyKey });
    if (reply.code === "refused") return reply;
    if (reply.code === "failed") return { code: "failed", because: reply.because };
    const { serial, partner, token } = reply.answer;
    if (token !== undefined) await keepToken(token);
    return { code: "redeemed", serial, partner };
  };
}

const newKey = () => Buffer.from(globalThis.crypto.getRandomValues(new Uint8Array(16))).toString("base64url");

function readTried(value: unknown): TriedVoucher | undefined {
  const { code, key } = (value ?? {}) as Record<string, unknown>;
  return typeof code === "string" && typeof key === "string" ? { code, key } : undefined;
}
