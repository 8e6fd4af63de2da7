import {
  type PartnerWebhook,
  removePartnerWebhook,
  rotatePartnerWebhook,
  setPartnerWebhook,
  usualOverlapHours,
} from "../../../outbox/destinations.ts";
import { openSender } from "../../../outbox/start-outbox.ts";
import { showPartnerWebhook, testPartnerWebhook } from "../../../outbox/test-webhook.ts";
import { html } from "../../../pages/html.ts";
import { badge, buttonLink, card, emptyState, facts, outcomeNotice } from "../../../pages/parts.ts";
import { Refusal } from "../../../words/refusal.ts";
import { type ConsoleRoute, may, type Params, planners, readers } from "../kit/console-route.ts";
import { type Deed, deedRoutes } from "../kit/deed.ts";
import { consolePage, type Desk, doneNotice, goTo } from "../kit/desk.ts";
import { actButton, line } from "../kit/fields.ts";
import { partnerPath } from "../kit/partner-names.ts";
import { partnerCrumbs, timeText } from "../kit/shown.ts";
import { shownOncePage } from "../kit/shown-once.ts";

const webhookPath = (id: string): string => `${partnerPath(id)}/webhook`;

/** A partner's webhook as it is set; undefined where there is none. */
export async function readWebhook({ deps }: Desk, id: string): Promise<PartnerWebhook | undefined> {
  try {
    return await showPartnerWebhook(deps, id);
  } catch (error) {
    if (error instanceof Refusal && error.code === "webhook_unknown") return undefined;
    throw error;
  }
}

/** The address at which a partner hears of its credits: `partner webhook show`. */
async function webhookPage(desk: Desk, { id = "" }: Params): Promise<Response> {
  const { say } = desk;
  const webhook = await readWebhook(desk, id);
  const isOn = webhook?.status === "active";
  const path = webhookPath(id);
  return consolePage(desk, {
    title: say.say("webhook"),
    crumbs: partnerCrumbs(desk, id),
    actions: may(desk, planners)
      ? html`${buttonLink(say.say("webhook_set"), `${path}/set`, !isOn)}${
          isOn &&
          html`${actButton(desk, { action: `${path}/test`, label: say.say("webhook_test") })}${buttonLink(say.say("webhook_rotate"), `${path}/rotate`)}${buttonLink(say.say("webhook_remove"), `${path}/remove`)}`
        }`
      : undefined,
    content: html`${doneNotice(desk)}${card({
      title: say.say("facts"),
      content:
        webhook === undefined
          ? emptyState(say.say("no_webhook"))
          : facts([
              [say.say("webhook_url"), html`<code>${webhook.url}</code>`],
              [
                say.say("state"),
                isOn ? badge(say.say("status_active"), "good") : badge(say.say("status_ended"), "off"),
              ],
              [
                say.say("webhook_rotating"),
                webhook.rotatingUntil === null ? undefined : timeText(desk, webhook.rotatingUntil),
              ],
              [say.say("made"), timeText(desk, webhook.createdAt)],
              [say.say("change_edited"), timeText(desk, webhook.changedAt)],
            ]),
    })}`,
  });
}

/** `partner webhook set`: a new one has its secret shown once. */
async function setWebhook(desk: Desk, { id = "" }: Params): Promise<Deed<string>> {
  const { say, deps } = desk;
  const known = await readWebhook(desk, id);
  return {
    title: say.say("webhook_set"),
    crumbs: partnerCrumbs(desk, id),
    back: webhookPath(id),
    names: ["url"],
    fields: (value) =>
      line("url", say.say("webhook_url"), value("url", known?.status === "active" ? known.url : ""), {
        type: "url",
        required: true,
        maxlength: 2_000,
        dir: "ltr",
        placeholder: "https://",
      }),
    read: (field) => field("url") ?? "",
    label: say.say("webhook_set"),
    act: async (url) => {
      const webhook = await setPartnerWebhook(deps, { partner: id, url });
      return "secret" in webhook ? secretPage(desk, id, webhook.secret) : goTo(webhookPath(id), "kept");
    },
  };
}

const secretPage = (desk: Desk, id: string, secret: string): Promise<Response> =>
  shownOncePage(desk, {
    title: desk.say.say("webhook"),
    crumbs: partnerCrumbs(desk, id),
    label: desk.say.say("webhook_secret"),
    value: secret,
    back: webhookPath(id),
  });

/** `partner webhook rotate`: for a while both secrets sign. */
const rotateWebhook = (desk: Desk, { id = "" }: Params): Deed<number> => ({
  title: desk.say.say("webhook_rotate"),
  lead: desk.say.say("webhook_rotate_lead"),
  crumbs: partnerCrumbs(desk, id),
  back: webhookPath(id),
  names: ["hours"],
  fields: (value) =>
    line("hours", desk.say.say("webhook_overlap"), value("hours", String(usualOverlapHours)), {
      inputmode: "numeric",
      maxlength: 3,
      required: true,
    }),
  read: (field) => Number(field("hours") ?? Number.NaN),
  label: desk.say.say("webhook_rotate"),
  act: async (overlapHours) => {
    const { secret } = await rotatePartnerWebhook(desk.deps, { partner: id, overlapHours });
    return secretPage(desk, id, secret);
  },
});

/** `partner webhook remove`: what waits for it is dropped. */
const removeWebhook = (desk: Desk, { id = "" }: Params): Deed<undefined> => ({
  title: desk.say.say("webhook_remove"),
  lead: desk.say.say("webhook_remove_lead"),
  crumbs: partnerCrumbs(desk, id),
  back: webhookPath(id),
  names: [],
  read: () => undefined,
  label: desk.say.say("webhook_remove"),
  isDanger: true,
  rehearse: async () => {
    const { url, createdAt } = await showPartnerWebhook(desk.deps, id);
    return {
      content: facts([
        [desk.say.say("webhook_url"), html`<code>${url}</code>`],
        [desk.say.say("made"), timeText(desk, createdAt)],
      ]),
      label: desk.say.say("webhook_remove"),
    };
  },
  act: async () => {
    await removePartnerWebhook(desk.deps, id);
    return goTo(webhookPath(id), "kept");
  },
});

/** `partner webhook test`: a signed message, at once and once. */
async function testWebhook(desk: Desk, { id = "" }: Params): Promise<Response> {
  const { say, deps } = desk;
  const sender = openSender(deps.config);
  const { delivered, status, problem } = await testPartnerWebhook(deps, sender, id).finally(() =>
    sender.close(),
  );
  return consolePage(desk, {
    title: say.say("webhook_test"),
    crumbs: partnerCrumbs(desk, id),
    actions: buttonLink(say.say("go_on"), webhookPath(id), true),
    content: delivered
      ? outcomeNotice(say.say("webhook_answered", { status: status ?? 0 }), "good")
      : outcomeNotice(say.say("webhook_failed"), "bad", problem ?? String(status ?? "")),
  });
}

/** A partner's webhook. */
export const partnerWebhookRoutes: readonly ConsoleRoute[] = [
  ["get", "/console/partners/{id}/webhook", readers, webhookPage],
  ...deedRoutes("/console/partners/{id}/webhook/set", planners, setWebhook, "fresh"),
  ...deedRoutes("/console/partners/{id}/webhook/rotate", planners, rotateWebhook, "fresh"),
  ...deedRoutes("/console/partners/{id}/webhook/remove", planners, removeWebhook),
  ["post", "/console/partners/{id}/webhook/test", planners, testWebhook],
];
