import { linkNetwork, showNetworkLink, unlinkNetwork } from "../../../networks/network-links.ts";
import { type Html, html } from "../../../pages/html.ts";
import { facts } from "../../../pages/parts.ts";
import { Refusal } from "../../../words/refusal.ts";
import type { Deed } from "../kit/deed.ts";
import { type Desk, goTo } from "../kit/desk.ts";
import { area, entered, line, pick } from "../kit/fields.ts";
import { partnerChoice } from "../kit/partner-choices.ts";

/** Where the networks stand. */
export const networksPath = "/console/networks";

/** The way to the networks, above a page about them. */
export const networkCrumbs = ({ say }: Desk): Html[] => [
  html`<a href="${networksPath}">${say.say("nav_networks")}</a>`,
];

const networkOptions = ({ deps }: Desk) => [...deps.config.networks.keys()].map((id) => [id, id] as const);

/** `network link`. */
export const link = (desk: Desk): Deed<Parameters<typeof linkNetwork>[1]> => {
  const { say, deps } = desk;
  return {
    title: say.say("network_link"),
    crumbs: networkCrumbs(desk),
    back: networksPath,
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
      return goTo(networksPath, "kept");
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
export const unlink = (desk: Desk): Deed<{ network: string; partner: string }> => ({
  title: desk.say.say("network_unlink"),
  about: entered(desk, "partner"),
  lead: desk.say.say("network_unlink_lead"),
  crumbs: networkCrumbs(desk),
  back: networksPath,
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
    return goTo(networksPath, "kept");
  },
});
