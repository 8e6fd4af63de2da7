import {
  fitServiceNotice,
  listServiceNotices,
  type NewServiceNotice,
  type NoticeReach,
  rehearseServiceNotice,
  type ServiceNotice,
  showServiceNotice,
  writeServiceNotice,
} from "../../../customer-notices/product-notices.ts";
import { listRenewalNotices, type RenewalNotice } from "../../../customer-notices/renewal-notices.ts";
import { type Html, html } from "../../../pages/html.ts";
import { type ListColumn, listTable, withoutSort } from "../../../pages/listing.ts";
import { badge, buttonLink, card, facts, idText } from "../../../pages/parts.ts";
import { dayColumn, timeColumn } from "../kit/columns.ts";
import { consolePage, type Desk, doneNotice, given, goTo } from "../kit/desk.ts";
import { area, askPage, confirmPage, entered, isConfirmed, keptFields, line, pick } from "../kit/fields.ts";
import { listPage } from "../kit/list-page.ts";
import { orAgain } from "../kit/or-again.ts";
import { partnerLink } from "../kit/partner-names.ts";
import { timeText } from "../kit/shown.ts";

const path = "/console/notices";
const renewalsPath = `${path}/renewals`;
const pageRows = 50;
const renewalsShown = 20;
const crumbs = (desk: Desk): Html[] => [html`<a href="${path}">${desk.say.say("nav_notices")}</a>`];

/** What customers were told: service notices with their progress, and who was written to because a term ends. */
export async function noticesPage(desk: Desk): Promise<Response> {
  const { say, deps, address, person } = desk;
  const { notices, next } = await listServiceNotices(deps, {
    limit: pageRows,
    after: given(address.query, "after"),
  });
  const mayWrite = person.role === "owner" || person.role === "channel";
  return listPage<ServiceNotice>(desk, {
    title: say.say("nav_notices"),
    lead: say.say("notices_lead"),
    actions: mayWrite ? buttonLink(say.say("notice_write"), `${path}/write`, true) : undefined,
    heading: say.say("notices_service"),
    file: "notices",
    rows: notices,
    next,
    empty: { title: say.say("notices_none"), text: say.say("notices_none_why") },
    columns: [
      {
        heading: say.say("title"),
        sort: "title",
        cell: ({ id, title }) => html`<a href="${path}/${id}"><bdi>${title}</bdi></a>`,
        text: ({ title }) => title,
      },
      {
        heading: say.say("product"),
        sort: "product",
        cell: ({ product, version }) => html`${product} ${version ?? ""}`,
        text: ({ product, version }) => [product, version ?? ""].join(" ").trim(),
      },
      {
        heading: say.say("state"),
        sort: "state",
        cell: (one) => stateBadge(desk, one),
        text: ({ state }) => state,
      },
      {
        heading: say.say("notices_told"),
        sort: "told",
        isFigure: true,
        cell: ({ written, reach }) => `${say.number(written)} / ${say.number(reach.recipients)}`,
        text: ({ written }) => written,
      },
      timeColumn(desk, { heading: say.say("time"), sort: "time", of: ({ writtenAt }) => writtenAt }),
    ],
    below: await renewalCard(desk),
  });
}

const stateBadge = ({ say }: Desk, { state }: ServiceNotice): Html =>
  badge(say.say(`notice_${state}`), state === "done" ? "good" : "wait");

/** The newest of who was written to because a term ends, with the way to all of them. */
async function renewalCard(desk: Desk): Promise<Html> {
  const { say, kit, deps, address } = desk;
  const { notices, next } = await listRenewalNotices(deps, { limit: renewalsShown });
  return html`<p></p>${card({
    title: say.say("notices_renewal"),
    lead: say.say("notices_renewal_lead"),
    link: next === null ? undefined : { label: say.say("notices_renewal_all"), address: renewalsPath },
    content: listTable<RenewalNotice>({
      kit,
      caption: say.say("notices_renewal"),
      rows: notices,
      address,
      empty: { title: say.say("notices_renewal_none") },
      columns: renewalColumns(desk).map(withoutSort),
    }),
  })}`;
}

/** Who was written to because a term ends, and who was not and why: `notice renewals`. */
export async function renewalsPage(desk: Desk): Promise<Response> {
  const { say, deps, address } = desk;
  const outcome = renewalOutcomes.find((one) => one === address.query.get("outcome"));
  const { notices, next } = await listRenewalNotices(deps, {
    limit: pageRows,
    after: given(address.query, "after"),
    outcome,
  });
  return listPage<RenewalNotice>(desk, {
    title: say.say("notices_renewal"),
    lead: say.say("notices_renewal_lead"),
    crumbs: crumbs(desk),
    file: "renewal-notices",
    rows: notices,
    next,
    filters: [
      {
        name: "outcome",
        label: say.say("state"),
        options: renewalOutcomes.map((one) => [one, say.say(`notice_${one}`)] as const),
      },
    ],
    empty: { title: say.say("notices_renewal_none") },
    columns: renewalColumns(desk),
  });
}

const renewalOutcomes = ["written", "blocked"] as const;

