import { readNetwork } from "../../../config/network-config.ts";
import {
  linkNetwork,
  listNetworkLinks,
  type NetworkLink,
  refuseUnknownNetwork,
  showNetworkLink,
  unlinkNetwork,
} from "../../../networks/network-links.ts";
import { openNetwork } from "../../../networks/open-networks.ts";
import { previewNetwork, type Trial, testNetwork } from "../../../networks/try-network.ts";
import { openSender } from "../../../outbox/start-outbox.ts";
import { type Html, html } from "../../../pages/html.ts";
import { badge, buttonLink, card, emptyState, facts, idText, notice } from "../../../pages/parts.ts";
import { Refusal } from "../../../words/refusal.ts";
import { codeColumn, dayColumn, partnerColumn } from "../kit/columns.ts";
import { type ConsoleRoute, may, planners, readers } from "../kit/console-route.ts";
import { type Deed, deedRoutes } from "../kit/deed.ts";
import { consolePage, type Desk, given, goTo } from "../kit/desk.ts";
import { area, entered, line, pick } from "../kit/fields.ts";
import { listPage } from "../kit/list-page.ts";
import { partnerChoice } from "../kit/partner-choices.ts";
import { plainTable } from "../kit/plain-table.ts";

const path = "/console/networks";
const pageRows = 100;
const crumbs = ({ say }: Desk) => [html`<a href="${path}">${say.say("nav_networks")}</a>`];
const effects = ["convert", "adjust", "reverse"] as const;

/** The networks of the configuration, and who is a member of them: `network list`. */
async function networksPage(desk: Desk): Promise<Response> {
  const { say, deps, address } = desk;
  const { links, next } = await listNetworkLinks(deps, {
    after: given(address.query, "after"),
    limit: pageRows,
  });
  const mayChange = may(desk, planners) && deps.config.networks.size > 0;
  const queryOf = ({ network, partner }: NetworkLink) => new URLSearchParams({ network, partner }).toString();
  return listPage<NetworkLink>(desk, {
    title: say.say("nav_networks"),
    actions: mayChange ? buttonLink(say.say("network_link"), `${path}/link`, true) : undefined,
    above: html`${networkCard(desk)}<p></p>`,
    heading: say.say("network_members"),
    file: "network-members",
    rows: links,
    next,
    empty: { title: say.say("no_members") },
    columns: [
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
          status === "active"
            ? badge(say.say("status_active"), "good")
            : badge(say.say("status_ended"), "off"),
        text: ({ status }) => status,
      },
      dayColumn(desk, { heading: say.say("since"), sort: "since", of: ({ changedAt }) => changedAt }),
      ...(mayChange
        ? [
            {
              heading: say.say("action"),
              cell: (link: NetworkLink) =>
                link.status === "active"
                  ? html`<a href="${path}/test?${queryOf(link)}" aria-label="${say.say("network_test")}: ${link.partner}">${say.say("network_test")}</a> · <a href="${path}/unlink?${queryOf(link)}" aria-label="${say.say("network_unlink")}: ${link.partner}">${say.say("network_unlink")}</a>`
                  : "–",
              text: () => "",
            },
          ]
        : []),
    ],
  });
}

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

const networkOptions = ({ deps }: Desk) => [...deps.config.networks.keys()].map((id) => [id, id] as const);

/** `network link`. */
const link = (desk: Desk): Deed<Parameters<typeof linkNetwork>[1]> => {
  const { say, deps } = desk;
  return {
    title: say.say("network_link"),
    crumbs: crumbs(desk),
    back: path,
    names: ["network", "partner", "id", "settings"],
    fields: (value) => html`${pick("network", say.say("network"), networkOptions(desk), value("network"))}
${line("partner", say.say("partner"), value("partner"), { required: true, ...partnerChoice })}
${line("id", say.say("network_id"), value("id"), { required: true, maxlength: 200, dir: "ltr" })}
${area("settings", say.say("network_settings"), value("settings"))}`,
    read: (field) => ({
      network: field("network") ?? "",
      partner: field("partner") ?? "",
      settings: { ...settingsOf(field("settings")), id: field("id") ?? "" },
    }),
    label: say.say("network_link"),
    act: async (given_) => {
      await linkNetwork(deps, given_);
      return goTo(path, "kept");
    },
  };
};

