import { readBalances } from "../../../books/balances.ts";
import { readPartnerTree, type TreeEntry } from "../../../channel/partner-tree.ts";
import { listPartners, type Partner } from "../../../channel/partners.ts";
import { type Html, html } from "../../../pages/html.ts";
import type { ListColumn } from "../../../pages/listing.ts";
import { badge, buttonLink, card, emptyState, idText } from "../../../pages/parts.ts";
import { decimalOf } from "../../../words/money.ts";
import { may, planners } from "../kit/console-route.ts";
import { consolePage, type Desk, given } from "../kit/desk.ts";
import { listPage } from "../kit/list-page.ts";
import { partnerLink } from "../kit/partner-names.ts";
import { dayText } from "../kit/shown.ts";

const kinds = ["distributor", "reseller", "affiliate"] as const;

type Sums = Awaited<ReturnType<typeof readBalances>>;
/** A partner with what it has in each currency. */
type PartnerLine = Partner & { sums: Sums };

/** All partners, with what each has; narrowed, sorted and cut as the address says. */
export async function partnersPage(desk: Desk): Promise<Response> {
  const { say, deps, address } = desk;
  const sums = Map.groupBy(await readBalances(deps), ({ partner }) => partner);
  const all = (await listPartners(deps)).map(
    (one): PartnerLine => ({ ...one, sums: sums.get(one.id) ?? [] }),
  );
  const columns = columnsOf(desk);
  const fitting = all.filter((one) => fits(one, address.query));
  return listPage<PartnerLine>(desk, {
    title: say.say("nav_partners"),
    lead: say.say("partners_lead", { count: fitting.length }),
    actions: may(desk, planners)
      ? buttonLink(say.say("partner_add"), "/console/partners/add", true)
      : undefined,
    heading: say.say("partners_title"),
    file: "partners",
    columns,
    rows: fitting,
    filters: [
      { name: "q", label: say.say("name_or_id"), type: "search" },
      {
        name: "kind",
        label: say.say("kind"),
        options: kinds.map((one) => [one, say.say(`partner_${one}`)] as const),
      },
      {
        name: "status",
        label: say.say("state"),
        options: (["active", "suspended", "ended"] as const).map(
          (one) => [one, say.say(`status_${one}`)] as const,
        ),
      },
    ],
    empty: {
      title: say.say("no_partners"),
      text: html`${say.say("no_partners_why")} <code>tallystick partner add</code>`,
    },
  });
}

function fits({ id, name, kind, status }: Partner, query: URLSearchParams): boolean {
  const text = given(query, "q")?.toLowerCase() ?? "";
  const [ofKind, ofStatus] = [given(query, "kind"), given(query, "status")];
  return (
    (id.includes(text) || name.toLowerCase().includes(text)) &&
    (ofKind === undefined || kind === ofKind) &&
    (ofStatus === undefined || status === ofStatus)
  );
}

function columnsOf(desk: Desk): ListColumn<PartnerLine>[] {
  const { say } = desk;
  type Of = (sums: Sums[number]) => number;
  const sum = (heading: string, sort: string, of: Of): ListColumn<PartnerLine> => ({
    heading,
    sort,
    isFigure: true,
    isZero: ({ sums }) => sums.every((one) => of(one) === 0),
    cell: ({ sums }) =>
      sums.length === 0 ? "–" : sums.map((one) => html`${say.money(of(one), one.currency)}<br>`),
    // Amounts of several currencies have no order: the first currency's is taken.
    text: ({ sums: [first] }) => (first === undefined ? null : Number(decimalOf(of(first), first.currency))),
  });
  return [
    {
      heading: say.say("partner"),
      sort: "name",
      cell: ({ id, name }) => html`${partnerLink(id, name)} <span class="sub">${idText(id)}</span>`,
      text: ({ name }) => name,
    },
    {
      heading: say.say("kind"),
      sort: "kind",
      cell: ({ kind }) => say.say(`partner_${kind}`),
      text: ({ kind }) => kind,
    },
    {
      heading: say.say("state"),
      sort: "state",
      cell: ({ status }) => statusBadge(desk, status),
      text: ({ status }) => status,
    },
    {
      heading: say.say("above"),
      sort: "above",
      cell: ({ parent }) => (parent === null ? "–" : partnerLink(parent)),
      text: ({ parent }) => parent,
    },
    sum(say.say("held"), "held", (one) => one.heldMinor),
    sum(say.say("payable"), "payable", (one) => one.payableMinor),
    sum(say.say("paid"), "paid", (one) => one.paidMinor),
    {
      heading: say.say("since"),
      sort: "since",
      cell: ({ createdAt }) => html`<span class="nowrap">${dayText(desk, createdAt)}</span>`,
      text: ({ createdAt }) => createdAt,
    },
  ];
}

/** Whether the agreement with a partner runs. */
export const statusBadge = ({ say }: Desk, status: Partner["status"]): Html =>
  badge(say.say(`status_${status}`), status === "active" ? "good" : "off");

/** Who stands above whom now. */
export async function treePage(desk: Desk): Promise<Response> {
  const { say, deps } = desk;
  const { partners } = await readPartnerTree(deps);
  const below = Map.groupBy(partners, ({ parent }) => parent);
  return consolePage(desk, {
    title: say.say("nav_tree"),
    lead: say.say("tree_lead"),
    content: card({
      title: say.say("tree_title"),
      content:
        partners.length === 0
          ? emptyState(say.say("no_partners"))
          : branch(desk, below.get(null) ?? [], below),
    }),
  });
}

function branch(
  desk: Desk,
  entries: readonly TreeEntry[],
  below: ReadonlyMap<TreeEntry["parent"], TreeEntry[]>,
): Html {
  return html`<ul class="tree">${entries.map(
    ({ id, name, kind, status }) =>
      html`<li><div>${partnerLink(id, name)} <span class="sub">${idText(id)}</span> <span>${desk.say.say(
        `partner_${kind}`,
      )}</span>${status === "ended" && statusBadge(desk, status)}</div>${
        below.has(id) && branch(desk, below.get(id) ?? [], below)
      }</li>\n`,
  )}</ul>`;
}
