import {
  issuePartnerKey,
  listPartnerKeys,
  type PartnerKey,
  revokePartnerKey,
} from "../../access/partner-keys.ts";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import type { AppContext } from "../../http/app-env.ts";
import { pageRoute } from "../../http/page-route.ts";
import { problems } from "../../http/problem.ts";
import type { People } from "../../http/route.ts";
import {
  type PartnerWebhook,
  removePartnerWebhook,
  rotatePartnerWebhook,
  setPartnerWebhook,
} from "../../outbox/destinations.ts";
import { openSender } from "../../outbox/start-outbox.ts";
import { showPartnerWebhook, testPartnerWebhook } from "../../outbox/test-webhook.ts";
import { copyField } from "../../pages/copy-field.ts";
import { formToken } from "../../pages/form.ts";
import { type Html, html } from "../../pages/html.ts";
import { listTable } from "../../pages/listing.ts";
import { badge, card, facts, idText, outcomeNotice } from "../../pages/parts.ts";
import { instant } from "../../words/clock.ts";
import { Refusal } from "../../words/refusal.ts";
import { type Asked, confirmPage, isConfirmed } from "./confirm-page.ts";
import { goTo, refusedNotice } from "./named-page.ts";
import { type PartnerPerson, type PortalFace, portalFace, portalPage } from "./portal-face.ts";

/** What opens to a partner's programs is its owners' to give, soon after a sign-in. */
const owners: People = { partner: ["owner"], fresh: true };
const path = "/portal/connections";
const show = pageRoute({
  who: owners,
  operationId: "showPortalConnections",
  method: "get",
  path,
  summary: "A partner's webhook and API keys",
});
const act = pageRoute({
  who: owners,
  operationId: "changePortalConnection",
  method: "post",
  path,
  summary: "Set, rotate, test or remove one's webhook; issue or revoke an API key",
});

/** What was just made or found out, said on the page once. */
interface Said {
  notice?: Html;
  secret?: { label: "webhook_secret" | "key_made"; value: string };
  refusal?: Refusal;
}

/** The page of what a partner's programs are connected by. */
export function addConnectionPages(app: App, deps: Deps): void {
  const sender = openSender(deps.config);
  app.serve(show, async (c) => connectionsPage(deps, await portalFace(deps, c), {}));
  app.serve(act, async (c) => {
    const face = await portalFace(deps, c);
    try {
      const asked = isConfirmed(c.get("form")) ? undefined : await askBefore(c, face);
      if (asked !== undefined) return confirmPage(deps, face, asked);
      const said = await change(c, face);
      return said === undefined ? goTo(path) : connectionsPage(deps, face, said);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return connectionsPage(deps, face, { refusal: error });
    }
  });

  /** What is asked before something stops that a partner's programs rest upon; undefined for what takes nothing away. */
  async function askBefore(c: AppContext, { person, speech }: PortalFace): Promise<Asked | undefined> {
    const form = c.get("form");
    const { say } = speech;
    const common = { action: path, back: path };
    if (form?.get("do") === "remove") {
      const { url } = await showPartnerWebhook(deps, person.partner);
      const text = say("webhook_remove_lead", { url });
      const sent = { do: "remove" };
      return { ...common, title: say("webhook_remove_confirm"), text, sent, label: say("webhook_remove") };
    }
    if (form?.get("do") !== "revoke") return undefined;
    const { id, name } = await requireOwnKey(person.partner, form.get("key") ?? "");
    const text = say("key_revoke_lead", { key: name ?? id });
    const sent = { do: "revoke", key: id };
    return { ...common, title: say("key_revoke_confirm"), text, sent, label: say("key_revoke") };
  }

  async function requireOwnKey(partner: PartnerPerson["partner"], key: string): Promise<PartnerKey> {
    const own = (await listPartnerKeys(deps, partner)).find(({ id }) => id === key);
    if (own === undefined) throw new Refusal("key_unknown", "There is no such key of yours.");
    return own;
  }

  async function change(c: AppContext, { person, speech }: PortalFace): Promise<Said | undefined> {
    const form = c.get("form") ?? new URLSearchParams();
    const text = (name: string) => (form.get(name) ?? "").slice(0, 2_100).toWellFormed().trim();
    const { partner } = person;
    switch (form.get("do")) {
      case "set": {
        const webhook = await setPartnerWebhook(deps, { partner, url: text("url") });
        return "secret" in webhook
          ? { secret: { label: "webhook_secret", value: webhook.secret } }
          : undefined;
      }
      case "rotate": {
        const { secret } = await rotatePartnerWebhook(deps, { partner });
        return { secret: { label: "webhook_secret", value: secret } };
      }
      case "remove":
        await removePartnerWebhook(deps, partner);
        return undefined;
      case "test": {
        const { delivered, status, problem } = await testPartnerWebhook(deps, sender, partner);
        return delivered
          ? { notice: outcomeNotice(speech.say("webhook_answered", { status: status ?? 0 }), "good") }
          : { notice: outcomeNotice(speech.say("webhook_failed"), "bad", problem ?? String(status ?? "")) };
      }
      case "issue": {
        const name = text("name").slice(0, 64);
        const { key } = await issuePartnerKey(deps, { partner, ...(name === "" ? {} : { name }) });
        return { secret: { label: "key_made", value: key } };
      }
      case "revoke": {
        await revokePartnerKey(deps, (await requireOwnKey(partner, text("key"))).id);
        return undefined;
      }
      default:
        return undefined;
    }
  }
}

