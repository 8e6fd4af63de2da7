import {
  listOrganisations,
  moveOrganisation,
  type Organisation,
  showOrganisation,
} from "../../../customers/organisations.ts";
import { html } from "../../../pages/html.ts";
import { facts } from "../../../pages/parts.ts";
import { type ConsoleRoute, may, planners, readers } from "../kit/console-route.ts";
import { type Deed, deedRoutes } from "../kit/deed.ts";
import { type Desk, given, goTo } from "../kit/desk.ts";
import { entered, line, pick } from "../kit/fields.ts";
import { listPage } from "../kit/list-page.ts";
import { partnerLink } from "../kit/partner-names.ts";

const customersPath = "/console/customers";
const path = `${customersPath}/organisations`;
const rowsOfRead = 1_000;
/** So many organisations are put together as one tree; the rest stands on the pages behind. */
const treeAtMost = 10_000;
/** More than these are no list to choose from. */
const choicesAtMost = 500;

const crumbs = ({ say }: Desk) => [
  html`<a href="${customersPath}">${say.say("nav_customers")}</a>`,
  html`<a href="${path}">${say.say("organisations")}</a>`,
];

/** Organisations, the oldest first, with a way to say where each stands. */
async function readTree({ deps }: Desk, after?: string) {
  const organisations: Organisation[] = [];
  let next: string | null | undefined = after;
  do {
    const page = await listOrganisations(deps, { after: next, limit: rowsOfRead });
    organisations.push(...page.organisations);
    next = page.next;
  } while (next !== null && organisations.length < treeAtMost);
  const known = new Map(organisations.map((one) => [one.organisation, one]));
  /** Its name below those it is a part of, as `customer add` takes it. */
  const pathOf = (id: string): string => {
    const names: string[] = [];
    const seen = new Set<string>();
    for (let at: string | null = id; at !== null && !seen.has(at); at = known.get(at)?.parent ?? null) {
      seen.add(at);
      names.unshift(known.get(at)?.name ?? at);
    }
    return names.join(" > ");
  };
  return { organisations, pathOf, next };
}

/** The customers' organisations, each below those it is a part of: `customer organisations`. */
async function organisationsPage(desk: Desk): Promise<Response> {
  const { say, address } = desk;
  // A list that is there as a whole is cut by a number, one that is read in pages by an organisation's id.
  const from = given(address.query, "after");
  const { organisations, pathOf, next } = await readTree(desk, from?.startsWith("or_") ? from : undefined);
  const rows = organisations
    .map((one) => ({ ...one, whole: pathOf(one.organisation) }))
    .sort((one, other) => one.whole.localeCompare(other.whole, say.tag));
  const mayMove = may(desk, planners);
  return listPage<Organisation & { whole: string }>(desk, {
    title: say.say("organisations"),
    lead: say.say("organisations_lead"),
    crumbs: crumbs(desk).slice(0, 1),
    file: "organisations",
    rows,
    ...(next === null ? {} : { next }),
    empty: { title: say.say("no_organisations") },
    columns: [
      {
        heading: say.say("organisation"),
        sort: "organisation",
        cell: ({ organisation, whole }) =>
          html`<a href="${customersPath}?organisation=${organisation}"><bdi>${whole}</bdi></a>`,
        text: ({ whole }) => whole,
      },
      {
        heading: say.say("told_by"),
        sort: "by",
        cell: ({ toldBy }) => (toldBy === null ? say.say("the_vendor") : partnerLink(toldBy)),
        text: ({ toldBy }) => toldBy ?? "",
      },
      ...(mayMove
        ? [
            {
              heading: say.say("action"),
              cell: ({ organisation, toldBy, whole }: Organisation & { whole: string }) =>
                toldBy === null
                  ? html`<a href="${path}/move?organisation=${organisation}" aria-label="${say.say("organisation_move")}: ${whole}">${say.say("organisation_move")}</a>`
                  : "–",
              text: () => "",
            },
          ]
        : []),
    ],
  });
}

/** `customer move`: where it stands and where it would stand are shown first. */
const move = async (desk: Desk): Promise<Deed<{ organisation: string; parent: string | null }>> => {
  const { say, deps } = desk;
  const moved = await showOrganisation(deps, entered(desk, "organisation"));
  const { organisations, pathOf } = await readTree(desk);
  const own = organisations.filter(
    ({ organisation, toldBy }) => toldBy === null && organisation !== moved.organisation,
  );
  const options = own
    .map(({ organisation }) => [organisation, pathOf(organisation)] as const)
    .sort(([, one], [, other]) => one.localeCompare(other, say.tag));
  const placeOf = (id: string | null) =>
    id === null ? say.say("at_the_top") : html`<bdi>${pathOf(id)}</bdi>`;
  return {
    title: say.say("organisation_move"),
    about: moved.name,
    lead: say.say("organisation_move_lead"),
    crumbs: crumbs(desk),
    back: path,
    names: ["organisation", "below"],
    fields: (value) =>
      html`${facts([[say.say("organisation"), placeOf(moved.organisation)]])}${
        options.length <= choicesAtMost
          ? pick(
              "below",
              say.say("part_of"),
              [["", say.say("at_the_top")], ...options],
              value("below", moved.parent ?? ""),
            )
          : line("below", say.say("part_of"), value("below", moved.parent ?? ""), {
              maxlength: 64,
              dir: "ltr",
            })
      }`,
    read: (field) => ({ organisation: field("organisation") ?? "", parent: field("below") ?? null }),
    label: say.say("see_what_comes"),
    rehearse: ({ parent }) => ({
      content: facts([
        [say.say("organisation"), html`<bdi>${moved.name}</bdi>`],
        [say.say("part_of_before"), placeOf(moved.parent)],
        [say.say("part_of"), placeOf(parent)],
      ]),
      label: say.say("organisation_move"),
    }),
    act: async (where) => {
      await moveOrganisation(deps, where);
      return goTo(path, "kept");
    },
  };
};

/** The organisations among customers, as a tree. */
export const customerOrganisationRoutes: readonly ConsoleRoute[] = [
  ["get", path, readers, organisationsPage],
  ...deedRoutes(`${path}/move`, planners, move),
];
