import type { CouponRow } from "../coupons/rows/schema.ts";
import { as, type ProductId } from "./ids.ts";

/** How long a code may be. */
export const maxCouponLength = 64;

/** One spelling for all that a buyer may type: NFC, trimmed, upper case. `ß` becomes `SS`, as Unicode has it. */
export const normalizeCoupon = (code: string): string =>
  code.normalize("NFC").trim().toUpperCase().normalize("NFC");

/** What a coupon counts for; null for every product. */
export const productsOf = ({ products }: Pick<CouponRow, "products">): ProductId[] | null =>
  products === null ? null : products.split("\n").map(as.product);

/** The products of a coupon as they are stored: ids, one a line. */
export const productsText = (products: readonly ProductId[]): string | null =>
  products.length === 0 ? null : [...new Set(products)].sort().join("\n");
