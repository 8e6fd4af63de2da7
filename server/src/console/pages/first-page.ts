import { addressWith } from "../../pages/address.ts";
import { barChart, sparkline } from "../../pages/charts.ts";
import { type Html, html } from "../../pages/html.ts";
import { badge, card, emptyState, type Tile, tiles } from "../../pages/parts.ts";
import { instant } from "../../words/clock.ts";
import { endingDays, type Figures, outcomeDays } from "../figures.ts";
import { type FirstScreen, isQuiet, readFirstScreen, type ShopHealth } from "../first-screen.ts";
import { consolePage, type Desk } from "./kit/desk.ts";
import { partnerLink } from "./kit/partner-names.ts";
import { plainTable } from "./kit/plain-table.ts";
import { reasonText } from "./kit/shown.ts";

const dayMs = 86_400_000;
const outcomes = ["credited", "held", "unattributed"] as const;
const rowsAtMost = 8;

/** What is owed, what waits, how the shops do, what comes. */
export async function firstPage(desk: Desk): Promise<Response> {
  const { say, deps } = desk;
  const screen = await readFirstScreen(deps);
  const since = say.distance(instant(screen.figures.gatheredAt), deps.clock());
  return consolePage(desk, {
    title: say.say("overview_title"),
    lead: say.say("overview_lead", { since }),
    content: html`${tiles(tilesOf(desk, screen))}<div class="grid">
${outcomeCard(desk, screen.figures)}${heldCard(desk, screen)}${unattributedCard(desk, screen.figures)}${releaseCard(desk, screen.figures)}${endingCard(desk, screen.figures)}${shopCard(desk, screen.shops)}</div>
`,
  });
}

function tilesOf({ say }: Desk, { owed, held, figures, verified }: FirstScreen): Tile[] {
  const sums = (of: (one: FirstScreen["owed"][number]) => number) =>
    owed.length === 0 ? ["–"] : owed.map((one) => say.money(of(one), one.currency));
  const waiting = held.reduce((sum, { orders }) => sum + orders, 0);
  const nobody = sumOf(figures, "unattributed");
  const owing = owed.filter((one) => one.owingMinor > 0);
  const amounts = owing.map((one) => say.money(one.owingMinor, one.currency)).join(", ");
  return [
    {
      label: say.say("tile_payable"),
      figures: sums((one) => one.payableMinor),
      why: html`${say.say("tile_payable_why")}${owing.length > 0 && html`<br>${say.say("tile_payable_owing", { amounts })}`}`,
    },
    { label: say.say("tile_held"), figures: sums((one) => one.heldMinor), why: say.say("tile_held_why") },
    {
      label: say.say("tile_waiting"),
      figures: [say.number(waiting)],
      why: html`<a href="/console/held">${say.say("tile_waiting_why")}</a>`,
    },
    {
      label: say.say("tile_nobody"),
      figures: [say.number(nobody)],
      why: html`<a href="/console/orders?outcome=unattributed">${say.say("last_days", { days: outcomeDays })}</a>`,
    },
    {
      label: say.say("tile_ledger"),
      figures: [verified === undefined ? "–" : say.say(verified.isSound ? "ledger_sound" : "ledger_unsound")],
      why:
        verified === undefined
          ? html`<a href="/console/work/verify">${say.say("ledger_never")}</a>`
          : say.say("ledger_checked", { at: say.time(verified.at) }),
    },
  ];
}

const sumOf = ({ outcomes: counts }: Figures, outcome: (typeof outcomes)[number]): number =>
  counts.filter((one) => one.outcome === outcome).reduce((sum, { orders }) => sum + orders, 0);

/** The days that figures are shown for, the oldest first. */
function daysOf({ gatheredAt }: Figures): number[] {
  const today = Math.floor(gatheredAt / dayMs);
  return Array.from({ length: outcomeDays }, (_, at) => today - outcomeDays + 1 + at);
}

function outcomeCard({ say, kit }: Desk, figures: Figures): Html {
  const title = say.say("chart_title", { days: outcomeDays });
  const count = (day: number, outcome: string) =>
    figures.outcomes
      .filter((one) => one.day === day && one.outcome === outcome)
      .reduce((sum, { orders }) => sum + orders, 0);
  const axisDays = new Intl.DateTimeFormat(say.tag, { day: "numeric", month: "short", timeZone: "UTC" });
  const columns = daysOf(figures).map((day, at) => {
    const label = say.day(instant(day * dayMs));
    const short = at % 5 === 2 ? axisDays.format(day * dayMs) : "";
    return { label, short, values: outcomes.map((outcome) => count(day, outcome)) };
  });
  return card({
    title,
    wide: true,
    content:
      figures.outcomes.length === 0
        ? emptyState(say.say("no_orders"), say.say("no_orders_why"))
        : barChart({
            kit,
            caption: title,
            period: say.say("day"),
            parts: outcomes.map((outcome) => say.say(`outcome_${outcome}`)),
            columns,
            format: say.number,
          }),
  });
}

function heldCard(desk: Desk, { held }: FirstScreen): Html {
  const { say } = desk;
  return card({
    title: say.say("held_by_reason"),
    link: { label: say.say("see_all"), address: "/console/held" },
    content:
      held.length === 0
        ? emptyState(say.say("no_held"), say.say("no_held_why"))
        : reasonTable(desk, say.say("held_by_reason"), held, (reason) =>
            addressWith({ path: "/console/held", query: new URLSearchParams() }, { reason }),
          ),
  });
}

