import { readNetwork } from "../../../config/network-config.ts";
import { listNetworkLinks, type NetworkLink } from "../../../networks/network-links.ts";
import { openNetwork } from "../../../networks/open-networks.ts";
import { type Html, html } from "../../../pages/html.ts";
import type { ListColumn } from "../../../pages/listing.ts";
import { badge, buttonLink, card, emptyState, idText } from "../../../pages/parts.ts";
import { codeColumn, dayColumn, partnerColumn } from "../kit/columns.ts";
import { type ConsoleRoute, may, planners, readers } from "../kit/console-route.ts";
import { deedRoutes } from "../kit/deed.ts";
import { type Desk, given } from "../kit/desk.ts";
import { listPage } from "../kit/list-page.ts";
import { plainTable } from "../kit/plain-table.ts";
import { link, networksPath, unlink } from "./network-deeds.ts";
import { tryNetwork } from "./network-trial.ts";

const pageRows = 100;
const effects = ["convert", "adjust", "reverse"] as const;

/** The networks of the configuration, and who is a member of them: `network list`. */
async function networksPage(desk: Desk): Promise<Response> {
  const { say, deps, address } = desk;
  const { links, next } = await listNetworkLinks(deps, {
    after: given(address.query, "after"),
    limit: pageRows,
  });
  const mayChange = may(desk, planners) && deps.config.networks.size > 0;
  return listPage<NetworkLink>(desk, {
    title: say.say("nav_networks"),
    actions: mayChange ? buttonLink(say.say("network_link"), `${networksPath}/link`, true) : undefined,
    above: html`${networkCard(desk)}<p></p>`,
    heading: say.say("network_members"),
    file: "network-members",
    rows: links,
    next,
    empty: { title: say.say("no_members") },
    columns: mayChange ? [...memberColumns(desk), actionColumn(desk)] : memberColumns(desk),
  });
}

const memberColumns = (desk: Desk): ListColumn<NetworkLink>[] => {
  const { say } = desk;
  return [
    partnerColumn(desk),
    codeColumn({ heading: say.say("network"), sort: "network", of: ({ network }) => network }),
    {
      heading: say.say("network_id"),
      sort: "id",
      cell: ({ settings }) => html`<code>${settings.id !== undefined && idText(settings.id)}</code>`,
      text: ({ settings }) => settings.id ?? "",
    },
    {
      heading: say.say("state"),
      sort: "state",
      cell: ({ status }) =>
        status === "active" ? badge(say.say("status_active"), "good") : badge(say.say("status_ended"), "off"),
      text: ({ status }) => status,
    },
    dayColumn(desk, { heading: say.say("since"), sort: "since", of: ({ changedAt }) => changedAt }),
  ];
};

/** What may be done about a member. */
const actionColumn = ({ say }: Desk): ListColumn<NetworkLink> => {
  const linkTo = (verb: "test" | "unlink", label: string, { network, partner }: NetworkLink) =>
    html`<a href="${networksPath}/${verb}?${new URLSearchParams({ network, partner }).toString()}" aria-label="${label}: ${partner}">${label}</a>`;
  return {
    heading: say.say("action"),
    cell: (member) =>
      member.status === "active"
        ? html`${linkTo("test", say.say("network_test"), member)} · ${linkTo("unlink", say.say("network_unlink"), member)}`
        : "–",
    text: () => "",
  };
};

function networkCard(desk: Desk): Html {
  const { say, deps } = desk;
  const all = [...deps.config.networks].map(([id, given]) =>
    Object.assign(
      openNetwork(
        id,
        readNetwork(given, id, () => "***"),
      ),
      { id },
    ),
  );
  return card({
    title: say.say("nav_networks"),
    content:
      all.length === 0
        ? emptyState(say.say("no_networks"), say.say("no_networks_why"))
        : plainTable(desk, say.say("network"), all, [
            {
              heading: say.say("network"),
              cell: ({ id, name }) => html`<code>${idText(id)}</code> <span class="sub">${name}</span>`,
            },
            { heading: say.say("destination"), cell: ({ base }) => html`<code>${base.host}</code>` },
            {
              heading: say.say("by_hand"),
              cell: (one) =>
                effects.filter((effect) => "byHand" in one.effects[effect]).join(", ") || say.say("none"),
            },
            { heading: say.say("network_id"), cell: ({ memberId }) => memberId },
          ]),
  });
}

/** Affiliate networks that hear of their members' sales. */
export const networkRoutes: readonly ConsoleRoute[] = [
  ["get", networksPath, readers, networksPage],
  ...deedRoutes(`${networksPath}/link`, planners, link),
  ...deedRoutes(`${networksPath}/unlink`, planners, unlink),
  ...deedRoutes(`${networksPath}/test`, planners, tryNetwork),
];
