import { type ListedMail, listMail, retryMail } from "../../../mail/mails.ts";
import { html } from "../../../pages/html.ts";
import { type BadgeTone, badge, buttonLink } from "../../../pages/parts.ts";
import { countColumn, timeColumn } from "../kit/columns.ts";
import { type Desk, given, goTo } from "../kit/desk.ts";
import { actButton } from "../kit/fields.ts";
import { listPage } from "../kit/list-page.ts";

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
  const { say, deps, address, person } = desk;
  const { mails, next } = await listMail(deps, {
    state: states.find((one) => one === address.query.get("state")),
    after: given(address.query, "after"),
    limit: pageRows,
  });
  const mayRetry = person.role === "owner" || person.role === "support";
  return listPage<ListedMail>(desk, {
    title: say.say("nav_mail"),
    lead: say.say("mail_lead"),
    actions: mayRetry ? buttonLink(say.say("mail_test"), `${path}/test`) : undefined,
    heading: say.say("orders_title"),
    file: "mail",
    rows: mails,
    next,
    filters: [
      {
        name: "state",
        label: say.say("state"),
        options: states.map((one) => [one, say.say(`mail_${one}`)]),
        hasDefault: true,
      },
    ],
    empty: { title: say.say("no_mail") },
    columns: [
      {
        heading: say.say("address"),
        sort: "address",
        cell: ({ to }) => html`<bdi>${to}</bdi>`,
        text: ({ to }) => to,
      },
      {
        heading: say.say("kind"),
        sort: "kind",
        cell: ({ kind }) => html`<code>${kind}</code>`,
        text: ({ kind }) => kind,
      },
      {
        heading: say.say("state"),
        sort: "state",
        cell: ({ state, problem }) =>
          html`${badge(say.say(`mail_${state}`), tones[state])}${problem !== null && html` <span class="sub">${problem}</span>`}`,
        text: ({ state }) => state,
      },
      countColumn(desk, { heading: say.say("tries"), sort: "tries", of: ({ attempts }) => attempts }),
      timeColumn(desk, { heading: say.say("time"), sort: "time", of: ({ createdAt }) => createdAt }),
      {
        heading: say.say("action"),
        cell: ({ id, state }) =>
          state === "failed" && mayRetry
            ? actButton(desk, { action: `${path}/retry`, sent: { mail: id }, label: say.say("replay") })
            : "–",
        text: () => "",
      },
    ],
  });
}

/** Sends a mail again that was given up: the same as `mail retry`. */
export async function retry(desk: Desk): Promise<Response> {
  await retryMail(desk.deps, given(desk.c.get("form"), "mail") ?? "");
  return goTo(path, "replayed");
}
