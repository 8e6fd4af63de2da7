import type { NavigationGroup } from "../../../pages/app-page.ts";
import type { Queues } from "../../queues.ts";
import type { ConsoleSpeech, DeskText } from "./desk.ts";

/** A place in the navigation: its text, its path, and which of the queues waits there. */
type Place = readonly [text: DeskText, path: string, queue?: keyof Queues];

const groups: readonly (readonly [title: DeskText | undefined, places: readonly Place[]])[] = [
  [
    undefined,
    [
      ["nav_overview", "/console"],
      ["nav_orders", "/console/orders"],
      ["nav_held", "/console/held", "held"],
      ["nav_disputes", "/console/disputes", "disputes"],
    ],
  ],
  [
    "nav_channel",
    [
      ["nav_partners", "/console/partners"],
      ["nav_tree", "/console/tree"],
      ["nav_customers", "/console/customers"],
      ["nav_deals", "/console/deals", "deals"],
      ["nav_rewards", "/console/rewards"],
      ["nav_plans", "/console/plans"],
      ["nav_rules", "/console/rules"],
      ["nav_news", "/console/news"],
      ["nav_notices", "/console/notices"],
    ],
  ],
  [
    "nav_selling",
    [
      ["nav_coupons", "/console/coupons"],
      ["tokens", "/console/tokens"],
      ["nav_serials", "/console/serials"],
      ["nav_vouchers", "/console/vouchers"],
      ["nav_addresses", "/console/addresses"],
      ["nav_installers", "/console/installers"],
      ["nav_networks", "/console/networks"],
    ],
  ],
  [
    "nav_money",
    [
      ["nav_periods", "/console/periods"],
      ["nav_statements", "/console/statements"],
      ["nav_payouts", "/console/payouts"],
      ["nav_adjustments", "/console/adjustments"],
      ["nav_earnings", "/console/earnings"],
      ["journal", "/console/journal"],
    ],
  ],
  [
    "nav_running",
    [
      ["shops_title", "/console/shops"],
      ["nav_work", "/console/work"],
      ["nav_outbox", "/console/outbox", "stuck"],
      ["nav_mail", "/console/mail"],
      ["nav_people", "/console/people"],
      ["nav_audit", "/console/audit"],
      ["nav_keys", "/console/keys"],
      ["nav_desk_settings", "/console/settings"],
    ],
  ],
];

/** Pages that stand beside their place in the navigation rather than below it. */
const beside: Readonly<Record<string, string>> = {
  "/console/reward-offers": "/console/rewards",
  "/console/approvals": "/console/adjustments",
  "/console/movements": "/console/serials",
  "/console/import": "/console/work",
};

/** The console's navigation, with the place marked that a path lies in, and what waits at each. */
export function navigationOf(say: ConsoleSpeech, path: string, queues: Queues): NavigationGroup[] {
  const [side = ""] = /^\/console\/[^/]+/.exec(path) ?? [];
  const place = beside[side] ?? path;
  const current = groups
    .flatMap(([, places]) => places.map(([, to]) => to))
    .filter((to) => place === to || place.startsWith(`${to}/`))
    .sort((one, other) => other.length - one.length)[0];
  return groups.map(([title, places]) => ({
    ...(title === undefined ? {} : { title: say.say(title) }),
    links: places.map(([text, to, queue]) => ({
      label: say.say(text),
      address: to,
      isCurrent: to === current,
      count: queue === undefined ? undefined : queues[queue],
    })),
  }));
}
