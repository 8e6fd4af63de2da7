import { as } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import type { Config, ProductConfig } from "./config.ts";

/**
 * The product of an id, for those who know the configuration: the vendor, who is told what it has.
 *
 * @throws {Refusal} `product_unknown`
 */
export function requireProduct({ products }: Pick<Config, "products">, id: string): ProductConfig {
  const product = products.get(as.product(id));
  if (product !== undefined) return product;
  const known = [...products.keys()].join(", ");
  throw new Refusal("product_unknown", `There is no product ${id}; the configuration has ${known}.`);
}

/**
 * The product of an id, for those who do not: customers, partners and copies.
 *
 * @throws {Refusal} `product_unknown`
 */
export function requireSoldProduct({ products }: Pick<Config, "products">, id: string): ProductConfig {
  const product = products.get(as.product(id));
  if (product === undefined) throw new Refusal("product_unknown", "No product of this name is sold here.");
  return product;
}
