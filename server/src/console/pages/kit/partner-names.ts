import { readPartnerNames } from "../../../channel/partners.ts";
import type { Deps } from "../../../deps/deps.ts";
import { pathOf } from "../../../pages/address.ts";
import type { AppPageParts } from "../../../pages/app-page.ts";
import { Html, html, late } from "../../../pages/html.ts";
import type { ListColumn } from "../../../pages/listing.ts";
import { idText } from "../../../pages/parts.ts";

/** Where a partner's page stands. */
export const partnerPath = (partner: string): string => pathOf("console", "partners", partner);

/**
 * A partner with the way to its page: its name with its id below, as commands take the id. Where the name is not at hand
 * it is looked up before the page is shown (`withPartnerNames`): one query for all the partners that stand on it.
 */
export const partnerLink = (partner: string, name?: string): Html =>
  name === undefined ? named(partner, (id) => html` <span class="sub">${id}</span>`) : linked(partner, name);

/** The same within a sentence or between others: the id stands behind the name. */
export const partnerInLine = (partner: string, to = partnerPath(partner)): Html =>
  named(partner, (id) => html` (${id})`, to);

const linked = (partner: string, name: string | undefined, to = partnerPath(partner)): Html =>
  html`<a href="${to}">${name ?? idText(partner)}</a>`;

/** A partner by its name once it is looked up, and its id beside it; one that is not known by its id alone. */
const named = (partner: string, beside: (id: Html) => Html, to?: string): Html =>
  late(partner, (name) =>
    name === undefined || name === partner
      ? linked(partner, undefined, to)
      : html`${linked(partner, name, to)}${beside(idText(partner))}`,
  );

/** What a page shows that may name partners. */
type Shown = Pick<AppPageParts, "content" | "lead" | "crumbs" | "actions">;

/** The same page, on which each partner that it shows by its id is named. */
export async function withPartnerNames<Page extends Shown>(
  deps: Pick<Deps, "store">,
  page: Page,
): Promise<Page> {
  const { content, lead, crumbs = [], actions } = page;
  const keys = [content, lead, actions, ...crumbs].flatMap((part) =>
    part instanceof Html ? part.lateKeys : [],
  );
  if (keys.length === 0) return page;
  const names = await readPartnerNames(deps, keys);
  return {
    ...page,
    content: content.with(names),
    lead: lead instanceof Html ? lead.with(names) : lead,
    crumbs: page.crumbs?.map((crumb) => crumb.with(names)),
    actions: actions?.with(names),
  };
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
