const letters: Readonly<Record<string, string>> = { day: "D", week: "W", month: "M", year: "Y" };

/**
 * A paid term as an ISO 8601 duration, from the unit (`year`, `months`, in either case) and the number that shops tell:
 * `P1Y`. Undefined for what is no term.
 */
export function periodOf(
  unit: string | null | undefined,
  count: number | string | null | undefined = 1,
): string | undefined {
  const letter = letters[(unit ?? "").toLowerCase().replace(/s$/, "")];
  const number = Number(count ?? 1);
  return letter !== undefined && Number.isInteger(number) && number > 0 && number < 1000
    ? `P${number}${letter}`
    : undefined;
}

/** The ids that a shop gives for one thing it sold, each once: only such as can be stored. */
export function articlesOf(...ids: (string | number | null | undefined)[]): string[] {
  const texts = ids.flatMap((id) => (id === null || id === undefined ? [] : [String(id)]));
  return [...new Set(texts)].filter((text) => articleShape.test(text)).slice(0, mostArticles);
}

const articleShape = /^[\x21-\x7e]{1,255}$/;
const mostArticles = 20;
