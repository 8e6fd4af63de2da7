import { listPartnerKeys, type PartnerKey } from "../../../access/partner-keys.ts";
import { readBalances } from "../../../books/balances.ts";
import { readAgreementHistory, showAgreement } from "../../../channel/agreements.ts";
import { readPartnerHistory } from "../../../channel/partner-history.ts";
import { readPartnerPositions } from "../../../channel/partner-tree.ts";
import { type Partner, showPartner } from "../../../channel/partners.ts";
import { addressWith } from "../../../pages/address.ts";
import { type Html, html } from "../../../pages/html.ts";
import { badge, buttonLink, card, emptyState, facts, idText, tiles } from "../../../pages/parts.ts";
import { listPlans } from "../../../plans/plans.ts";
import { listTokensOf } from "../../../tokens/tokens.ts";
import { may, planners } from "../kit/console-route.ts";
import { consolePage, type Desk, doneNotice } from "../kit/desk.ts";
import { partnerLink, partnerPath } from "../kit/partner-names.ts";
import { plainTable } from "../kit/plain-table.ts";
import { dayText, timeText } from "../kit/shown.ts";
import { statusBadge } from "./partner-pages.ts";
import { readWebhook } from "./partner-webhook-pages.ts";

const tokensShown = 20;

/** One partner: what it has, where it stands, what was agreed, what pays it, what opens to it, what changed. */
export async function partnerPage(desk: Desk, id: string): Promise<Response> {
  const { say, deps } = desk;
  const partner = await showPartner(deps, id);
  const orders = { path: "/console/orders", query: new URLSearchParams({ partner: id }) };
  return consolePage(desk, {
    title: partner.name,
    crumbs: [html`<a href="/console/partners">${say.say("nav_partners")}</a>`, html`${id}`],
    lead: html`${statusBadge(desk, partner.status)} ${say.say(`partner_${partner.kind}`)}`,
    actions: html`${buttonLink(say.say("see_orders"), addressWith(orders, {}))}${buttonLink(say.say("nav_people"), `/console/people?partner=${encodeURIComponent(id)}`)}${
      may(desk, planners) && buttonLink(say.say("edit"), `${partnerPath(id)}/edit`, true)
    }`,
    content: html`${doneNotice(desk)}${await balanceTiles(desk, id)}<div class="grid">
${card({
  title: say.say("facts"),
  content: facts([
    [say.say("above"), partner.parent === null ? say.say("nobody") : partnerLink(partner.parent)],
    [say.say("own_percent"), say.percent(partner.percent * 100)],
    [say.say("sharing"), say.say(`sharing_${partner.sharing}`)],
    [say.say("address"), say.say(partner.emailRegistered ? "address_kept" : "address_none")],
    [say.say("since"), dayText(desk, partner.createdAt)],
    [say.say("ended"), partner.endedAt === null ? undefined : dayText(desk, partner.endedAt)],
  ]),
})}${await agreementCard(desk, id)}${await planCard(desk, id, partner.kind)}${await positionCard(desk, id)}${await keyCard(desk, id)}${await webhookCard(desk, id)}${await tokenCard(desk, id)}${waysCard(desk, id)}${standingCard(desk, partner)}${await historyCard(desk, id)}</div>
`,
  });
}

async function balanceTiles({ say, deps }: Desk, partner: string): Promise<Html> {
  const balances = await readBalances(deps, { partner });
  const of = (name: "heldMinor" | "payableMinor" | "paidMinor") =>
    balances.length === 0 ? ["–"] : balances.map((one) => say.money(one[name], one.currency));
  return tiles([
    { label: say.say("payable"), figures: of("payableMinor"), why: say.say("tile_payable_why") },
    { label: say.say("held"), figures: of("heldMinor"), why: say.say("tile_held_why") },
    { label: say.say("paid"), figures: of("paidMinor"), why: say.say("paid_why") },
  ]);
}

