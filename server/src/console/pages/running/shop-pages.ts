import { readShopSecrets } from "../../../config/secrets.ts";
import { checkShop, type ShopCheck } from "../../../intake/check-shop.ts";
import { reconcileOrders } from "../../../intake/reconcile-orders.ts";
import { type ReplayedLine, replayDeliveries } from "../../../intake/replay-deliveries.ts";
import { html } from "../../../pages/html.ts";
import { badge, buttonLink, card, outcomeNotice } from "../../../pages/parts.ts";
import { canBeListed } from "../../../shops/can-be-listed.ts";
import { openShops } from "../../../shops/open-shops.ts";
import { as } from "../../../words/ids.ts";
import { Refusal } from "../../../words/refusal.ts";
import type { Progress } from "../../../work/work.ts";
import { readShopHealth, type ShopHealth } from "../../first-screen.ts";
import { countColumn } from "../kit/columns.ts";
import { type ConsoleRoute, keepers, may, owners, type Params, readers } from "../kit/console-route.ts";
import { type Deed, deedRoutes } from "../kit/deed.ts";
import { consolePage, type Desk } from "../kit/desk.ts";
import { actButton, boxes, fileField, line, pick } from "../kit/fields.ts";
import { listPage } from "../kit/list-page.ts";
import { setOff } from "../kit/set-off.ts";
import { startOfDay } from "../kit/time-fields.ts";
import { sentFile } from "../kit/uploads.ts";

const path = "/console/shops";
const shopPath = (shop: string): string => `${path}/${encodeURIComponent(shop)}`;
const crumbs = ({ say }: Desk) => [html`<a href="${path}">${say.say("shops_title")}</a>`];
/** Lines that did not go well are told one by one, up to this many. */
const maxTold = 100;

type Listed = ShopHealth & { kind: string; webhook: string; testMode: boolean; hasApi: boolean };

/** The vendor's shops, where they send their webhooks, and how each does: `shop list`. */
async function shopsPage(desk: Desk): Promise<Response> {
  const { say, deps } = desk;
  const rows = (await readShopHealth(deps)).map((health): Listed => {
    const settings = deps.config.shops.get(as.shop(health.shop));
    if (settings === undefined) throw new Error("a shop of the configuration is in it");
    return {
      ...health,
      kind: settings.kind,
      webhook: `${deps.config.issuer}/webhooks/${health.shop}${settings.kind === "gumroad" ? "/KEY" : ""}`,
      testMode: "testMode" in settings && settings.testMode === true,
      hasApi: canBeListed(settings),
    };
  });
  const mayAct = may(desk, keepers);
  const when = (heading: string, sort: string, of: (one: Listed) => ShopHealth["heardAt"]) => ({
    heading,
    sort,
    cell: (one: Listed) => {
      const at = of(one);
      return at === undefined ? "–" : html`<span class="nowrap">${say.time(at)}</span>`;
    },
    text: (one: Listed) => {
      const at = of(one);
      return at === undefined ? null : new Date(at).toISOString();
    },
  });
  return listPage<Listed>(desk, {
    title: say.say("shops_title"),
    actions: mayAct ? buttonLink(say.say("work_replay"), `${path}/replay`) : undefined,
    file: "shops",
    rows,
    empty: { title: say.say("no_shops") },
    columns: [
      {
        heading: say.say("shop"),
        sort: "shop",
        cell: ({ shop, kind, testMode }) =>
          html`${shop} <span class="sub">${kind}</span>${testMode && html` ${badge(say.say("shop_tests"), "wait")}`}`,
        text: ({ shop }) => shop,
      },
      {
        heading: say.say("webhook"),
        cell: ({ webhook }) => html`<code>${webhook}</code>`,
        text: ({ webhook }) => webhook,
      },
      when(say.say("heard"), "heard", ({ heardAt }) => heardAt),
      when(say.say("refused"), "refused", ({ refusedAt }) => refusedAt),
      when(say.say("reconciled"), "reconciled", ({ reconciledUntil }) => reconciledUntil),
      countColumn(desk, { heading: say.say("waiting"), sort: "waiting", of: ({ waiting }) => waiting }),
      ...(mayAct
        ? [
            {
              heading: say.say("action"),
              cell: ({ shop, hasApi }: Listed) =>
                html`<div class="actions">${actButton(desk, { action: `${shopPath(shop)}/check`, label: say.say("shop_check") })}${
                  hasApi && buttonLink(say.say("work_reconcile"), `${shopPath(shop)}/reconcile`)
                }</div>`,
              text: () => "",
            },
          ]
        : []),
    ],
  });
}

