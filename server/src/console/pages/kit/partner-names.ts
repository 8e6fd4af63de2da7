import { readPartnerNames } from "../../../channel/partners.ts";
import type { Deps } from "../../../deps/deps.ts";
import { pathOf } from "../../../pages/address.ts";
import { type Html, html, trusted } from "../../../pages/html.ts";
import type { ListColumn } from "../../../pages/listing.ts";
import { idText } from "../../../pages/parts.ts";

/** Where a partner's page stands. */
export const partnerPath = (partner: string): string => pathOf("console", "partners", partner);

/**
 * A partner with the way to its page: its name with its id below, as commands take the id. Where the name is not at hand
 * the page looks it up as it is finished (`withPartnerNames`): one query for all the partners that stand on it.
 */
export const partnerLink = (partner: string, name?: string): Html =>
  name === undefined ? toBeNamed("below", partner) : linked(partner, name);

/** The same within a sentence or between others: the id stands behind the name. */
export const partnerInLine = (partner: string, to = partnerPath(partner)): Html =>
  toBeNamed("behind", partner, to);

type Place = "below" | "behind";

const linked = (partner: string, name: string | undefined, to = partnerPath(partner)): Html =>
  html`<a href="${to}">${name ?? idText(partner)}</a>`;

/** A comment on both sides is the mark: what is escaped cannot hold one, so no text of others is taken for it. */
const toBeNamed = (place: Place, partner: string, to?: string): Html =>
  html`${trusted(`<!--partner ${place} ${encodeURIComponent(partner)} ${encodeURIComponent(to ?? "")}-->`)}${linked(partner, undefined, to)}${trusted("<!--/partner-->")}`;

const marked = /<!--partner (below|behind) ([^ ]*) (.*?)-->(.*?)<!--\/partner-->/gs;

/** A finished page in which each partner that was shown by its id is named; one that is not known keeps its id alone. */
export async function withPartnerNames(deps: Pick<Deps, "store">, page: string): Promise<string> {
  const ids = [...page.matchAll(marked)].map(([, , id = ""]) => decodeURIComponent(id));
  if (ids.length === 0) return page;
  const names = await readPartnerNames(deps, ids);
  return page.replace(marked, (_, place: Place, encoded: string, to: string, byId: string) => {
    const id = decodeURIComponent(encoded);
    const name = names.get(id);
    if (name === undefined || name === id) return byId;
    const link = linked(id, name, to === "" ? undefined : decodeURIComponent(to));
    return String(
      place === "below"
        ? html`${link} <span class="sub">${idText(id)}</span>`
        : html`${link} (${idText(id)})`,
    );
  });
}

/** The name by which the address sorts a list by its partner. */
const partnerSort = "partner";

/** The columns of a list, that of the partner sorted by what is seen first, the name; its text stays the id. */
export async function sortedByName<Row>(
  deps: Pick<Deps, "store">,
  columns: readonly ListColumn<Row>[],
  rows: readonly Row[],
): Promise<readonly ListColumn<Row>[]> {
  const column = columns.find(({ sort }) => sort === partnerSort);
  const idOf = column?.text;
  if (column?.sort === undefined || idOf === undefined) return columns;
  const names = await readPartnerNames(
    deps,
    rows.map((row) => String(idOf(row) ?? "")),
  );
  const by = (row: Row) => names.get(String(idOf(row) ?? "")) ?? idOf(row);
  return columns.map((one) => (one === column ? { ...one, by } : one));
}
