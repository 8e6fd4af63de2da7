import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { pageRoute } from "../../http/page-route.ts";
import type { PartnerOrder } from "../../orders/explain/partner-orders.ts";
import { pathOf } from "../../pages/address.ts";
import { barChart } from "../../pages/charts.ts";
import { type Html, html } from "../../pages/html.ts";
import { listTable } from "../../pages/listing.ts";
import { buttonLink, card, emptyState, notice, tiles } from "../../pages/parts.ts";
import type { Currency } from "../../words/ids.ts";
import type { ComingDay } from "../earned.ts";
import { type Overview, readOverview } from "../overview.ts";
import { ordersTable } from "./order-list.ts";
import { everyone, type PortalFace, portalFace, portalPage } from "./portal-face.ts";

const show = pageRoute({
  who: everyone,
  operationId: "showPortal",
  method: "get",
  path: "/portal",
  summary: "What a partner has earned, what is coming, and why",
});

/** The portal's first screen. */
export function addOverviewPage(app: App, deps: Deps): void {
  app.serve(show, async (c) => {
    const face = await portalFace(deps, c);
    const overview = await readOverview(deps, face.person.partner);
    const { say } = face.speech;
    return portalPage(deps, face, {
      title: say("title"),
      lead: say("lead", { partner: face.person.partnerName }),
      content: html`${needs(face, overview)}${sums(face, overview)}<div class="grid">${comingCard(face, overview)}${charts(face, overview)}${recent(face, overview.recent)}</div>`,
    });
  });
}

/** What waits for the reader: a statement, an answer, missing details. */
function needs({ person, speech }: PortalFace, { needs: { details, statement, dispute } }: Overview): Html[] {
  const { say } = speech;
  const handlesMoney = person.role !== "viewer";
  const all = [
    handlesMoney &&
      statement !== undefined && [
        say("needs_statement", { number: statement }),
        buttonLink(say("needs_statement_action"), pathOf("portal", "statements", statement)),
      ],
    dispute !== undefined && [
      say("needs_dispute"),
      buttonLink(say("needs_dispute_action"), pathOf("portal", "disputes", dispute)),
    ],
    handlesMoney &&
      details && [say("needs_details"), buttonLink(say("needs_details_action"), "/portal/details")],
  ];
  return all
    .filter((one) => one !== false)
    .map(([text, link]) => notice(say("needs_title"), "plain", html`${text} ${link}`));
}

/** Four figures, each with why below it; several currencies stand in one tile, one a line. */
function sums({ speech }: PortalFace, { sums: all, nextAt }: Overview): Html {
  const { say, money, day } = speech;
  if (all.length === 0) return emptyState(say("nothing_title"), say("nothing_text"));
  const figures = (of: "earnedMinor" | "heldMinor" | "payableMinor" | "paidMinor") =>
    all.map((sum) => html`<bdi>${money(sum[of], sum.currency)}</bdi>`);
  const isHeld = all.some(({ heldMinor }) => heldMinor > 0);
  const isNegative = all.some(({ payableMinor }) => payableMinor < 0);
  const comingWhy = nextAt !== null && isHeld ? ` ${say("coming_from", { date: day(nextAt) })}` : "";
  return tiles([
    { label: say("earned"), figures: figures("earnedMinor"), why: say("earned_why") },
    { label: say("coming"), figures: figures("heldMinor"), why: `${say("coming_why")}${comingWhy}` },
    {
      label: say("payable"),
      figures: figures("payableMinor"),
      why: say(isNegative ? "payable_negative" : "payable_why"),
    },
    { label: say("paid"), figures: figures("paidMinor"), why: say("paid_why") },
  ]);
}

const daysShown = 6;

/** What is held by the day on which it becomes payable, the next ones first; all that is behind those in one line. */
function comingCard({ speech, kit, address }: PortalFace, { coming }: Overview): Html | undefined {
  if (coming.length === 0) return undefined;
  const { say, money, day } = speech;
  const [dated, undated] = [
    coming.filter((one) => one.day !== null),
    coming.filter((one) => one.day === null),
  ];
  const later = dated.slice(daysShown);
  const amounts = (of: readonly ComingDay[]) => {
    const sums = new Map<Currency, number>();
    for (const one of of)
      for (const [currency, minor] of one.sums) sums.set(currency, (sums.get(currency) ?? 0) + minor);
    return html`${[...sums].map(([currency, minor], at) => html`${at > 0 && html`<br>`}<bdi>${money(minor, currency)}</bdi>`)}`;
  };
  return card({
    title: say("coming_title"),
    wide: true,
    content: listTable<{ when: string; of: readonly ComingDay[] }>({
      kit,
      caption: say("coming_title"),
      rows: [
        ...dated
          .slice(0, daysShown)
          .map((one) => ({ when: one.day === null ? "–" : day(one.day), of: [one] })),
        ...(later.length === 0 ? [] : [{ when: say("coming_later"), of: later }]),
        ...(undated.length === 0 ? [] : [{ when: say("coming_undated"), of: undated }]),
      ],
      address,
      empty: { title: "" },
      columns: [
        { heading: say("coming_day"), cell: ({ when }) => when },
        { heading: say("amount"), isFigure: true, cell: ({ of }) => amounts(of) },
      ],
    }),
  });
}

/** A chart a currency. A month in which more was given back than earned is drawn as nothing; the table has its figure. */
function charts({ speech, kit }: PortalFace, { months, sums: all }: Overview): Html[] {
  const { say, money, month } = speech;
  return all.map(({ currency }) =>
    card({
      title: `${say("months_caption")} (${currency})`,
      lead: say("months_lead"),
      wide: true,
      content: barChart({
        kit,
        caption: `${say("months_caption")} (${currency})`,
        period: say("month"),
        parts: [say("credit")],
        columns: months.map(({ month: name, earned }) => ({
          label: month(name),
          short: name.slice(5),
          values: [Math.max(0, earned.get(currency as Currency) ?? 0)],
        })),
        format: (value) => money(value, currency),
      }),
    }),
  );
}

function recent(face: PortalFace, orders: readonly PartnerOrder[]): Html | undefined {
  if (orders.length === 0) return undefined;
  const { say } = face.speech;
  return card({
    title: say("recent"),
    link: { label: say("all_orders"), address: "/portal/orders" },
    wide: true,
    content: ordersTable(face, { caption: say("recent"), orders }),
  });
}
