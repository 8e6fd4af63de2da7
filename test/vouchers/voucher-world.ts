import { addPartner, type NewPartner } from "../../server/src/channel/partners.ts";
import { as, type ProductId } from "../../server/src/ids.ts";
import { sealPooledSerial } from "../../server/src/serials/pooled-seal.ts";
import { normalizeSerial } from "../../server/src/serials/serial-text.ts";
import { query } from "../../server/src/store/query.ts";
import type { PooledSerialRow, SerialKind } from "../../server/src/store/schema-serials.ts";
import { issueVouchers, openVoucherBatch, type VoucherOrder } from "../../server/src/vouchers/issue.ts";
import { redeemVoucher, type VoucherToRedeem } from "../../server/src/vouchers/redeem.ts";
import { type Journey, openJourney } from "../journey/journey.ts";
import type { Bench } from "../postgres/on-every-engine.ts";

/** A second product beside Acme Paint, sold in the same shop. */
const products = ["acme-paint", "acme-draw"].map((id) => ({
  id,
  name: id === "acme-paint" ? "Acme Paint" : "Acme Draw",
  checkout: { shop: "stripe", url: "https://buy.stripe.com/abc?client_reference_id={reference}" },
}));

/** A receiver with the partner `north`, and what is done with vouchers in it. */
export async function openVoucherWorld(bench: Bench, config: Record<string, unknown> = {}) {
  const journey = await openJourney(bench, { products, ...config });
  await addPartner(journey.deps, { id: "north", name: "North Shop", percent: 20 });
  return Object.assign(journey, deedsIn(journey));
}

/** What `openVoucherWorld` gives. */
export type VoucherWorld = Awaited<ReturnType<typeof openVoucherWorld>>;

const deedsIn = ({ deps, app }: Journey) => ({
  partner: (partner: NewPartner) => addPartner(deps, partner),
  /** Issues vouchers, and answers their codes. */
  async issue(count = 1, order: Partial<VoucherOrder> = {}) {
    const { batch } = await openVoucherBatch(deps, { partner: "north", product: "acme-paint", ...order });
    const codes: string[] = [];
    for await (const vouchers of issueVouchers(deps, batch, count))
      codes.push(...vouchers.map(({ code }) => code));
    return { batch, codes, code: codes[0] ?? "" };
  },
  /** Puts serials into a pool, as an import does. */
  async fillPool(serials: readonly string[], { product = "acme-paint", batch = "pool" } = {}) {
    await deps.store.write(async (tx) => {
      await tx.run(insertBatch, {
        batch,
        product: as.product(product),
        kind: "pool",
        created_at: deps.clock(),
      });
      const row = await tx.one(batchByName, { batch });
      for (const serial of serials) {
        const normal = normalizeSerial(serial);
        if (normal === undefined) throw new Error(`${serial} is no serial`);
        const hash = Buffer.from(deps.hashes.serial(normal), "base64url");
        const sealed = sealPooledSerial(serial, hash, deps.hashes.pooledSerialKey);
        await tx.run(insertSerial, { batch_no: row?.batch_no ?? 0, hash, sealed });
      }
    });
  },
  redeem: (code: string, more: Partial<VoucherToRedeem> = {}) => redeemVoucher(deps, { code, ...more }),
  /** What the SDK asks over HTTP. */
  async ask(body: unknown, headers: Record<string, string> = {}) {
    const response = await app.request("/v1/vouchers/redeem", {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  },
});

const insertBatch = query<{ batch: string; product: ProductId; kind: SerialKind; created_at: never }>()(
  (db, p) =>
    db
      .insertInto("serial_batches")
      .values({ batch: p.batch, product: p.product, kind: p.kind, created_at: p.created_at })
      .onConflict((conflict) => conflict.doNothing()),
);
const batchByName = query<{ batch: string }>()((db, p) =>
  db.selectFrom("serial_batches").select("batch_no").where("batch", "=", p.batch),
);
const insertSerial = query<PooledSerialRow>()((db, p) =>
  db.insertInto("pooled_serials").values({ batch_no: p.batch_no, hash: p.hash, sealed: p.sealed }),
);
