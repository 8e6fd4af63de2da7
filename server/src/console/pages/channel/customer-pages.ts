import {
  type Customer,
  listCustomers,
  removeCustomer,
  showCustomer,
} from "../../../customers/shown-customers.ts";
import { type ToldCustomer, tellCustomers } from "../../../customers/tell-customers.ts";
import { customerParts } from "../../../customers/told-customer.ts";
import { type Html, html } from "../../../pages/html.ts";
import { buttonLink, facts } from "../../../pages/parts.ts";
import { Refusal } from "../../../words/refusal.ts";
import { textColumn } from "../kit/columns.ts";
import {
  answerers,
  type ConsoleRoute,
  keepers,
  may,
  owners,
  planners,
  readers,
} from "../kit/console-route.ts";
import { type Deed, deedRoutes } from "../kit/deed.ts";
import { type Desk, given, goTo } from "../kit/desk.ts";
import { boxes, entered, line, pick, productOptions } from "../kit/fields.ts";
import { listPage } from "../kit/list-page.ts";
import { partnerLink } from "../kit/partner-names.ts";

const path = "/console/customers";
const pageRows = 100;
const crumbs = ({ say }: Desk) => [html`<a href="${path}">${say.say("nav_customers")}</a>`];

/** Writes to customers or answers for them, and so sees whole addresses: everybody else sees which domain they are in. */
const addressees = answerers;

/** An address as the person at the desk sees it. */
const addressText = (desk: Desk, { email }: Customer): string =>
  may(desk, addressees) ? email : `${email.slice(0, 1)}…${email.slice(email.lastIndexOf("@"))}`;

const partsWords = ({ say }: Desk, parts: Customer["organisationParts"]): string =>
  parts.map((one) => say.say(`part_${one}`)).join(", ");

/** What is said of each of a customer's licences, one below the other. */
const ofLicences = (
  { licences }: Customer,
  say: (licence: Customer["licences"][number]) => Html | string,
): Html => html`${licences.map((one) => html`<div>${say(one)}</div>`)}`;

const endText = ({ licenceEnd }: Customer["licences"][number]): string =>
  licenceEnd === null ? "–" : `…${licenceEnd}`;

/** Who customers are, and who sold them each licence: `customer list`. */
async function customersPage(desk: Desk): Promise<Response> {
  const { say, deps, address } = desk;
  const { customers, next } = await listCustomers(deps, {
    product: given(address.query, "product"),
    organisation: given(address.query, "organisation"),
    after: given(address.query, "after"),
    limit: pageRows,
  });
  const mayRemove = may(desk, answerers);
  const partsOf = (one: Customer) =>
    one.licences.length === 0
      ? partsWords(desk, one.organisationParts)
      : one.licences.map(({ parts }) => partsWords(desk, parts)).join("; ");
  return listPage<Customer>(desk, {
    title: say.say("nav_customers"),
    lead: say.say("customers_lead"),
    actions: html`${buttonLink(say.say("organisations"), `${path}/organisations`)}${
      may(desk, keepers) && buttonLink(say.say("customer_export"), `${path}/export`)
    }${may(desk, owners) && buttonLink(say.say("customer_erase"), `${path}/erase`)}${
      may(desk, planners) &&
      html`${buttonLink(say.say("customers_import"), `${path}/import`)}${buttonLink(say.say("customer_add"), `${path}/add`, true)}`
    }`,
    file: "customers",
    rows: customers,
    next,
    filters: [
      { name: "product", label: say.say("product"), options: productOptions(desk) },
      { name: "organisation", label: say.say("organisation") },
    ],
    empty: { title: say.say("no_customers") },
    columns: [
      {
        heading: say.say("name"),
        sort: "name",
        cell: ({ name }) => (name === null ? "–" : html`<bdi>${name}</bdi>`),
        text: ({ name }) => name,
      },
      {
        heading: say.say("address"),
        sort: "address",
        cell: (one) => html`<bdi>${addressText(desk, one)}</bdi>`,
        text: (one) => addressText(desk, one),
      },
      textColumn({ heading: say.say("language"), sort: "language", of: ({ language }) => language }),
      {
        heading: say.say("organisation"),
        sort: "organisation",
        cell: ({ organisation }) =>
          organisation === null
            ? "–"
            : html`<a href="${path}?organisation=${organisation.id}"><bdi>${organisation.name}</bdi></a>`,
        text: ({ organisation }) => organisation?.name ?? null,
      },
      {
        heading: say.say("customer_parts"),
        cell: (one) =>
          one.licences.length === 0 ? partsOf(one) : ofLicences(one, ({ parts }) => partsWords(desk, parts)),
        text: partsOf,
      },
      {
        heading: say.say("product"),
        cell: (one) => ofLicences(one, ({ product, version }) => `${product ?? "–"} ${version ?? ""}`),
        text: ({ licences }) => licences.map(({ product }) => product ?? "").join("; "),
      },
      {
        heading: say.say("licence"),
        cell: (one) => ofLicences(one, endText),
        text: ({ licences }) => licences.map(endText).join("; "),
      },
      {
        heading: say.say("partner"),
        cell: (one) =>
          ofLicences(one, ({ partner }) => (partner === null ? say.say("the_vendor") : partnerLink(partner))),
        text: ({ licences }) => licences.map(({ partner }) => partner ?? "").join("; "),
      },
      ...(mayRemove
        ? [
            {
              heading: say.say("action"),
              cell: (one: Customer) =>
                html`<a href="${path}/remove?customer=${one.customer}" aria-label="${say.say("customer_remove")}: ${one.email}">${say.say("customer_remove")}</a>`,
              text: () => "",
            },
          ]
        : []),
    ],
  });
}

