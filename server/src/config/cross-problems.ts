import type { ConfigProblem } from "./config-error.ts";
import { member } from "./member.ts";
import { nearestName } from "./nearest-name.ts";

/** What no schema of one member can see. Reads leniently, so that it adds to what the schema found. */
export function crossProblems(content: unknown): ConfigProblem[] {
  const products = member(content, "products");
  const shops = member(content, "shops");
  if (!Array.isArray(products)) return [];
  const problems: ConfigProblem[] = [];
  const seen = new Set<unknown>();
  for (const [index, product] of products.entries()) {
    const id = member(product, "id");
    if (typeof id === "string" && seen.has(id)) {
      problems.push({ path: `products[${index}].id`, message: `expected an id of its own; ${id} is taken` });
    }
    seen.add(id);
    const shop = member(member(product, "checkout"), "shop");
    if (typeof shop === "string" && isRecord(shops) && !Object.hasOwn(shops, shop)) {
      problems.push({
        path: `products[${index}].checkout.shop`,
        message: unknownName(shop, "shops", Object.keys(shops)),
      });
    }
  }
  return [...problems, ...articleProblems(products, shops), ...consentProblems(content, [...seen])];
}

/** An article is of a shop that is there, and means one product. */
function articleProblems(products: readonly unknown[], shops: unknown): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const taken = new Map<string, unknown>();
  for (const [index, product] of products.entries()) {
    const articles = member(product, "articles");
    if (!isRecord(articles)) continue;
    for (const [shop, ids] of Object.entries(articles)) {
      const path = `products[${index}].articles.${shop}`;
      if (isRecord(shops) && !Object.hasOwn(shops, shop))
        problems.push({ path, message: unknownName(shop, "shops", Object.keys(shops)) });
      for (const article of Array.isArray(ids) ? ids : []) {
        const name = `${shop} ${String(article)}`;
        const id = member(product, "id");
        if (taken.has(name) && taken.get(name) !== id)
          problems.push({
            path,
            message: `expected each article at one product; ${String(article)} is at two`,
          });
        taken.set(name, id);
      }
    }
  }
  return problems;
}

/** A consent for a product that is not sold would be shown to nobody. */
function consentProblems(content: unknown, products: readonly unknown[]): ConfigProblem[] {
  const consents = member(member(content, "registeredEmails"), "consents");
  if (!Array.isArray(consents)) return [];
  return consents.flatMap((consent, index) => {
    const product = member(consent, "product");
    if (typeof product !== "string" || products.includes(product)) return [];
    const message = unknownName(product, "products", products.map(String));
    return [{ path: `registeredEmails.consents[${index}].product`, message }];
  });
}

function unknownName(name: string, list: "shops" | "products", names: readonly string[]): string {
  const near = nearestName(name, names);
  const hint = near === undefined ? "" : `; did you mean "${near}"?`;
  return `expected one of the "${list}" (${names.join(", ") || "there are none"}), not "${name}"${hint}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
