import { idPattern } from "@tallystick/sdk/protocol";
import { requireActivePartner } from "../channel/active-partner.ts";
import { requireProduct } from "../config/sold-product.ts";
import { nameSubject } from "../deps/actor.ts";
import type { Deps } from "../deps/deps.ts";
import { type Instant, instant } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import { batchOf, type VoucherBatch, voucherId } from "./batch.ts";
import { newVoucherCode } from "./new-code.ts";
import { insertVoucherBatch, insertVouchers } from "./rows/batches.ts";
import type { VoucherBatchRow } from "./rows/schema.ts";

/** What a batch of vouchers is issued for. */
export interface VoucherOrder {
  /** Who sells the vouchers, and is credited for what they become. */
  partner: string;
  product: string;
  /** A name for the batch, `[a-z0-9][a-z0-9._-]{0,63}`; made unless given. */
  batch?: string | undefined;
  /** The last instant at which they can be exchanged. */
  expiresAt?: Instant | undefined;
}

/** A new voucher. Its code is kept nowhere: it is shown this once. */
export interface IssuedVoucher {
  id: string;
  /** Its number in its batch, from 1. */
  number: number;
  /** 20 characters without hyphens. */
  code: string;
}

/** Vouchers a transaction: short enough that a receiver on the same database waits for some milliseconds only. */
const vouchersPerCommit = 1_000;

/**
 * Opens a batch, with no voucher in it yet.
 *
 * @throws {Refusal} `product_unknown`, `partner_unknown`, `partner_ended`, `voucher_batch_exists`, `request_invalid`
 */
export async function openVoucherBatch(deps: Deps, order: VoucherOrder): Promise<VoucherBatch> {
  const now = deps.clock();
  const row = rowOf(deps, order, now);
  nameSubject(row.id);
  await deps.store.write(async (tx) => {
    await requireActivePartner(tx, row.partner_id);
    if (!(await insertVoucherBatch(tx, row)))
      throw new Refusal("voucher_batch_exists", `There is a batch ${row.id} of vouchers already.`);
  });
  return batchOf(row, now);
}

/**
 * Issues vouchers of a batch that was just opened, a portion at a time; each portion is durable before it is given, so
 * that no code is handed out that does not count. Whoever stops early has issued what was given.
 */
export async function* issueVouchers(
  deps: Deps,
  batch: string,
  count: number,
): AsyncGenerator<readonly IssuedVoucher[]> {
  for (let issued = 0; issued < count; issued += vouchersPerCommit) {
    const vouchers = Array.from({ length: Math.min(vouchersPerCommit, count - issued) }, (_, at) => {
      const number = issued + at + 1;
      return { id: voucherId(batch, number), number, code: newVoucherCode() };
    });
    const hashes = vouchers.map(({ code }) => deps.hashes.voucher(code));
    await deps.store.write((tx) => insertVouchers(tx, batch, issued + 1, hashes));
    yield vouchers;
  }
}

function rowOf({ config }: Deps, order: VoucherOrder, now: Instant): VoucherBatchRow {
  const { batch = newBatchName(now), expiresAt } = order;
  const { id: product } = requireProduct(config, order.product);
  if (!idPattern.test(batch)) {
    throw new Refusal(
      "request_invalid",
      "A batch of vouchers is named by 1 to 64 small letters, digits, dots, hyphens and underscores.",
    );
  }
  if (expiresAt !== undefined && !(expiresAt > now && expiresAt < instant(253_402_300_800_000))) {
    throw new Refusal("request_invalid", "Vouchers can only expire in the future, before the year 10000.");
  }
  return {
    id: batch,
    partner_id: as.partner(order.partner),
    product,
    issued: 0,
    exchanged: 0,
    withdrawn: 0,
    issued_at: now,
    expires_at: expiresAt ?? null,
    revoked_at: null,
  };
}

/** `v20261122-7k3mq`: the day, and five random characters, so that nobody need think of a name. */
const newBatchName = (now: Instant) =>
  `v${new Date(now).toISOString().slice(0, 10).replaceAll("-", "")}-${newVoucherCode().slice(0, 5).toLowerCase()}`;