/** `customer add`. */
const add = (desk: Desk): Deed<ToldCustomer> => {
  const { say, deps } = desk;
  const texts = ["email", "name", "address", "language", "organisation", "product", "licence", "version"];
  return {
    title: say.say("customer_add"),
    lead: say.say("customers_lead"),
    crumbs: crumbs(desk),
    back: path,
    names: [...texts, ...customerParts.map((one) => `part_${one}`)],
    fields: (
      value,
    ) => html`${line("email", say.say("address"), value("email"), { type: "email", required: true, maxlength: 254, dir: "ltr" })}
${line("name", say.say("name"), value("name"))}
${line("address", say.say("postal_address"), value("address"), { maxlength: 500 })}
${line("language", say.say("language"), value("language"), { maxlength: 35, dir: "ltr", hint: say.say("customer_language_hint") })}
${line("organisation", say.say("organisation"), value("organisation"), { maxlength: 1_700, hint: say.say("organisation_hint") })}
${boxes(
  say.say("customer_parts"),
  customerParts.map((one) => [`part_${one}`, say.say(`part_${one}`)]),
  (name) => value(name) === "1",
)}
${pick("product", say.say("product"), [["", "–"], ...productOptions(desk)], value("product"))}
${line("licence", say.say("licence"), value("licence"), { maxlength: 256, dir: "ltr", hint: say.say("customer_licence_hint") })}
${line("version", say.say("notice_version"), value("version"), { maxlength: 64 })}`,
    read: (field) => {
      const parts = customerParts.filter((one) => field(`part_${one}`) === "1");
      return {
        row: 1,
        email: field("email") ?? "",
        name: field("name"),
        address: field("address"),
        language: field("language"),
        organisation: field("organisation")
          ?.split(">")
          .map((name) => name.trim()),
        parts: parts.length === 0 ? undefined : parts,
        product: field("product"),
        licence: field("licence"),
        version: field("version"),
      };
    },
    label: say.say("customer_add"),
    act: async (told) => {
      const [fault] = (await tellCustomers(deps, { by: "vendor" }, [told])).invalid;
      if (fault !== undefined)
        throw new Refusal("request_invalid", `The customer is not kept: ${fault.reason}.`);
      return goTo(path, "kept");
    },
  };
};

/** `customer remove`: who is meant is shown first. */
const remove = async (desk: Desk): Promise<Deed<string>> => {
  const { say, deps } = desk;
  const shown = await showCustomer(deps, entered(desk, "customer"));
  return {
    title: say.say("customer_remove"),
    about: shown.email,
    lead: say.say("customer_remove_lead"),
    crumbs: crumbs(desk),
    back: path,
    names: ["customer"],
    read: (field) => field("customer") ?? "",
    label: say.say("customer_remove"),
    isDanger: true,
    rehearse: () => ({
      content: facts([
        [say.say("name"), shown.name ?? undefined],
        [say.say("address"), html`<bdi>${shown.email}</bdi>`],
        [say.say("organisation"), shown.organisation?.name],
        ...shown.licences.map(
          (one) =>
            [
              say.say("licence"),
              `${one.product ?? "–"} ${endText(one)} ${one.partner ?? say.say("the_vendor")}`,
            ] as const,
        ),
      ]),
      label: say.say("customer_remove"),
    }),
    act: async (customer) => {
      await removeCustomer(deps, { customer });
      return goTo(path, "removed");
    },
  };
};

/** Who customers are: kept, listed and removed. */
export const customerRoutes: readonly ConsoleRoute[] = [
  ["get", path, readers, customersPage],
  ...deedRoutes(`${path}/add`, planners, add),
  ...deedRoutes(`${path}/remove`, answerers, remove, "fresh"),
];