async function agreementCard(desk: Desk, id: string): Promise<Html> {
  const { say, deps } = desk;
  const now = await showAgreement(deps, id);
  const history = await readAgreementHistory(deps, id);
  const rights = now.renewalRights;
  return card({
    title: say.say("agreement"),
    link: { label: say.say("agreement_title"), address: `${partnerPath(id)}/agreement` },
    content: html`${facts([
      [say.say("sharing"), say.say(`sharing_${now.sharing}`)],
      [
        say.say("notices"),
        now.notices.length === 0
          ? say.say("none")
          : now.notices.map((one) => say.say(`notice_${one}`)).join(", "),
      ],
      [
        say.say("renewal_rights"),
        rights === null
          ? say.say("none")
          : say.say("rights_days", { before: rights.beforeDays, after: rights.afterDays }),
      ],
      [say.say("self_billing"), say.say(now.selfBilling ? "yes" : "no")],
      [say.say("currency"), now.currency],
      [say.say("note"), now.note],
    ])}${
      history.length > 0 &&
      html`<details><summary>${say.say("earlier_agreements", { count: history.length })}</summary><ol class="steps">${history
        .toReversed()
        .map(
          (one) =>
            html`<li><p>${say.say("agreement_version", { version: one.version, day: dayText(desk, one.since) })}: ${say.say(
              `sharing_${one.sharing}`,
            )}</p></li>`,
        )}</ol></details>`
    }`,
  });
}

async function planCard(desk: Desk, id: string, kind: string): Promise<Html> {
  const { say, deps } = desk;
  const { assignments } = await listPlans(deps);
  const own = assignments.filter(
    ({ target, of }) =>
      target === "default" || (target === "partner" && of === id) || (target === "kind" && of === kind),
  );
  const assign = addressWith(
    { path: "/console/plans/assign", query: new URLSearchParams() },
    { partner: id },
  );
  return card({
    title: say.say("pay"),
    link: { label: say.say("assign_plan"), address: assign },
    content:
      own.length === 0
        ? emptyState(say.say("no_plan"), say.say("no_plan_why"))
        : plainTable(desk, say.say("pay"), own, [
            {
              heading: say.say("plan"),
              cell: ({ plan, version }) =>
                html`<a href="/console/plans/${plan}">${plan}</a> <span class="sub">${say.say("version", { version })}</span>`,
            },
            { heading: say.say("applies_to"), cell: ({ target }) => say.say(`target_${target}`) },
            { heading: say.say("since"), cell: ({ since }) => dayText(desk, since) },
          ]),
  });
}

async function positionCard(desk: Desk, id: string): Promise<Html> {
  const { say, deps } = desk;
  const positions = await readPartnerPositions(deps, id);
  return card({
    title: say.say("positions"),
    link: { label: say.say("nav_tree"), address: "/console/tree" },
    content:
      positions.length === 0
        ? emptyState(say.say("no_positions"))
        : plainTable(desk, say.say("positions"), positions.toReversed(), [
            {
              heading: say.say("above"),
              cell: ({ parent }) => (parent === null ? say.say("nobody") : partnerLink(parent)),
            },
            { heading: say.say("since"), cell: ({ since }) => dayText(desk, since) },
            { heading: say.say("until"), cell: ({ until }) => (until === null ? "–" : dayText(desk, until)) },
          ]),
  });
}

async function keyCard(desk: Desk, id: string): Promise<Html> {
  const { say, deps } = desk;
  const keys = await listPartnerKeys(deps, id);
  return card({
    title: say.say("api_keys"),
    link: may(desk, planners)
      ? { label: say.say("key_issue"), address: `${partnerPath(id)}/keys/issue` }
      : undefined,
    content:
      keys.length === 0
        ? emptyState(say.say("no_keys"))
        : plainTable(desk, say.say("api_keys"), keys, [
            {
              heading: say.say("key"),
              cell: ({ id: key, name }) =>
                html`<code>${idText(key)}</code> <span class="sub">${name ?? ""}</span>`,
            },
            {
              heading: say.say("state"),
              cell: ({ status }) => badge(say.say(`key_${status}`), status === "active" ? "good" : "bad"),
            },
            {
              heading: say.say("last_used"),
              cell: ({ lastUsedOn }) => (lastUsedOn === null ? "–" : dayText(desk, lastUsedOn)),
            },
            ...(may(desk, planners)
              ? [
                  {
                    heading: say.say("action"),
                    cell: ({ id: key, status }: PartnerKey) =>
                      status === "active"
                        ? html`<a href="${partnerPath(id)}/keys/revoke?key=${key}" aria-label="${say.say("key_revoke")}: ${key}">${say.say("key_revoke")}</a>`
                        : "–",
                  },
                ]
              : []),
          ]),
  });
}

