import { type AuditEntry, listAudit } from "../../../audit/list-audit.ts";
import {
  dropMessage,
  fitDropNote,
  listOutbox,
  type OutboxEntry,
  replayMessage,
  showOutboxMessage,
} from "../../../outbox/outbox.ts";
import { hiddenFields } from "../../../pages/app-page.ts";
import { type Html, html } from "../../../pages/html.ts";
import type { ListColumn } from "../../../pages/listing.ts";
import { type BadgeTone, badge, card, facts, idText, listedId, outcomeNotice } from "../../../pages/parts.ts";
import { isCalendarDay } from "../../../words/calendar-day.ts";
import { instant } from "../../../words/clock.ts";
import { codeColumn, countColumn, moneyColumn, partnerColumn } from "../kit/columns.ts";
import { consolePage, type Desk, doneNotice, formFields, given, goTo } from "../kit/desk.ts";
import { confirmPage, entered, isConfirmed, noteField } from "../kit/fields.ts";
import { listPage } from "../kit/list-page.ts";
import { orAgain } from "../kit/or-again.ts";
import { partnerLink } from "../kit/partner-names.ts";
import { orderPath, timeText } from "../kit/shown.ts";

const pageRows = 50;
const states = ["pending", "delivered", "failed", "manual", "dropped"] as const;
const stateTones: Readonly<Record<string, BadgeTone>> = {
  pending: "wait",
  delivered: "good",
  failed: "bad",
  manual: "wait",
  dropped: "off",
};

/** What people and keys have changed, the newest first. */
export async function auditPage(desk: Desk): Promise<Response> {
  const { say, deps, address } = desk;
  const since = given(address.query, "since") ?? "";
  const { entries, next } = await listAudit(deps, {
    actor: given(address.query, "actor"),
    subject: given(address.query, "subject"),
    since: isCalendarDay(since) ? instant(Date.parse(since)) : undefined,
    after: given(address.query, "after"),
    limit: pageRows,
  });
  const columns: ListColumn<AuditEntry>[] = [
    {
      heading: say.say("time"),
      sort: "time",
      cell: ({ at }) => html`<span class="nowrap">${timeText(desk, at)}</span>`,
      text: ({ at }) => at,
    },
    {
      heading: say.say("actor"),
      sort: "actor",
      cell: ({ actor }) => html`<code>${actor}</code>`,
      text: ({ actor }) => actor,
    },
    {
      heading: say.say("action"),
      cell: ({ action }) => html`<code>${action}</code>`,
      text: ({ action }) => action,
    },
    {
      heading: say.say("subject"),
      sort: "subject",
      cell: ({ subject }) => (subject === null ? "–" : html`<code>${idText(subject)}</code>`),
      text: ({ subject }) => subject,
    },
  ];
  return listPage<AuditEntry>(desk, {
    title: say.say("nav_audit"),
    lead: say.say("audit_lead"),
    heading: say.say("audit_title"),
    file: "audit",
    columns,
    rows: entries,
    filters: [
      { name: "actor", label: say.say("actor") },
      { name: "subject", label: say.say("subject") },
      { name: "since", label: say.say("since"), type: "date" },
    ],
    next,
    empty: { title: say.say("no_audit") },
  });
}

/** What others must hear: what is on its way, and what was given up. */
export async function outboxPage(desk: Desk): Promise<Response> {
  const { say, deps, address } = desk;
  const state = states.find((one) => one === address.query.get("state"));
  const { messages, next } = await listOutbox(deps, {
    state: state as OutboxEntry["state"] | undefined,
    after: given(address.query, "after"),
    limit: pageRows,
  });
  return listPage<OutboxEntry>(desk, {
    title: say.say("nav_outbox"),
    lead: say.say("outbox_lead"),
    heading: say.say("outbox_title"),
    file: "outbox",
    columns: messageColumns(desk),
    rows: messages,
    filters: [
      {
        name: "state",
        label: say.say("state"),
        options: states.map((one) => [one, say.say(`message_${one}`)] as const),
      },
    ],
    next,
    empty: { title: say.say("no_messages"), text: say.say("no_messages_why") },
  });
}

const messagePath = (id: string): string => `/console/outbox/${encodeURIComponent(id)}`;

const messageBadge = ({ say }: Desk, state: OutboxEntry["state"]): Html => {
  const name = `message_${state}`;
  return badge(say.has(name) ? say.say(name) : state, stateTones[state]);
};

