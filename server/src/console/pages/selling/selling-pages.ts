import { basename } from "node:path";
import { listPartners } from "../../../channel/partners.ts";
import { pathOf } from "../../../pages/address.ts";
import { copyField } from "../../../pages/copy-field.ts";
import { type Html, html, trusted } from "../../../pages/html.ts";
import { buttonLink, card, emptyState, facts } from "../../../pages/parts.ts";
import { qrCodeSvg } from "../../../pages/qr-code.ts";
import { eraseEmail } from "../../../registered-emails/erase-email.ts";
import { type EmailSummary, summariseEmails } from "../../../registered-emails/summarise-emails.ts";
import { countColumn, dayColumn } from "../kit/columns.ts";
import { type ConsoleRoute, keepers, may, planners, readers } from "../kit/console-route.ts";
import { type Deed, deedRoutes } from "../kit/deed.ts";
import { consolePage, type Desk, given, goTo } from "../kit/desk.ts";
import { boxes, line, pick } from "../kit/fields.ts";
import { listPage, partnerFilter } from "../kit/list-page.ts";
import { partnerChoice } from "../kit/partner-choices.ts";
import { partnerLink } from "../kit/partner-names.ts";

const path = "/console/addresses";
const crumbs = ({ say }: Desk) => [html`<a href="${path}">${say.say("nav_addresses")}</a>`];
/** More partners than this are no list to choose from. */
const choicesAtMost = 500;

/** How many addresses a partner registered: `email list`. The addresses themselves are not kept. */
async function addressesPage(desk: Desk): Promise<Response> {
  const { say, deps, address } = desk;
  const partner = given(address.query, "partner");
  const rows = partner === undefined ? [] : await summariseEmails(deps, partner);
  const count = (heading: string, sort: string, of: (one: EmailSummary) => number) =>
    countColumn<EmailSummary>(desk, { heading, sort, of });
  return listPage<EmailSummary>(desk, {
    title: say.say("nav_addresses"),
    lead: say.say("addresses_lead"),
    actions: html`${may(desk, keepers) && buttonLink(say.say("address_erase"), `${path}/erase`)}${
      may(desk, planners) &&
      buttonLink(
        say.say("addresses_import"),
        `${path}/import${partner === undefined ? "" : `?partner=${encodeURIComponent(partner)}`}`,
        true,
      )
    }`,
    ...(partner === undefined ? {} : { heading: partner }),
    file: "addresses",
    rows,
    filters: [partnerFilter(desk)],
    empty: { title: say.say("name_partner"), text: say.say("no_addresses") },
    columns: [
      {
        heading: say.say("product"),
        sort: "product",
        cell: ({ product }) => product ?? say.say("every_product"),
        text: ({ product }) => product ?? "",
      },
      {
        heading: say.say("channel"),
        sort: "by",
        cell: ({ origin }) => html`<code>${origin}</code>`,
        text: ({ origin }) => origin,
      },
      {
        heading: say.say("consent"),
        cell: ({ consent }) => consent ?? "–",
        text: ({ consent }) => consent,
      },
      count(say.say("counting"), "counting", ({ counting }) => counting),
      count(say.say("ended"), "ended", ({ ended }) => ended),
      dayColumn(desk, { heading: say.say("since"), sort: "since", of: ({ firstAt }) => firstAt }),
      dayColumn(desk, { heading: say.say("until"), sort: "until", of: ({ lastAt }) => lastAt }),
    ],
  });
}

/** `email erase`: counted first. */
const erase = (desk: Desk): Deed<{ email: string; orders: boolean }> => {
  const { say, deps } = desk;
  return {
    title: say.say("address_erase"),
    lead: say.say("address_erase_lead"),
    crumbs: crumbs(desk),
    back: path,
    names: ["email", "orders"],
    fields: (
      value,
    ) => html`${line("email", say.say("address"), value("email"), { type: "email", required: true, maxlength: 254, dir: "ltr" })}
${boxes(say.say("orders"), [["orders", say.say("address_erase_orders")]], (name) => value(name) === "1")}`,
    read: (field) => ({ email: field("email") ?? "", orders: field("orders") === "1" }),
    label: say.say("see_what_comes"),
    isDanger: true,
    rehearse: async (erasure) => {
      const report = await eraseEmail(deps, { ...erasure, dryRun: true });
      return {
        content: facts([
          [say.say("nav_addresses"), say.number(report.registrations)],
          [say.say("orders"), erasure.orders ? say.number(report.orders) : undefined],
        ]),
        label: say.say("address_erase"),
      };
    },
    act: async (erasure) => {
      await eraseEmail(deps, erasure);
      return goTo(path, "erased");
    },
  };
};

/** The installers that are stamped as they are downloaded, with each partner's own address. */
async function installersPage(desk: Desk): Promise<Response> {
  const { say, deps, address } = desk;
  const { config } = deps;
  const products = [...config.products.values()].filter(({ installers }) => installers.length > 0);
  const partners = (await listPartners(deps)).filter(({ status }) => status === "active");
  const partner = given(address.query, "partner");
  return consolePage(desk, {
    title: say.say("nav_installers"),
    lead: say.say("installers_lead"),
    copies: partner !== undefined,
    content: html`<div class="stack">${card({
      title: say.say("partner"),
      content: html`<form class="filters" method="get" action="${address.path}">${
        partners.length <= choicesAtMost
          ? pick(
              "partner",
              say.say("partner"),
              partners.map(({ id, name }) => [id, `${name} (${id})`] as const),
              partner ?? "",
            )
          : line("partner", say.say("partner"), partner ?? "", partnerChoice)
      }<div class="field"><button class="main">${desk.kit.say("filter")}</button></div></form>`,
    })}${
      products.length === 0
        ? card({
            title: say.say("nav_installers"),
            content: emptyState(say.say("no_installers"), say.say("no_installers_why")),
          })
        : products.map(({ id, name, installers }) =>
            card({
              title: name,
              lead: installers.map((one) => basename(one)).join(", "),
              content:
                partner === undefined
                  ? html`<p>${say.say("name_partner")}</p>`
                  : installers.map((one, at) =>
                      linkOf(desk, { product: id, partner, file: basename(one), at }),
                    ),
            }),
          )
    }${partner !== undefined && html`<p>${partnerLink(partner)}</p>`}</div>`,
  });
}

function linkOf(
  { say, deps }: Desk,
  { product, partner, file, at }: { product: string; partner: string; file: string; at: number },
): Html {
  const whole = `${deps.config.issuer}${pathOf("d", product, partner)}`;
  const value = at === 0 ? whole : `${whole}/${encodeURIComponent(file)}`;
  return html`${copyField(say, { id: `${product}-${at}`, label: file, value })}<details><summary>${say.say("qr")}</summary>${trusted(qrCodeSvg(value, "QR"))}</details>`;
}

/** Addresses that partners registered, and installers with their stamp. */
export const addressRoutes: readonly ConsoleRoute[] = [
  ["get", path, readers, addressesPage],
  ...deedRoutes(`${path}/erase`, keepers, erase, "fresh"),
  ["get", "/console/installers", readers, installersPage],
];
