import type { ProductId } from "../words/ids.ts";
import { as } from "../words/ids.ts";
import type { CouponRow } from "./rows/schema.ts";

/** What a coupon counts for; null for every product. */
export const productsOf = ({ products }: Pick<CouponRow, "products">): ProductId[] | null =>
  products === null ? null : products.split("\n").map(as.product);

/** The products of a coupon as they are stored: ids, one a line. */
export const productsText = (products: readonly ProductId[]): string | null =>
  products.length === 0 ? null : [...new Set(products)].sort().join("\n");
