import { maxPages } from "./list-orders.ts";
import { ShopApiError } from "./shop-api.ts";

/** A page of a list that is read by the numbers of its pages. */
export interface NumberedPage<Item> {
  items: readonly Item[];
  /** How many objects the list has, where the API tells. */
  total?: number | null | undefined;
  /** The number of its last page, where the API tells. */
  last?: number | null | undefined;
}

interface Reading<Item> {
  /** What is read, in the plural, for people. */
  resource: string;
  read: (number: number) => Promise<NumberedPage<Item>>;
  /** How many objects a page that is not the last has. */
  perPage: number;
  /** Whether nothing behind an object is of use. */
  isTooOld: (item: Item) => boolean;
}

/**
 * Reads a list, the newest first, page by page. An object that is deleted meanwhile moves all behind it forward, one of them
 * over the edge of the page that was read: where there are fewer than before, the pages before are read once more. What is
 * new moves them back, so that some come twice.
 *
 * @throws ShopApiError as `read` does, and for a list without end
 */
export async function* numberedPages<Item>({
  resource,
  read,
  perPage,
  isTooOld,
}: Reading<Item>): AsyncGenerator<Item> {
  let known: number | undefined;
  let asked = 0;
  for (let number = 1; ; number++) {
    if (++asked > maxPages)
      throw new ShopApiError(`there are more than ${maxPages * perPage} ${resource}: ask for a later time`);
    const { items, total, last } = await read(number);
    for (const item of items) if (!isTooOld(item)) yield item;
    const lost = Math.max(0, (known ?? 0) - (total ?? known ?? 0));
    known = total ?? known;
    if (lost > 0 && number > 1)
      number = Math.max(0, number - 1 - Math.ceil(lost / Math.max(1, items.length)));
    else if (isOver({ items, last }, number, perPage)) return;
    else if (items.length > 0 && items.every(isTooOld)) return;
  }
}

const isOver = ({ items, last }: NumberedPage<unknown>, number: number, perPage: number): boolean =>
  typeof last === "number" ? number >= last : items.length < perPage;
