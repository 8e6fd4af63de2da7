import { html } from "../../../pages/html.ts";
import { facts } from "../../../pages/parts.ts";
import { erasePerson, exportPerson, type Person } from "../../../persons/persons.ts";
import { type ConsoleRoute, keepers, owners } from "../kit/console-route.ts";
import { type Deed, deedRoutes, type Read } from "../kit/deed.ts";
import { type Desk, goTo } from "../kit/desk.ts";
import { line } from "../kit/fields.ts";
import { fileResponse } from "../kit/file-response.ts";

const path = "/console/customers";
const crumbs = ({ say }: Desk) => [html`<a href="${path}">${say.say("nav_customers")}</a>`];

const names = ["email", "licence"];
const whoIsMeant = (field: Read): Person => ({ email: field("email"), licence: field("licence") });
const fieldsOf =
  ({ say }: Desk) =>
  (value: (name: string) => string) =>
    html`${line("email", say.say("address"), value("email"), { type: "email", maxlength: 254, dir: "ltr" })}
${line("licence", say.say("licence"), value("licence"), { maxlength: 255, dir: "ltr", hint: say.say("one_of_two") })}`;

/** `person export`: as a file, since it is for the customer. */
const exportOne = (desk: Desk): Deed<Person> => ({
  title: desk.say.say("customer_export"),
  crumbs: crumbs(desk),
  back: path,
  names,
  fields: fieldsOf(desk),
  read: whoIsMeant,
  label: desk.say.say("export_do"),
  act: async (person) => {
    const found = JSON.stringify(await exportPerson(desk.deps, person), null, 2);
    return fileResponse("customer.json", "application/json", `${found}\n`);
  },
});

/** `person erase`: counted first. */
const erase = (desk: Desk): Deed<Person> => {
  const { say, deps } = desk;
  return {
    title: say.say("customer_erase"),
    lead: say.say("customer_erase_lead"),
    crumbs: crumbs(desk),
    back: path,
    names,
    fields: fieldsOf(desk),
    read: whoIsMeant,
    label: say.say("see_what_comes"),
    isDanger: true,
    rehearse: async (person) => {
      const { registrations, rows, orders, stays } = await erasePerson(deps, person, { dryRun: true });
      return {
        content: html`${facts([
          [say.say("nav_addresses"), say.number(registrations)],
          [say.say("count_rows"), say.number(rows)],
          [say.say("orders"), say.number(orders)],
        ])}<p>${stays}</p>`,
        label: say.say("customer_erase"),
      };
    },
    act: async (person) => {
      await erasePerson(deps, person);
      return goTo(path, "erased");
    },
  };
};

/** What customers may ask for. */
export const customerRequestRoutes: readonly ConsoleRoute[] = [
  ...deedRoutes(`${path}/export`, keepers, exportOne, "fresh"),
  ...deedRoutes(`${path}/erase`, owners, erase, "fresh"),
];