async function connectionsPage(deps: Deps, face: PortalFace, { notice: told, secret, refusal }: Said) {
  const { say } = face.speech;
  const { partner } = face.person;
  const webhook = await showPartnerWebhook(deps, partner).catch((error: unknown) => {
    if (error instanceof Refusal) return undefined;
    throw error;
  });
  const parts = {
    title: say("nav_connections"),
    lead: say("connections_lead"),
    copies: true,
    content: html`${refusal && refusedNotice(face, refusal)}${told}${
      secret &&
      html`${outcomeNotice(say("shown_once"), "good")}<section class="card">${copyField(face.speech, { id: "secret", label: say(secret.label), value: secret.value })}</section><p></p>`
    }<div class="grid">${webhookCard(face, webhook?.status === "active" ? webhook : undefined)}${keysCard(face, await listPartnerKeys(deps, partner))}</div>`,
  };
  return portalPage(deps, face, parts, refusal === undefined ? 200 : problems[refusal.code].status);
}

const button = ({ person }: PortalFace, deed: string, label: string, look = "", more: Html | false = false) =>
  html`<form method="post" action="${path}">${formToken(person)}<input type="hidden" name="do" value="${deed}">${more}<button class="${look}">${label}</button></form>`;

function webhookCard(face: PortalFace, webhook: PartnerWebhook | undefined): Html {
  const { say, day } = face.speech;
  return card({
    title: say("webhook"),
    lead: say("webhook_lead"),
    wide: true,
    content: html`${
      webhook !== undefined &&
      webhook.rotatingUntil !== null &&
      facts([[say("webhook_rotating"), day(instant(Date.parse(webhook.rotatingUntil)))]])
    }<form method="post" action="${path}">${formToken(face.person)}<input type="hidden" name="do" value="set">
<div class="field"><label for="url">${say("webhook_url")}</label><input id="url" name="url" type="url" required maxlength="2000" dir="ltr" placeholder="https://" value="${webhook?.url ?? ""}"></div>
<div class="actions"><button class="main">${say("save")}</button></div></form>${
      webhook !== undefined &&
      html`<div class="actions">${button(face, "test", say("webhook_test"))}${button(face, "rotate", say("webhook_rotate"))}${button(face, "remove", say("webhook_remove"), "danger")}</div>`
    }`,
  });
}

function keysCard(face: PortalFace, keys: readonly PartnerKey[]): Html {
  const { say, day } = face.speech;
  return card({
    title: say("keys"),
    lead: say("keys_lead"),
    wide: true,
    content: html`${
      keys.length > 0 &&
      listTable<PartnerKey>({
        kit: face.kit,
        caption: say("keys"),
        rows: keys,
        address: face.address,
        empty: { title: "" },
        columns: [
          {
            heading: say("key"),
            cell: ({ id, name }) => html`<code>${idText(id)}</code> <span class="sub">${name ?? ""}</span>`,
          },
          {
            heading: say("state"),
            cell: ({ status }) => badge(say(`key_${status}`), status === "active" ? "good" : "off"),
          },
          {
            heading: say("key_used"),
            cell: ({ lastUsedOn }) => (lastUsedOn === null ? "–" : day(instant(Date.parse(lastUsedOn)))),
          },
          {
            heading: say("people_remove"),
            cell: ({ id, status }) =>
              status === "active" &&
              button(
                face,
                "revoke",
                say("key_revoke"),
                "",
                html`<input type="hidden" name="key" value="${id}">`,
              ),
          },
        ],
      })
    }<form method="post" action="${path}">${formToken(face.person)}<input type="hidden" name="do" value="issue">
<div class="field"><label for="name">${say("key_name")}</label><input id="name" name="name" maxlength="64"></div>
<div class="actions"><button class="main">${say("key_issue")}</button></div></form>`,
  });
}