/** `shop check`: sends the receiver a signed test event as the shop would. */
async function check(desk: Desk, { id = "" }: Params): Promise<Response> {
  const { say, deps } = desk;
  const found: ShopCheck = await checkShop(
    deps.config,
    { shop: id, url: undefined },
    { env: deps.env, clock: deps.clock },
  );
  return consolePage(desk, {
    title: `${say.say("shop_check")}: ${found.shop}`,
    crumbs: crumbs(desk),
    lead: html`<code>${found.url}</code>`,
    content: found.ok
      ? outcomeNotice(say.say("shop_check_good"), "good")
      : html`${outcomeNotice(say.say("problem"), "bad")}${card({
          title: say.say("problem"),
          content: html`<ul>${found.findings.map(
            ({ message, change }) => html`<li><p>${message}</p><p>${say.say("to_change")} ${change}</p></li>`,
          )}</ul>`,
        })}`,
  });
}

/** `shop reconcile`: reads a shop's orders by its API. */
const reconcile = (
  desk: Desk,
  { id = "" }: Params,
): Deed<{ since: ReturnType<typeof startOfDay>; dryRun: boolean }> => {
  const { say, deps } = desk;
  return {
    title: `${say.say("work_reconcile")}: ${id}`,
    crumbs: crumbs(desk),
    back: path,
    names: ["since", "dryRun"],
    fields: (
      value,
    ) => html`${line("since", say.say("since"), value("since"), { type: "date", hint: say.say("reconcile_since_hint") })}
${boxes(say.say("what"), [["dryRun", say.say("only_see")]], (name) => value(name, "1") === "1")}`,
    read: (field) => ({ since: startOfDay(field("since")), dryRun: field("dryRun") === "1" }),
    label: say.say("work_reconcile"),
    act: async ({ since, dryRun }) => {
      const configured = deps.config.shops.get(as.shop(id));
      if (configured === undefined) throw new Refusal("shop_unknown", `The configuration has no shop ${id}.`);
      if (!canBeListed(configured))
        throw new Refusal(
          "request_invalid",
          `${id} has no API in the configuration whose orders can be read.`,
        );
      const settings = readShopSecrets(configured, id, deps.env);
      return setOff(desk, "reconcile", id, (tell) =>
        reconcileOrders(deps, { shop: id, settings, since, dryRun }, (read) => tell({ ...read })),
      );
    },
  };
};

/** `shop replay`: takes deliveries from a file. To believe events without their signatures is for owners alone. */
const replay =
  (trust: boolean) =>
  (desk: Desk): Deed<{ shop: string | undefined; dryRun: boolean }> => {
    const { say, deps } = desk;
    return {
      title: say.say(trust ? "replay_trusted" : "work_replay"),
      lead: trust ? say.say("replay_trusted_lead") : undefined,
      crumbs: crumbs(desk),
      back: path,
      isDanger: trust,
      names: ["shop", "dryRun"],
      fields: (
        value,
      ) => html`${fileField("file", say.say("file"), { hint: say.say("file_hint"), required: true })}
${pick("shop", say.say("shop"), [["", "–"], ...[...deps.config.shops.keys()].map((one) => [one, one] as const)], value("shop"))}
${boxes(say.say("what"), [["dryRun", say.say("only_see")]], (name) => value(name, "1") === "1")}${
  !trust &&
  may(desk, owners) &&
  html`<p><a href="${path}/replay-trusted">${say.say("replay_trusted")}</a></p>`
}`,
      read: (field) => ({ shop: field("shop"), dryRun: field("dryRun") === "1" }),
      label: say.say("work_replay"),
      act: async ({ shop, dryRun }) => {
        const file = sentFile(desk, "file");
        const text = await file.text();
        const settings = new Map(
          [...deps.config.shops].map(([name, one]) => [name, readShopSecrets(one, name, deps.env)]),
        );
        const order = { shops: openShops(settings), settings, shop, trust, dryRun };
        return setOff(desk, "replay", file.name, (tell) =>
          countLines(replayDeliveries(deps, { ...order, lines: linesOf(text) }), tell),
        );
      },
    };
  };

async function* linesOf(text: string): AsyncGenerator<string> {
  for (const one of text.split(/\r?\n/)) yield one;
}

async function countLines(replayed: AsyncIterable<ReplayedLine>, tell: (progress: Progress) => void) {
  const counts = { recorded: 0, duplicate: 0, ignored: 0, refused: 0, failed: 0 };
  const problems: ReplayedLine[] = [];
  for await (const one of replayed) {
    counts[one.outcome]++;
    if (one.reason !== null && problems.length < maxTold) problems.push(one);
    tell({ ...counts });
  }
  return { ...counts, problems };
}

/** The vendor's shops. */
export const shopRoutes: readonly ConsoleRoute[] = [
  ["get", path, readers, shopsPage],
  ...deedRoutes(`${path}/replay`, keepers, replay(false)),
  ...deedRoutes(`${path}/replay-trusted`, owners, replay(true), "fresh"),
  ["post", `${path}/{id}/check`, keepers, check],
  ...deedRoutes(`${path}/{id}/reconcile`, keepers, reconcile),
];