function unattributedCard(desk: Desk, figures: Figures): Html {
  const { say } = desk;
  const counts = figures.outcomes.filter(({ outcome }) => outcome === "unattributed");
  const byReason = [...Map.groupBy(counts, ({ reason }) => reason)]
    .map(([reason, all]) => ({
      reason,
      orders: all.reduce((sum, { orders }) => sum + orders, 0),
      trend: daysOf(figures).map((day) => all.find((one) => one.day === day)?.orders ?? 0),
    }))
    .sort((one, other) => other.orders - one.orders);
  const query = new URLSearchParams({ outcome: "unattributed" });
  return card({
    title: say.say("nobody_by_reason"),
    lead: say.say("last_days", { days: outcomeDays }),
    link: { label: say.say("see_all"), address: "/console/orders?outcome=unattributed" },
    content:
      byReason.length === 0
        ? emptyState(say.say("no_nobody"))
        : reasonTable(desk, say.say("nobody_by_reason"), byReason.slice(0, rowsAtMost), (reason) =>
            addressWith({ path: "/console/orders", query }, { reason }),
          ),
  });
}

function reasonTable(
  desk: Desk,
  caption: string,
  rows: readonly { reason: string; orders: number; trend?: number[] }[],
  to: (reason: string) => string,
): Html {
  const { say } = desk;
  const trend = say.say("trend");
  return plainTable(desk, caption, rows, [
    {
      heading: say.say("reason"),
      cell: ({ reason }) => html`<a href="${to(reason)}">${reasonText(desk, reason)}</a>`,
    },
    ...(rows.some((row) => row.trend !== undefined)
      ? [
          {
            heading: trend,
            cell: (row: (typeof rows)[number]) =>
              sparkline(row.trend ?? [], say.say("trend_of", { reason: reasonText(desk, row.reason) })),
          },
        ]
      : []),
    { heading: say.say("orders"), isFigure: true, cell: ({ orders }) => say.number(orders) },
  ]);
}

function releaseCard(desk: Desk, { releases, gatheredAt }: Figures): Html {
  const { say } = desk;
  const title = say.say("releases_title");
  return card({
    title,
    lead: say.say("releases_lead"),
    content:
      releases.length === 0
        ? emptyState(say.say("no_releases"))
        : plainTable(desk, title, releases.slice(0, rowsAtMost), [
            {
              heading: say.say("until"),
              cell: ({ until }) =>
                html`${say.day(instant(until))} <span class="sub">${say.distance(instant(until), instant(gatheredAt))}</span>`,
            },
            {
              heading: say.say("amount"),
              isFigure: true,
              cell: ({ heldMinor, currency }) => say.money(heldMinor, currency),
            },
          ]),
  });
}

function endingCard(desk: Desk, { endingTerms }: Figures): Html {
  const { say } = desk;
  const title = say.say("renewals_title");
  return card({
    title,
    lead: say.say("renewals_lead", { days: endingDays }),
    content:
      endingTerms.length === 0
        ? emptyState(say.say("no_renewals"), say.say("no_renewals_why"))
        : plainTable(desk, title, endingTerms.slice(0, rowsAtMost), [
            { heading: say.say("partner"), cell: ({ partner }) => partnerLink(partner) },
            { heading: say.say("renewals"), isFigure: true, cell: ({ orders }) => say.number(orders) },
            {
              heading: say.say("net"),
              isFigure: true,
              cell: ({ netMinor, currency }) => say.money(netMinor, currency),
            },
          ]),
  });
}

function shopCard(desk: Desk, shops: readonly ShopHealth[]): Html {
  const { say, deps } = desk;
  const now = deps.clock();
  const when = (at: number | undefined) => (at === undefined ? "–" : say.distance(instant(at), now));
  return card({
    title: say.say("shops_title"),
    wide: true,
    content: plainTable(desk, say.say("shops_title"), shops, [
      {
        heading: say.say("shop"),
        cell: ({ shop }) =>
          html`<a href="${addressWith({ path: "/console/orders", query: new URLSearchParams() }, { shop })}">${shop}</a>`,
      },
      { heading: say.say("state"), cell: (shop) => shopBadge(desk, shop) },
      { heading: say.say("heard"), cell: ({ heardAt }) => when(heardAt) },
      { heading: say.say("refused"), cell: ({ refusedAt }) => when(refusedAt) },
      { heading: say.say("waiting"), isFigure: true, cell: ({ waiting }) => say.number(waiting) },
      { heading: say.say("reconciled"), cell: ({ reconciledUntil }) => when(reconciledUntil) },
    ]),
  });
}

function shopBadge({ say, deps }: Desk, { heardAt, refusedAt, waiting }: ShopHealth): Html {
  if (heardAt === undefined) return badge(say.say("shop_silent"), "off");
  if (refusedAt !== undefined && refusedAt > heardAt) return badge(say.say("shop_refused"), "bad");
  if (waiting > 0) return badge(say.say("shop_waiting"), "wait");
  if (isQuiet(heardAt, deps.clock())) return badge(say.say("shop_quiet"), "wait");
  return badge(say.say("shop_well"), "good");
}
