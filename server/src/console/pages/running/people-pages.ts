import { type Html, html } from "../../../pages/html.ts";
import { addPerson, type ListedPerson, listPeople, removePerson } from "../../../people/people.ts";
import { Refusal } from "../../../words/refusal.ts";
import { partnerRoles, vendorRoles } from "../../../words/roles.ts";
import { dayColumn } from "../kit/columns.ts";
import { type Desk, given, goTo } from "../kit/desk.ts";
import { askPage, confirmPage, entered, isConfirmed, keptFields, line, pick } from "../kit/fields.ts";
import { listPage, partnerFilter } from "../kit/list-page.ts";
import { orAgain } from "../kit/or-again.ts";
import { partnerChoice } from "../kit/partner-choices.ts";
import { partnerLink } from "../kit/partner-names.ts";

const path = "/console/people";
const pageRows = 100;
const crumbs = (desk: Desk): Html[] => [html`<a href="${path}">${desk.say.say("nav_people")}</a>`];
const roles = [...new Set([...vendorRoles, ...partnerRoles])];

const roleText = ({ say }: Desk, role: string): string => {
  const name = `role_${role}`;
  return say.has(name) ? say.say(name) : role;
};

/** Who may sign in, for the vendor and for its partners: the same as `person list`. */
export async function peoplePage(desk: Desk): Promise<Response> {
  const { say, deps, address, person } = desk;
  const partner = given(address.query, "partner");
  const { people, next } = await listPeople(deps, {
    partner,
    after: given(address.query, "after"),
    limit: pageRows,
  });
  const mayChange = person.role === "owner";
  return listPage<ListedPerson>(desk, {
    title: say.say("nav_people"),
    lead: say.say("people_lead"),
    actions: mayChange
      ? html`<a class="button main" href="${path}/add${partner === undefined ? "" : `?partner=${encodeURIComponent(partner)}`}">${say.say("person_add")}</a>`
      : undefined,
    heading: say.say("people_title"),
    file: "people",
    rows: people,
    filters: [partnerFilter(desk)],
    next,
    empty: { title: say.say("no_people") },
    columns: [
      {
        heading: say.say("address"),
        sort: "address",
        cell: ({ mail }) => html`<bdi>${mail}</bdi>`,
        text: ({ mail }) => mail,
      },
      {
        heading: say.say("acts_for"),
        sort: "acts_for",
        cell: (one) => (one.partner === null ? say.say("the_vendor") : partnerLink(one.partner)),
        text: (one) => one.partner ?? "",
      },
      {
        heading: say.say("role"),
        sort: "role",
        cell: ({ role }) => roleText(desk, role),
        text: ({ role }) => role,
      },
      dayColumn(desk, { heading: say.say("added"), sort: "added", of: ({ addedAt }) => addedAt }),
      dayColumn(desk, { heading: say.say("seen"), sort: "seen", of: ({ lastSeenAt }) => lastSeenAt }),
      ...(mayChange
        ? [
            {
              heading: say.say("action"),
              cell: ({ id, mail }: ListedPerson) =>
                id === person.id
                  ? "–"
                  : html`<a href="${path}/remove?person=${id}" aria-label="${say.say("person_remove")}: ${mail}">${say.say("person_remove")}</a>`,
              text: () => "",
            },
          ]
        : []),
    ],
  });
}

/** Asks whom to let sign in: the same question as `person add`. */
export function addPersonPage(desk: Desk, problem?: string | Html): Promise<Response> {
  const { say } = desk;
  return askPage(desk, {
    title: say.say("person_add"),
    lead: say.say("person_add_lead"),
    crumbs: crumbs(desk),
    problem,
    fields: html`${line("mail", say.say("address"), entered(desk, "mail"), { type: "email", required: true, maxlength: 254, dir: "ltr" })}
${line("partner", say.say("partner"), entered(desk, "partner"), { ...partnerChoice, hint: say.say("person_partner_hint") })}
${pick(
  "role",
  say.say("role"),
  roles.map((role) => [role, roleText(desk, role)] as const),
  entered(desk, "role") || "finance",
)}<p class="hint">${say.say("person_role_hint")}</p>`,
    label: say.say("person_add_do"),
    back: path,
  });
}

/** Lets somebody sign in, and mails the invitation. */
export const addOne = (desk: Desk): Promise<Response> =>
  orAgain(
    desk,
    (problem) => addPersonPage(desk, problem),
    async () => {
      const form = desk.c.get("form");
      const partner = given(form, "partner");
      await addPerson(desk.deps, {
        mail: given(form, "mail") ?? "",
        role: given(form, "role") ?? "",
        partner,
        addedBy: desk.person.actor,
      });
      return goTo(partner === undefined ? path : `${path}?partner=${encodeURIComponent(partner)}`, "invited");
    },
  );

/** Asks before somebody's access is taken away. */
export async function removePersonPage(desk: Desk): Promise<Response> {
  const { say, deps } = desk;
  const id = entered(desk, "person");
  const found = await findListed(deps, id);
  return confirmPage(desk, {
    title: say.say("person_remove_confirm", { mail: found.mail }),
    lead: say.say("person_remove_lead"),
    crumbs: crumbs(desk),
    sent: { person: id },
    heading: say.say("facts"),
    content: html`<dl class="facts"><dt>${say.say("acts_for")}</dt><dd>${found.partner ?? say.say("the_vendor")}</dd><dt>${say.say("role")}</dt><dd>${roleText(desk, found.role)}</dd></dl>`,
    label: say.say("person_remove"),
    back: path,
    isDanger: true,
  });
}

/** Takes somebody's access away; all sessions end at once. Nobody takes their own away here. */
export async function removeOne(desk: Desk): Promise<Response> {
  const { person } = keptFields(desk, ["person"]);
  if (!isConfirmed(desk)) return removePersonPage(desk);
  if (person === desk.person.id)
    throw new Refusal("request_invalid", "Another owner takes your access away; you cannot do it yourself.");
  await removePerson(desk.deps, { person: person ?? "" });
  return goTo(path, "removed");
}

/** A person by its id, from the list. @throws {Refusal} `person_unknown` */
async function findListed(deps: Desk["deps"], id: string): Promise<ListedPerson> {
  let after: string | undefined;
  do {
    const page: Awaited<ReturnType<typeof listPeople>> = await listPeople(deps, { after, limit: 1_000 });
    const found = page.people.find((one) => one.id === id);
    if (found !== undefined) return found;
    after = page.next ?? undefined;
  } while (after !== undefined);
  throw new Refusal("person_unknown", "There is no such person.");
}