async function webhookCard(desk: Desk, id: string): Promise<Html> {
  const { say } = desk;
  const webhook = await readWebhook(desk, id);
  return card({
    title: say.say("webhook"),
    link: { label: say.say("edit"), address: `${partnerPath(id)}/webhook` },
    content:
      webhook?.status === "active"
        ? html`<p><code>${webhook.url}</code></p>`
        : emptyState(say.say("no_webhook")),
  });
}

/** What the partner sells by, each with its list. */
function waysCard({ say }: Desk, id: string): Html {
  const of = `?partner=${encodeURIComponent(id)}`;
  const ways = [
    ["nav_coupons", `/console/coupons${of}`],
    ["nav_vouchers", `/console/vouchers${of}`],
    ["nav_movements", `/console/movements${of}`],
    ["nav_addresses", `/console/addresses${of}`],
    ["nav_installers", `/console/installers${of}`],
    ["form_link", `${partnerPath(id)}/form-link`],
  ] as const;
  return card({
    title: say.say("nav_selling"),
    content: html`<ul class="plain">${ways.map(([text, to]) => html`<li><a href="${to}">${say.say(text)}</a></li>`)}</ul>`,
  });
}

/** What may be done about a partner that is not done every day. */
function standingCard(desk: Desk, { id, status }: Partner): Html {
  const { say } = desk;
  const path = partnerPath(id);
  return card({
    title: say.say("action_title"),
    content: html`<div class="actions">${buttonLink(say.say("details"), `${path}/details`)}${
      may(desk, planners) &&
      html`${status === "active" && buttonLink(say.say("partner_suspend"), `${path}/suspend`)}${buttonLink(
        say.say(status === "active" ? "partner_end" : "partner_resume"),
        `${path}/end`,
      )}${status === "active" && buttonLink(say.say("partner_merge"), `${path}/merge`)}`
    }</div>`,
  });
}

async function tokenCard(desk: Desk, id: string): Promise<Html> {
  const { say, deps } = desk;
  const tokens = await listTokensOf(deps, { partner: id, limit: tokensShown });
  return card({
    title: say.say("tokens"),
    link: { label: say.say("see_all"), address: `/console/tokens?partner=${encodeURIComponent(id)}` },
    lead: say.say("tokens_lead", { count: tokensShown }),
    content:
      tokens.length === 0
        ? emptyState(say.say("no_tokens"))
        : plainTable(desk, say.say("tokens"), tokens, [
            { heading: say.say("token"), cell: ({ jti }) => html`<code>${idText(jti)}</code>` },
            { heading: say.say("product"), cell: ({ product }) => product },
            { heading: say.say("batch"), cell: ({ batch }) => batch ?? "–" },
            { heading: say.say("issued"), cell: ({ issuedAt }) => dayText(desk, issuedAt) },
          ]),
  });
}

async function historyCard(desk: Desk, id: string): Promise<Html | undefined> {
  const { say, deps } = desk;
  const history = await readPartnerHistory(deps, id);
  if (history.length === 0) return undefined;
  return card({
    title: say.say("history"),
    wide: true,
    content: html`<ol class="steps">${history.toReversed().map(
      ({ change, changed, recordedAt }) =>
        html`<li><p><b>${say.say(`change_${change}`)}</b> ${Object.entries(changed)
          .map(([name, value]) => `${name}: ${value ?? "–"}`)
          .join(", ")} <span class="sub">${timeText(desk, recordedAt)}</span></p></li>`,
    )}</ol>`,
  });
}
