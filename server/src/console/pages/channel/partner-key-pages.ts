import { type KeyScope, keyScopes } from "../../../access/key-scopes.ts";
import { issuePartnerKey, listPartnerKeys, revokePartnerKey } from "../../../access/partner-keys.ts";
import { copyField } from "../../../pages/copy-field.ts";
import { html } from "../../../pages/html.ts";
import { buttonLink, card, emptyState, facts, idText } from "../../../pages/parts.ts";
import { makeFormLink } from "../../../registered-emails/form-link.ts";
import { Refusal } from "../../../words/refusal.ts";
import { type ConsoleRoute, type Params, planners } from "../kit/console-route.ts";
import { type Deed, deedRoutes } from "../kit/deed.ts";
import { consolePage, type Desk, type DeskText, goTo } from "../kit/desk.ts";
import { boxes, entered, line, pick, productOptions } from "../kit/fields.ts";
import { partnerPath } from "../kit/partner-names.ts";
import { partnerCrumbs, timeText } from "../kit/shown.ts";
import { shownOncePage } from "../kit/shown-once.ts";
import { endOfDay } from "../kit/time-fields.ts";

const scopeTexts = {
  sales: "orders",
  money: "nav_money",
  customers: "nav_customers",
  deals: "nav_deals",
  rewards: "nav_rewards",
} as const satisfies Record<KeyScope, DeskText>;

interface KeyFacts {
  name: string | undefined;
  scopes: KeyScope[];
}

/** `partner key issue`: the key is shown once. */
function issueKey(desk: Desk, { id = "" }: Params): Deed<KeyFacts> {
  const { say, deps } = desk;
  const crumbs = partnerCrumbs(desk, id);
  return {
    title: say.say("key_issue"),
    crumbs,
    back: partnerPath(id),
    names: ["name", ...keyScopes.map((one) => `scope_${one}`)],
    fields: (value) =>
      html`${line("name", say.say("key_name"), value("name"), { maxlength: 64 })}${boxes(
        say.say("key_scopes"),
        keyScopes.map((one) => [`scope_${one}`, say.say(scopeTexts[one])] as const),
        (name) => value(name) === "1",
      )}`,
    read: (field) => ({
      name: field("name"),
      scopes: keyScopes.filter((one) => field(`scope_${one}`) === "1"),
    }),
    label: say.say("key_issue"),
    act: async ({ name, scopes }) => {
      const issued = await issuePartnerKey(deps, {
        partner: id,
        name,
        scopes: scopes.length === 0 ? undefined : scopes,
      });
      return shownOncePage(desk, {
        title: say.say("key_issue"),
        crumbs,
        label: say.say("key_made"),
        value: issued.key,
        back: partnerPath(id),
      });
    },
  };
}

/** `partner key revoke`, of a key of this partner. */
function revokeKey(desk: Desk, { id = "" }: Params): Deed<string> {
  const { say, deps } = desk;
  const own = async (key: string) => {
    const found = (await listPartnerKeys(deps, id)).find((one) => one.id === key);
    if (found === undefined) throw new Refusal("key_unknown", `${id} has no key ${key}.`);
    return found;
  };
  return {
    title: say.say("key_revoke"),
    about: entered(desk, "key"),
    lead: say.say("key_revoke_lead"),
    crumbs: partnerCrumbs(desk, id),
    back: partnerPath(id),
    names: ["key"],
    read: (field) => field("key") ?? "",
    label: say.say("key_revoke"),
    isDanger: true,
    rehearse: async (key) => {
      const { name, createdAt, lastUsedOn, status } = await own(key);
      return {
        content: facts([
          [say.say("key"), html`<code>${idText(key)}</code>`],
          [say.say("key_name"), name],
          [say.say("made"), timeText(desk, createdAt)],
          [say.say("last_used"), lastUsedOn],
        ]),
        label: status === "active" ? say.say("key_revoke") : undefined,
      };
    },
    act: async (key) => {
      await revokePartnerKey(deps, (await own(key)).id);
      return goTo(partnerPath(id), "kept");
    },
  };
}

interface LinkFacts {
  product: string | undefined;
  key: string | undefined;
  until: string | undefined;
}

/** `partner form-link`: the link to the form where the partner's customers register themselves. */
async function formLink(desk: Desk, { id = "" }: Params): Promise<Deed<LinkFacts>> {
  const { say, deps } = desk;
  const usable = (await listPartnerKeys(deps, id)).filter(({ status }) => status === "active");
  const crumbs = partnerCrumbs(desk, id);
  return {
    title: say.say("form_link"),
    crumbs,
    back: partnerPath(id),
    instead:
      usable.length === 0
        ? emptyState(
            say.say("form_link_no_key"),
            buttonLink(say.say("key_issue"), `${partnerPath(id)}/keys/issue`, true),
          )
        : undefined,
    names: ["product", "key", "until"],
    fields: (value) =>
      html`${pick(
        "product",
        say.say("product"),
        [["", say.say("every_product")], ...productOptions(desk)],
        value("product"),
      )}${pick(
        "key",
        say.say("api_keys"),
        usable.map((one) => [one.id, one.name === null ? one.id : `${one.name} (${one.id})`] as const),
        value("key"),
      )}${line("until", say.say("until"), value("until"), { type: "date" })}`,
    read: (field) => ({ product: field("product"), key: field("key"), until: field("until") }),
    label: say.say("form_link"),
    act: async ({ product, key, until }) => {
      const one = key === undefined ? usable[0] : usable.find((each) => each.id === key);
      if (one === undefined) throw new Refusal("key_unknown", `${id} has no such active key.`);
      const link = makeFormLink(deps, { partner: id, keyId: one.id, product, expiresAt: endOfDay(until) });
      return consolePage(desk, {
        title: say.say("form_link"),
        crumbs,
        copies: true,
        content: card({
          title: say.say("form_link"),
          lead: `${say.say("until")}: ${timeText(desk, link.expiresAt)}`,
          content: copyField(say, { id: "link", label: say.say("form_link"), value: link.url }),
        }),
      });
    },
  };
}

/** What opens to a partner's programs. */
export const partnerKeyRoutes: readonly ConsoleRoute[] = [
  ...deedRoutes("/console/partners/{id}/keys/issue", planners, issueKey, "fresh"),
  ...deedRoutes("/console/partners/{id}/keys/revoke", planners, revokeKey, "fresh"),
  ...deedRoutes("/console/partners/{id}/form-link", planners, formLink),
];
