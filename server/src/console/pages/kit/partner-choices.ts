import { namePartners } from "../../../channel/partners.ts";
import { type Attributes, type Html, html, marked } from "../../../pages/html.ts";
import type { Desk } from "./desk.ts";

/** The id of the list of partners on a page, by which its fields name it; also the mark of what has such a field. */
const listId = "partner-choices";

/** So many partners are offered. Where there are more none are: a list that lacks some would say that these are not there. */
const choicesAtMost = 500;

/** What makes a field one for a partner's id: as it is typed, partners with such an id or name are offered. */
export const partnerChoice = { list: marked(listId, html`${listId}`), maxlength: 64 } satisfies Attributes;

/** Whether what a page shows has a field for a partner. */
export const asksForPartner = (content: Html): boolean => content.isMarked(listId);

/** The partners that a page's fields offer, each by its id with its name beside it. */
export async function partnerChoices({ deps }: Pick<Desk, "deps">): Promise<Html> {
  const partners = await namePartners(deps, choicesAtMost + 1);
  if (partners.length > choicesAtMost) return html``;
  return html`<datalist id="${listId}">${partners.map(({ id, name }) => html`<option value="${id}">${name}</option>`)}</datalist>`;
}
