import { type Html, html } from "../../../pages/html.ts";
import { panel } from "../../../pages/parts.ts";
import type { VendorRole } from "../../../words/roles.ts";
import type { ConsoleRoute, Params } from "./console-route.ts";
import { consolePage, type Desk, given } from "./desk.ts";
import { askPage, confirmPage, entered, isConfirmed } from "./fields.ts";
import { orAgain } from "./or-again.ts";

/** The value of a field by its name; undefined where it is empty. */
export type Read = (name: string) => string | undefined;

/** What would come of a deed, shown before it is done. */
export interface Rehearsal {
  title?: string;
  lead?: string;
  heading?: string;
  content: Html;
  /** The button that does it; undefined where there is nothing to do. */
  label: string | undefined;
}

/** Something that a person does by a form, in one step or in two. */
export interface Deed<Facts> {
  title: string;
  /** What it is done to, such as a code: the page's title names it. */
  about?: string | undefined;
  lead?: string | undefined;
  crumbs: readonly Html[];
  /** Where one comes from, and goes back to. */
  back: string;
  /** Why it cannot be done as things stand, with the way out: it stands in place of the form. */
  instead?: Html | undefined;
  /** The fields, each with what was entered before; none where all is said by the address. */
  fields?: (value: (name: string, before?: string) => string) => Html;
  /** The names of all fields, and of what the address says: they are sent again with the second step. */
  names: readonly string[];
  /** @throws {Refusal} for what makes no sense */
  read: (field: Read) => Facts;
  /** The button under the fields. */
  label: string;
  /** What would come of it: then a second button does it. Without it the first one does. */
  rehearse?: (facts: Facts) => Promise<Rehearsal> | Rehearsal;
  act: (facts: Facts) => Promise<Response>;
  isDanger?: boolean;
}

/** What is done, and to what. */
const titleOf = ({ say }: Desk, { title, about }: Pick<Deed<unknown>, "title" | "about">): string =>
  about === undefined || about === "" ? title : say.say("deed_about", { deed: title, about });

/** Asks, with what was wrong before; what has no fields is shown at once as what would come of it. */
function ask<Facts>(desk: Desk, deed: Deed<Facts>, problem?: string | Html): Promise<Response> {
  const { fields, names, lead, crumbs, back, label, isDanger = false } = deed;
  const title = titleOf(desk, deed);
  if (deed.instead !== undefined)
    return consolePage(desk, { title, lead, crumbs, content: panel(deed.instead) });
  if (fields === undefined) return rehearse(desk, deed, problem);
  const isSent = desk.c.get("form") !== undefined;
  const shown = fields((name, before = "") => (isSent ? entered(desk, name) : entered(desk, name) || before));
  const text = String(shown);
  const hidden = Object.fromEntries(
    names.filter((name) => !text.includes(` name="${name}"`)).map((name) => [name, entered(desk, name)]),
  );
  return askPage(desk, {
    title,
    ...(lead === undefined ? {} : { lead }),
    crumbs,
    problem,
    hidden,
    fields: shown,
    label,
    back,
    isDanger: isDanger && deed.rehearse === undefined,
  });
}

/** Shows what would come of it, with why it was refused just before. */
async function rehearse<Facts>(desk: Desk, deed: Deed<Facts>, problem?: string | Html): Promise<Response> {
  const facts = deed.read((name) => entered(desk, name) || undefined);
  const shown = await deed.rehearse?.(facts);
  const lead = shown?.lead ?? deed.lead;
  const sent = Object.fromEntries(
    deed.names.flatMap((name) => {
      const value = entered(desk, name);
      return value === "" ? [] : [[name, value]];
    }),
  );
  return confirmPage(desk, {
    title: shown?.title ?? titleOf(desk, deed),
    ...(lead === undefined ? {} : { lead }),
    crumbs: deed.crumbs,
    problem,
    sent,
    heading: shown?.heading ?? desk.say.say("facts"),
    content: shown?.content ?? html``,
    label: shown === undefined ? deed.label : shown.label,
    back: deed.back,
    isDanger: deed.isDanger === true,
  });
}

/** The two routes of a deed: what asks, and what does it. Both are open to the same people. */
export function deedRoutes<Facts>(
  path: string,
  roles: readonly VendorRole[],
  make: (desk: Desk, params: Params) => Promise<Deed<Facts>> | Deed<Facts>,
  fresh?: "fresh",
): ConsoleRoute[] {
  return [
    ["get", path, roles, async (desk, params) => ask(desk, await make(desk, params)), fresh],
    [
      "post",
      path,
      roles,
      async (desk, params) => {
        const deed = await make(desk, params);
        return orAgain(
          desk,
          (problem) => ask(desk, deed, problem),
          async () => {
            if (deed.rehearse !== undefined && !isConfirmed(desk)) return rehearse(desk, deed);
            return deed.act(deed.read((name) => given(desk.c.get("form"), name)));
          },
        );
      },
      fresh,
    ],
  ];
}