const renewalColumns = (desk: Desk): ListColumn<RenewalNotice>[] => {
  const { say } = desk;
  return [
    {
      heading: say.say("product"),
      sort: "product",
      cell: ({ product, licenceEnd }) =>
        html`${product} <span class="sub">${licenceEnd === null ? "" : `…${licenceEnd}`}</span>`,
      text: ({ product, licenceEnd }) => [product, licenceEnd ?? ""].join(" ").trim(),
    },
    {
      heading: say.say("partner"),
      sort: "partner",
      cell: ({ partner }) => (partner === null ? say.say("the_vendor") : partnerLink(partner)),
      text: ({ partner }) => partner ?? "",
    },
    dayColumn(desk, { heading: say.say("until"), sort: "until", of: ({ endsAt }) => endsAt }),
    {
      heading: say.say("state"),
      sort: "state",
      cell: ({ reason }) =>
        reason === null
          ? badge(say.say("notice_written"), "good")
          : badge(say.say(`blocked_${blockedCode(reason)}`), "off"),
      text: ({ outcome, reason }) => reason ?? outcome,
    },
    timeColumn(desk, { heading: say.say("time"), sort: "time", of: ({ notedAt }) => notedAt }),
  ];
};

const blockedCodes = ["not_agreed", "bounced", "erased", "unsubscribed"] as const;
const blockedCode = (reason: string) => blockedCodes.find((one) => one === reason) ?? "erased";

/** One service notice: what it says, whom it reaches, how far it is. */
export async function noticePage(desk: Desk, id: string): Promise<Response> {
  const { say, deps } = desk;
  const notice = await showServiceNotice(deps, id);
  return consolePage(desk, {
    title: notice.title,
    crumbs: [...crumbs(desk), html`<code>${idText(id)}</code>`],
    lead: stateBadge(desk, notice),
    content: html`${doneNotice(desk)}<div class="grid">${card({
      title: say.say("facts"),
      content: facts([
        [say.say("product"), `${notice.product} ${notice.version ?? ""}`],
        [say.say("notice_written"), say.number(notice.written)],
        [say.say("notice_waiting"), say.number(notice.waiting)],
        [say.say("entered"), `${timeText(desk, notice.writtenAt)}, ${notice.writtenBy}`],
      ]),
    })}${card({ title: say.say("notices_told"), content: reachText(desk, notice.reach) })}${card({
      title: say.say("dispute_text"),
      wide: true,
      content: paragraphs(notice.text),
    })}</div>`,
  });
}

const paragraphs = (text: string): Html =>
  html`${text.split(/\n{2,}/).map((one) => html`<p dir="auto">${one}</p>`)}`;

const reachText = ({ say }: Desk, { recipients, licences, blocked }: NoticeReach): Html =>
  facts([
    [say.say("notice_addresses"), say.number(recipients)],
    [say.say("notice_licences"), say.number(licences)],
    ...blocked.map(
      ({ reason, licences: count }) =>
        [say.say(`blocked_${blockedCode(reason)}`), say.number(count)] as const,
    ),
  ]);

/** Asks what to tell, and whom. */
export function writeNoticePage(desk: Desk, problem?: string | Html): Promise<Response> {
  const { say, deps } = desk;
  const products = [...deps.config.products.values()].map(({ id, name }) => [id, name] as const);
  return askPage(desk, {
    title: say.say("notice_write"),
    lead: say.say("notice_write_lead"),
    crumbs: crumbs(desk),
    problem,
    fields: html`${pick("product", say.say("product"), products, entered(desk, "product"))}
${line("version", say.say("notice_version"), entered(desk, "version"), { maxlength: 64, hint: say.say("notice_version_hint") })}
${line("title", say.say("title"), entered(desk, "title"), { required: true, maxlength: 150 })}
${area("text", say.say("dispute_text"), entered(desk, "text"), say.say("news_text_hint"))}`,
    label: say.say("see_what_comes"),
    back: path,
  });
}

/** Tells all customers of a product something: first shows how many and who is left out, then does it. */
export const writeNotice = (desk: Desk): Promise<Response> =>
  orAgain(
    desk,
    (problem) => writeNoticePage(desk, problem),
    async () => {
      const { say, deps } = desk;
      const notice = fitServiceNotice(deps, sentNotice(desk));
      if (isConfirmed(desk)) {
        const { id } = await writeServiceNotice(deps, notice);
        return goTo(`${path}/${id}`, "notice");
      }
      const reach = await rehearseServiceNotice(deps, notice);
      return confirmPage(desk, {
        title: say.say("notice_confirm", { count: reach.recipients }),
        lead: say.say("notice_confirm_lead"),
        crumbs: crumbs(desk),
        sent: keptFields(desk, ["product", "version", "title", "text"]),
        heading: notice.title,
        content: html`${paragraphs(notice.text)}${reachText(desk, reach)}`,
        label: reach.recipients === 0 ? undefined : say.say("notice_do"),
        back: path,
      });
    },
  );

function sentNotice({ c }: Desk): NewServiceNotice {
  const form = c.get("form");
  return {
    product: given(form, "product") ?? "",
    version: given(form, "version"),
    title: form?.get("title") ?? "",
    text: form?.get("text") ?? "",
  };
}
