import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { pageRoute } from "../../http/page-route.ts";
import type { PartnerOrder } from "../../orders/partner-orders.ts";
import { pathOf } from "../../pages/address.ts";
import { barChart } from "../../pages/charts.ts";
import { type Html, html } from "../../pages/html.ts";
import { buttonLink, card, emptyState, notice, tiles } from "../../pages/parts.ts";
import type { Currency } from "../../words/ids.ts";
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
      content: html`${needs(face, overview)}${sums(face, overview)}<div class="grid">${charts(face, overview)}${recent(face, overview.recent)}</div>`,
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
