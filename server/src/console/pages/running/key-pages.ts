import { nameSubject } from "../../../deps/actor.ts";
import { listKeys, revokeKey, rotateKey, type SigningKey } from "../../../keys/signing-keys.ts";
import { html } from "../../../pages/html.ts";
import { badge, buttonLink, facts, idText } from "../../../pages/parts.ts";
import { codeColumn, dayColumn } from "../kit/columns.ts";
import { type ConsoleRoute, may, owners, readers } from "../kit/console-route.ts";
import { type Deed, deedRoutes } from "../kit/deed.ts";
import { type Desk, goTo } from "../kit/desk.ts";
import { entered } from "../kit/fields.ts";
import { listPage } from "../kit/list-page.ts";

const path = "/console/keys";
const crumbs = ({ say }: Desk) => [html`<a href="${path}">${say.say("nav_keys")}</a>`];

/** The keys that sign tokens: `key list`. */
async function keysPage(desk: Desk): Promise<Response> {
  const { say, deps } = desk;
  const mayChange = may(desk, owners);
  return listPage<SigningKey>(desk, {
    title: say.say("nav_keys"),
    lead: say.say("keys_lead"),
    actions: html`${buttonLink(say.say("keys_public"), "/.well-known/jwks.json")}${mayChange && buttonLink(say.say("key_rotate"), `${path}/rotate`, true)}`,
    heading: say.say("keys_title"),
    file: "keys",
    rows: await listKeys(deps),
    empty: { title: say.say("none") },
    columns: [
      codeColumn({ heading: say.say("key"), sort: "key", of: ({ kid }) => kid }),
      {
        heading: say.say("state"),
        sort: "state",
        cell: ({ status }) =>
          badge(
            say.say(`key_${status}`),
            status === "active" ? "good" : status === "revoked" ? "bad" : "off",
          ),
        text: ({ status }) => status,
      },
      dayColumn(desk, { heading: say.say("made"), sort: "made", of: ({ createdAt }) => createdAt }),
      dayColumn(desk, { heading: say.say("revoked"), sort: "revoked", of: ({ revokedAt }) => revokedAt }),
      ...(mayChange
        ? [
            {
              heading: say.say("action"),
              cell: ({ kid, status }: SigningKey) =>
                status === "revoked"
                  ? "–"
                  : html`<a href="${path}/revoke?key=${kid}" aria-label="${say.say("key_revoke")}: ${kid}">${say.say("key_revoke")}</a>`,
              text: () => "",
            },
          ]
        : []),
    ],
  });
}

/** `key rotate`. */
const rotate = (desk: Desk): Deed<undefined> => ({
  title: desk.say.say("key_rotate"),
  lead: desk.say.say("key_rotate_lead"),
  crumbs: crumbs(desk),
  back: path,
  names: [],
  read: () => undefined,
  label: desk.say.say("key_rotate"),
  rehearse: async () => {
    const active = (await listKeys(desk.deps)).find(({ status }) => status === "active");
    return {
      content: facts([[desk.say.say("key"), active && html`<code>${idText(active.kid)}</code>`]]),
      label: desk.say.say("key_rotate"),
    };
  },
  act: async () => {
    await rotateKey(desk.deps, nameSubject);
    return goTo(path, "kept");
  },
});

/** `key revoke`. */
const revoke = (desk: Desk): Deed<string> => ({
  title: desk.say.say("key_revoke"),
  about: entered(desk, "key"),
  lead: desk.say.say("signing_key_revoke_lead"),
  crumbs: crumbs(desk),
  back: path,
  names: ["key"],
  read: (field) => field("key") ?? "",
  label: desk.say.say("key_revoke"),
  isDanger: true,
  rehearse: (kid) => ({
    content: facts([[desk.say.say("key"), html`<code>${idText(kid)}</code>`]]),
    label: desk.say.say("key_revoke"),
  }),
  act: async (kid) => {
    await revokeKey(desk.deps, kid);
    return goTo(path, "kept");
  },
});

/** The keys that sign tokens. */
export const keyRoutes: readonly ConsoleRoute[] = [
  ["get", path, readers, keysPage],
  ...deedRoutes(`${path}/rotate`, owners, rotate, "fresh"),
  ...deedRoutes(`${path}/revoke`, owners, revoke, "fresh"),
];
