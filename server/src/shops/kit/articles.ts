/** As the configuration may name them: printable text of any script, as SKUs and variants' names are the vendor's own. */
const articleShape = /^[^\p{C}]{1,255}$/u;
const mostArticles = 20;

/**
 * The ids that a shop gives for one thing it sold, each once, the product's before those of its price, variant or SKU:
 * only such as can be stored.
 */
export function articlesOf(...ids: (string | number | null | undefined)[]): string[] {
  const texts = ids.flatMap((id) => (id === null || id === undefined ? [] : [String(id).trim()]));
  return [...new Set(texts)].filter((text) => articleShape.test(text)).slice(0, mostArticles);
}
