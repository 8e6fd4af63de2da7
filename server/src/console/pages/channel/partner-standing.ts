import { mergePartner, suspendPartner } from "../../../channel/partner-standing.ts";
import { showPartner } from "../../../channel/partners.ts";
import { html } from "../../../pages/html.ts";
import { facts } from "../../../pages/parts.ts";
import { type ConsoleRoute, type Params, planners } from "../kit/console-route.ts";
import { type Deed, deedRoutes } from "../kit/deed.ts";
import { type Desk, goTo } from "../kit/desk.ts";
import { line } from "../kit/fields.ts";
import { partnerChoice } from "../kit/partner-choices.ts";
import { partnerLink, partnerPath } from "../kit/partner-names.ts";
import { partnerCrumbs } from "../kit/shown.ts";

/** `partner suspend`: what it would earn waits for a person, and nothing is paid out to it. */
const suspend = (desk: Desk, { id = "" }: Params): Deed<undefined> => {
  const { say, deps } = desk;
  return {
    title: say.say("partner_suspend"),
    lead: say.say("partner_suspend_lead"),
    crumbs: partnerCrumbs(desk, id),
    back: partnerPath(id),
    names: [],
    read: () => undefined,
    label: say.say("partner_suspend"),
    isDanger: true,
    rehearse: async () => {
      const { name, status } = await showPartner(deps, id);
      return {
        content: facts([
          [say.say("partner"), name],
          [say.say("state"), say.say(`status_${status}`)],
        ]),
        label: status === "active" ? say.say("partner_suspend") : undefined,
      };
    },
    act: async () => {
      await suspendPartner(deps, id);
      return goTo(partnerPath(id), "partner");
    },
  };
};

/** `partner merge`: two ids are one firm. */
const merge = (desk: Desk, { id = "" }: Params): Deed<string> => {
  const { say, deps } = desk;
  return {
    title: say.say("partner_merge"),
    lead: say.say("partner_merge_lead"),
    crumbs: partnerCrumbs(desk, id),
    back: partnerPath(id),
    names: ["into"],
    fields: (value) =>
      line("into", say.say("partner_merge_into"), value("into"), { required: true, ...partnerChoice }),
    read: (field) => field("into") ?? "",
    label: say.say("see_what_comes"),
    isDanger: true,
    rehearse: async (into) => {
      const [from, other] = [await showPartner(deps, id), await showPartner(deps, into)];
      return {
        content: facts([
          [say.say("partner"), `${from.name} (${from.id})`],
          [say.say("partner_merge_into"), html`${partnerLink(other.id, other.name)} (${other.id})`],
        ]),
        label: say.say("partner_merge"),
      };
    },
    act: async (into) => {
      await mergePartner(deps, id, { into });
      return goTo(partnerPath(id), "partner");
    },
  };
};

/** What is done about a partner that is not done every day. */
export const standingRoutes: readonly ConsoleRoute[] = [
  ...deedRoutes("/console/partners/{id}/suspend", planners, suspend),
  ...deedRoutes("/console/partners/{id}/merge", planners, merge, "fresh"),
];
