import { refuseUnknownNetwork, showNetworkLink } from "../../../networks/network-links.ts";
import { previewNetwork, type Trial, testNetwork } from "../../../networks/try-network.ts";
import { openSender } from "../../../outbox/start-outbox.ts";
import { type Html, html } from "../../../pages/html.ts";
import { card, facts, notice } from "../../../pages/parts.ts";
import { Refusal } from "../../../words/refusal.ts";
import type { Deed } from "../kit/deed.ts";
import { consolePage, type Desk } from "../kit/desk.ts";
import { entered } from "../kit/fields.ts";
import { networkCrumbs, networksPath } from "./network-deeds.ts";

interface Member {
  network: string;
  partner: string;
}

type Preview = ReturnType<typeof previewNetwork>[number];
type Answer = NonNullable<Awaited<ReturnType<typeof testNetwork>>>;

/** `network test`: shows every request first, secrets masked; the button sends a conversion to the network's test mode. */
export const tryNetwork = (desk: Desk): Deed<Member> => {
  const { say, deps } = desk;
  return {
    title: say.say("network_test"),
    about: entered(desk, "partner"),
    crumbs: networkCrumbs(desk),
    back: networksPath,
    names: ["network", "partner"],
    read: (field) => ({ network: field("network") ?? "", partner: field("partner") ?? "" }),
    label: say.say("network_test"),
    rehearse: async (asked) => {
      const previews = previewNetwork(await trialOf(desk, asked));
      const isTestable = previews.some(({ effect }) => effect === "test");
      return {
        heading: `${asked.network}, ${asked.partner}`,
        content: html`${previews.map(previewText)}${!isTestable && html`<p>${say.say("network_no_test")}</p>`}`,
        label: isTestable ? say.say("network_test") : undefined,
      };
    },
    act: async (asked) => {
      const trial = await trialOf(desk, asked);
      const sender = openSender(deps.config);
      const result = await testNetwork(trial, sender, deps.env).finally(() => sender.close());
      if (result === undefined) throw new Refusal("request_invalid", `${asked.network} has no test mode.`);
      return answerPage(desk, result);
    },
  };
};

async function trialOf({ deps }: Desk, { network, partner }: Member): Promise<Trial> {
  refuseUnknownNetwork(deps.config, network);
  const configured = deps.config.networks.get(network);
  if (configured === undefined) throw new Error("refused above");
  const { settings } = await showNetworkLink(deps, { network, partner });
  return { id: network, network: configured, partner, settings, now: deps.clock() };
}

const previewText = ({ effect, request, byHand }: Preview): Html =>
  html`<h3>${effect}</h3><pre tabindex="0" aria-label="${effect}">${request === null ? (byHand ?? "") : requestText(request)}</pre>`;

/** A request as it goes over the line. */
function requestText({ method, url, headers, body }: NonNullable<Preview["request"]>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return `${method} ${url}\n${lines.join("\n")}${body === undefined ? "" : `\n\n${body}`}`;
}

/** What the network said to a test. */
const answerPage = (desk: Desk, result: Answer): Promise<Response> => {
  const { say } = desk;
  const { delivered, problem, status, conversionId, answer } = result;
  return consolePage(desk, {
    title: say.say("network_test"),
    crumbs: networkCrumbs(desk),
    content: html`${notice(
      say.say(delivered ? "network_taken" : "network_not_taken"),
      delivered ? "good" : "bad",
      problem ?? undefined,
    )}${card({
      title: say.say("answer"),
      content: html`${facts([
        [say.say("state"), status === null ? undefined : String(status)],
        [say.say("number"), conversionId],
      ])}<pre tabindex="0" aria-label="${say.say("answer")}">${answer}</pre>`,
    })}`,
  });
};
