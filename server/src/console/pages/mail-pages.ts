import { type ListedMail, listMail, retryMail } from "../../mail/mails.ts";
import { html } from "../../pages/html.ts";
import { type Listing, listing } from "../../pages/listing.ts";
import { type BadgeTone, badge, card } from "../../pages/parts.ts";
import { consolePage, type Desk, doneNotice, given, goTo } from "./desk.ts";
import { actButton } from "./fields.ts";
import { timeText } from "./shown.ts";

const path = "/console/mail";
const pageRows = 50;
const states = ["failed", "pending", "sent", "dropped"] as const;
const tones: Readonly<Record<ListedMail["state"], BadgeTone>> = {
  failed: "bad",
  pending: "wait",
  sent: "good",
  dropped: "off",
};

/** What is mailed to people: by default what was given up, the same as `mail list`. The letters themselves are not shown. */
export async function mailPage(desk: Desk): Promise<Response> {
  const { say, kit, deps, address, person } = desk;
  const { mails, next } = await listMail(deps, {
    state: states.find((one) => one === address.query.get("state")),
    after: given(address.query, "after"),
    limit: pageRows,
  });
  const mayRetry = person.role === "owner" || person.role === "support";
  const list: Listing<ListedMail> = {
    kit,
    caption: say.say("nav_mail"),
    rows: mails,
    address,
    next,
    filters: [
      { name: "state", label: say.say("state"), options: states.map((one) => [one, say.say(`mail_${one}`)]) },
    ],
    empty: { title: say.say("no_mail") },
    columns: [
      { heading: say.say("address"), cell: ({ to }) => html`<bdi>${to}</bdi>` },
      { heading: say.say("kind"), cell: ({ kind }) => html`<code>${kind}</code>` },
      {
        heading: say.say("state"),
        cell: ({ state, problem }) =>
          html`${badge(say.say(`mail_${state}`), tones[state])}${problem !== null && html` <span class="sub">${problem}</span>`}`,
      },
      { heading: say.say("tries"), isFigure: true, cell: ({ attempts }) => say.number(attempts) },
      { heading: say.say("time"), cell: ({ createdAt }) => timeText(desk, createdAt) },
      {
        heading: say.say("action"),
        cell: ({ id, state }) =>
          state === "failed" && mayRetry
            ? actButton(desk, { action: `${path}/retry`, sent: { mail: id }, label: say.say("replay") })
            : "–",
      },
    ],
  };
  return consolePage(desk, {
    title: say.say("nav_mail"),
    lead: say.say("mail_lead"),
    content: html`${doneNotice(desk)}${card({ title: say.say("orders_title"), content: listing(list) })}`,
  });
}

/** Sends a mail again that was given up: the same as `mail retry`. */
export async function retry(desk: Desk): Promise<Response> {
  await retryMail(desk.deps, given(desk.c.get("form"), "mail") ?? "");
  return goTo(path, "replayed");
}
