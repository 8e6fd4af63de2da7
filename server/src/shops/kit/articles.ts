const articleShape = /^[\x21-\x7e]{1,255}$/;
const mostArticles = 20;

/** The ids that a shop gives for one thing it sold, each once: only such as can be stored. */
export function articlesOf(...ids: (string | number | null | undefined)[]): string[] {
  const texts = ids.flatMap((id) => (id === null || id === undefined ? [] : [String(id)]));
  return [...new Set(texts)].filter((text) => articleShape.test(text)).slice(0, mostArticles);
}