const messageColumns = (desk: Desk): ListColumn<OutboxEntry>[] => {
  const { say } = desk;
  return [
    {
      heading: say.say("message"),
      sort: "message",
      cell: ({ id }) => html`<a class="code" href="${messagePath(id)}">${listedId(id)}</a>`,
      text: ({ id }) => id,
    },
    {
      heading: say.say("state"),
      sort: "state",
      cell: ({ state, problem }) =>
        html`${messageBadge(desk, state)}${problem !== null && html` <span class="sub">${problem}</span>`}`,
      text: ({ state }) => state,
    },
    codeColumn({
      heading: say.say("destination"),
      sort: "destination",
      of: ({ destination }) => destination,
    }),
    {
      heading: say.say("order"),
      sort: "order",
      cell: ({ shop, order }) =>
        html`<a class="code" href="${orderPath(shop, order)}">${listedId(order)}</a>`,
      text: ({ order }) => order,
    },
    partnerColumn(desk),
    countColumn(desk, { heading: say.say("tries"), sort: "tries", of: ({ attempts }) => attempts }),
    moneyColumn(desk, { heading: say.say("credit"), sort: "credit", of: ({ creditMinor }) => creditMinor }),
  ];
};

/** One message, with what can be done about one that was not delivered. */
export async function messagePage(desk: Desk, id: string, problem?: string | Html): Promise<Response> {
  const { say, deps } = desk;
  const message = await showOutboxMessage(deps, id);
  const isOpen = message.state === "failed" || message.state === "manual";
  const canDrop = isOpen || message.state === "pending";
  return consolePage(desk, {
    title: say.say("message_title"),
    crumbs: [html`<a href="/console/outbox">${say.say("nav_outbox")}</a>`, html`<code>${idText(id)}</code>`],
    lead: messageBadge(desk, message.state),
    status: problem === undefined ? 200 : 422,
    content: html`${problem !== undefined && outcomeNotice(problem, "bad")}${doneNotice(desk)}<div class="grid">${card(
      {
        title: say.say("facts"),
        content: facts([
          [say.say("destination"), html`<code>${idText(message.destination)}</code>`],
          [
            say.say("order"),
            html`<a class="code" href="${orderPath(message.shop, message.order)}">${idText(message.order)}</a>`,
          ],
          [say.say("partner"), partnerLink(message.partner)],
          [say.say("credit"), say.money(message.creditMinor, message.currency)],
          [say.say("tries"), say.number(message.attempts)],
          [say.say("answer"), message.status === null ? "–" : String(message.status)],
          [say.say("problem"), message.problem],
          [say.say("note"), message.note],
          [say.say("made"), timeText(desk, message.createdAt)],
          [say.say("due"), message.dueAt === null ? undefined : timeText(desk, message.dueAt)],
          [say.say("settled"), message.settledAt === null ? undefined : timeText(desk, message.settledAt)],
        ]),
      },
    )}${
      isOpen &&
      card({
        title: say.say("replay"),
        content: html`<p>${say.say("replay_lead")}</p><form method="post" action="${messagePath(id)}/replay">${hiddenFields(formFields(desk))}<button class="main">${say.say("replay_do")}</button></form>`,
      })
    }${
      canDrop &&
      card({
        title: say.say("drop"),
        content: html`<form method="post" action="${messagePath(id)}/drop">${hiddenFields(formFields(desk))}<p>${say.say("drop_lead")}</p>${noteField(desk, entered(desk, "note"))}<div class="actions"><button>${say.say("see_what_comes")}</button></div></form>`,
      })
    }</div>`,
  });
}

/** Sends a message again. */
export const replay = (desk: Desk, id: string): Promise<Response> =>
  orAgain(
    desk,
    (problem) => messagePage(desk, id, problem),
    async () => {
      await replayMessage(desk.deps, id);
      return goTo(messagePath(id), "replayed");
    },
  );

/** Drops a message, with why, after asking. */
export const drop = (desk: Desk, id: string): Promise<Response> =>
  orAgain(
    desk,
    (problem) => messagePage(desk, id, problem),
    async () => {
      const note = given(desk.c.get("form"), "note") ?? "";
      if (!isConfirmed(desk)) return dropPage(desk, id, note);
      await dropMessage(desk.deps, { id, note });
      return goTo(messagePath(id), "dropped");
    },
  );

async function dropPage(desk: Desk, id: string, sent: string): Promise<Response> {
  const { say, deps } = desk;
  const note = fitDropNote(sent);
  const { destination, shop, order, partner, creditMinor, currency } = await showOutboxMessage(deps, id);
  return confirmPage(desk, {
    title: say.say("drop_confirm"),
    lead: html`${say.say("drop_lead")} ${say.say("rehearsed")}`,
    crumbs: [html`<a href="/console/outbox">${say.say("nav_outbox")}</a>`, html`<code>${idText(id)}</code>`],
    sent: { note },
    heading: say.say("message_title"),
    content: facts([
      [say.say("destination"), html`<code>${idText(destination)}</code>`],
      [say.say("order"), html`<a class="code" href="${orderPath(shop, order)}">${idText(order)}</a>`],
      [say.say("partner"), partnerLink(partner)],
      [say.say("credit"), say.money(creditMinor, currency)],
      [say.say("note"), note],
    ]),
    label: say.say("drop_do"),
    back: messagePath(id),
    isDanger: true,
  });
}
