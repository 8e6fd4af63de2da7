/** A table as it is seen: its headings with the address that sorts by each, and its cells as texts. */
export interface ShownTable {
  caption: string;
  heads: { text: string; sort: string | undefined; sorted: string | undefined }[];
  rows: string[][];
}

const textOf = (markup: string): string =>
  markup
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ")
    .trim();

const addressOf = (markup: string): string | undefined =>
  /href="([^"]+)"/.exec(markup)?.[1]?.replaceAll("&amp;", "&");

/** The tables of a page, in their order. */
export function tablesOf(page: string): ShownTable[] {
  return [...page.matchAll(/<table\b.*?<\/table>/gs)].map(([table]) => {
    const [head = "", body = ""] = table.split("</thead>");
    return {
      caption: textOf(/<caption>(.*?)<\/caption>/s.exec(table)?.[1] ?? ""),
      heads: [...head.matchAll(/<th\b([^>]*)>(.*?)<\/th>/gs)].map(([, attributes = "", content = ""]) => ({
        text: textOf(content).replace(/ [↑↓]$/, ""),
        sort: addressOf(content),
        sorted: /aria-sort="(\w+)"/.exec(attributes)?.[1],
      })),
      rows: [...body.matchAll(/<tr\b.*?<\/tr>/gs)].map(([row]) =>
        [...row.matchAll(/<t[hd]\b[^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = ""]) => textOf(cell)),
      ),
    };
  });
}

/** A filter of a list: its name, and what can be chosen; without choices it is typed. */
export interface ShownFilter {
  name: string;
  value: string;
  options: string[];
}

/** The filters of a page's list. */
export function filtersOf(page: string): ShownFilter[] {
  const form = /<form class="filters".*?<\/form>/s.exec(page)?.[0] ?? "";
  return [...form.matchAll(/<select\b[^>]*name="([^"]+)".*?<\/select>|<input\b[^>]*>/gs)].flatMap(
    ([control, select]) => {
      const name = select ?? /name="([^"]+)"/.exec(control)?.[1] ?? "";
      if (control.includes('type="hidden"')) return [];
      const options = [...control.matchAll(/<option\b([^>]*)>/g)].map(([, attributes = ""]) => ({
        value: /value="([^"]*)"/.exec(attributes)?.[1] ?? "",
        isSelected: /\bselected\b/.test(attributes),
      }));
      const value =
        select === undefined
          ? (/ value="([^"]*)"/.exec(control)?.[1] ?? "")
          : (options.find(({ isSelected }) => isSelected)?.value ?? "");
      return [{ name, value, options: options.map((one) => one.value).filter((one) => one !== "") }];
    },
  );
}
