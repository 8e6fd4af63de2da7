import { addPartner, type NewPartner } from "../../server/src/channel/partners.ts";
import { importSerials } from "../../server/src/serials/import-serials.ts";
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
  /** Puts serials into a pool. */
  async fillPool(serials: readonly string[], { product = "acme-paint", batch = "pool" } = {}) {
    async function* source() {
      yield Buffer.from(`${serials.join("\n")}\n`);
    }
    await importSerials(deps, { batch, product, pool: true, source: source() });
  },
  /** A copy of the product is activated with a serial. */
  async activate(serial: string, licence?: string) {
    const response = await app.request("/v1/registrations", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ product: "acme-paint", serial, ...(licence === undefined ? {} : { licence }) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
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
