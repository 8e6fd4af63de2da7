import { groupVoucherCode } from "@tallystick/sdk/protocol";
import { showPartner } from "../channel/partners.ts";
import type { Deps } from "../deps/deps.ts";
import type { Instant } from "../words/clock.ts";
import type { VoucherBatch } from "./batch.ts";
import { exchangeAddress } from "./exchange-address.ts";
import { issueVouchers, openVoucherBatch, type VoucherOrder } from "./issue.ts";
import { type SheetTitle, sheetFoot, sheetHead, sheetPages } from "./sheet.ts";

/** What stands on every card of a batch. */
export async function sheetTitle(
  deps: Deps,
  { partner, product, batch }: Pick<VoucherBatch, "partner" | "product" | "batch">,
  expiresAt: Instant | undefined,
): Promise<SheetTitle> {
  const { name } = await showPartner(deps, partner);
  return {
    brand: deps.config.brand,
    partner: name,
    product: deps.config.products.get(product)?.name ?? product,
    batch,
    expiresAt,
    address: exchangeAddress(deps.config, partner),
    addressOf: (code) => exchangeAddress(deps.config, partner, code),
  };
}

/** The forms in which codes are handed out: one a line, or cards with QR codes to be printed. */
export const voucherForms = ["codes", "sheet"] as const;

/**
 * Opens a batch at once, and issues its vouchers while they are read. The codes are kept nowhere else.
 *
 * @throws {Refusal} as `openVoucherBatch`, before anything is read
 */
export async function handOutVouchers(
  deps: Deps,
  { count, form, ...order }: VoucherOrder & { count: number; form: (typeof voucherForms)[number] },
): Promise<{ batch: VoucherBatch; text: AsyncGenerator<string> }> {
  const batch = await openVoucherBatch(deps, order);
  const title = await sheetTitle(deps, batch, order.expiresAt);
  async function* text() {
    if (form === "sheet") yield sheetHead(title);
    for await (const vouchers of issueVouchers(deps, batch.batch, count))
      yield form === "sheet"
        ? sheetPages(title, vouchers)
        : vouchers.map(({ code }) => `${groupVoucherCode(code)}\n`).join("");
    if (form === "sheet") yield sheetFoot(title);
  }
  return { batch, text: text() };
}