/** Settings as they were entered, one NAME=VALUE a line. @throws {Refusal} `request_invalid` */
function settingsOf(text = ""): Record<string, string> {
  const lines = text.split(/\r?\n/).filter((one) => one.trim() !== "");
  return Object.fromEntries(
    lines.map((one) => {
      const [, name, value] = /^\s*([a-z][A-Za-z0-9_]{0,39})=(.+)$/.exec(one) ?? [];
      if (name === undefined || value === undefined)
        throw new Refusal("request_invalid", "Settings are written NAME=VALUE, one a line.");
      return [name, value.trim()];
    }),
  );
}

/** `network unlink`. */
const unlink = (desk: Desk): Deed<{ network: string; partner: string }> => ({
  title: desk.say.say("network_unlink"),
  about: entered(desk, "partner"),
  lead: desk.say.say("network_unlink_lead"),
  crumbs: crumbs(desk),
  back: path,
  names: ["network", "partner"],
  read: (field) => ({ network: field("network") ?? "", partner: field("partner") ?? "" }),
  label: desk.say.say("network_unlink"),
  isDanger: true,
  rehearse: async (asked) => {
    const known = await showNetworkLink(desk.deps, asked);
    return {
      content: facts([
        [desk.say.say("network"), known.network],
        [desk.say.say("partner"), known.partner],
        [desk.say.say("network_id"), known.settings.id],
      ]),
      label: desk.say.say("network_unlink"),
    };
  },
  act: async (asked) => {
    await unlinkNetwork(desk.deps, asked);
    return goTo(path, "kept");
  },
});

/** `network test`: shows every request first, secrets masked; the button sends a conversion to the network's test mode. */
const test = (desk: Desk): Deed<{ network: string; partner: string }> => {
  const { say, deps } = desk;
  const trialOf = async ({ network, partner }: { network: string; partner: string }): Promise<Trial> => {
    refuseUnknownNetwork(deps.config, network);
    const configured = deps.config.networks.get(network);
    if (configured === undefined) throw new Error("refused above");
    const { settings } = await showNetworkLink(deps, { network, partner });
    return { id: network, network: configured, partner, settings, now: deps.clock() };
  };
  return {
    title: say.say("network_test"),
    about: entered(desk, "partner"),
    crumbs: crumbs(desk),
    back: path,
    names: ["network", "partner"],
    read: (field) => ({ network: field("network") ?? "", partner: field("partner") ?? "" }),
    label: say.say("network_test"),
    rehearse: async (asked) => {
      const previews = previewNetwork(await trialOf(asked));
      const isTestable = previews.some(({ effect }) => effect === "test");
      return {
        heading: `${asked.network}, ${asked.partner}`,
        content: html`${previews.map(
          ({ effect, request, byHand }) =>
            html`<h3>${effect}</h3><pre tabindex="0" aria-label="${effect}">${
              request === null
                ? (byHand ?? "")
                : `${request.method} ${request.url}\n${Object.entries(request.headers)
                    .map(([name, value]) => `${name}: ${value}`)
                    .join("\n")}${request.body === undefined ? "" : `\n\n${request.body}`}`
            }</pre>`,
        )}${!isTestable && html`<p>${say.say("network_no_test")}</p>`}`,
        label: isTestable ? say.say("network_test") : undefined,
      };
    },
    act: async (asked) => {
      const trial = await trialOf(asked);
      const sender = openSender(deps.config);
      const result = await testNetwork(trial, sender, deps.env).finally(() => sender.close());
      if (result === undefined) throw new Refusal("request_invalid", `${asked.network} has no test mode.`);
      return consolePage(desk, {
        title: say.say("network_test"),
        crumbs: crumbs(desk),
        content: html`${notice(
          say.say(result.delivered ? "network_taken" : "network_not_taken"),
          result.delivered ? "good" : "bad",
          result.problem ?? undefined,
        )}${card({
          title: say.say("answer"),
          content: html`${facts([
            [say.say("state"), result.status === null ? undefined : String(result.status)],
            [say.say("number"), result.conversionId],
          ])}<pre tabindex="0" aria-label="${say.say("answer")}">${result.answer}</pre>`,
        })}`,
      });
    },
  };
};

/** Affiliate networks that hear of their members' sales. */
export const networkRoutes: readonly ConsoleRoute[] = [
  ["get", path, readers, networksPage],
  ...deedRoutes(`${path}/link`, planners, link),
  ...deedRoutes(`${path}/unlink`, planners, unlink),
  ...deedRoutes(`${path}/test`, planners, test),
];
