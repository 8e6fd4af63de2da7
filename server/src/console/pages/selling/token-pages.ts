import { copyField } from "../../../pages/copy-field.ts";
import { html } from "../../../pages/html.ts";
import { badge, buttonLink, card, facts, idText, outcomeNotice } from "../../../pages/parts.ts";
import {
  issueToken,
  listTokensOf,
  revokeToken,
  type TokenRecord,
  verifyIssuedToken,
} from "../../../tokens/tokens.ts";
import { instant } from "../../../words/clock.ts";
import { codeColumn, dayColumn, textColumn } from "../kit/columns.ts";
import { type ConsoleRoute, may, planners, readers } from "../kit/console-route.ts";
import { type Deed, deedRoutes } from "../kit/deed.ts";
import { consolePage, type Desk, given, goTo } from "../kit/desk.ts";
import { area, entered, line, pick, productOptions } from "../kit/fields.ts";
import { listPage, partnerFilter } from "../kit/list-page.ts";
import { partnerChoice } from "../kit/partner-choices.ts";
import { partnerLink } from "../kit/partner-names.ts";
import { dayText } from "../kit/shown.ts";
import { shownOncePage } from "../kit/shown-once.ts";
import { endOfDay } from "../kit/time-fields.ts";

const path = "/console/tokens";
const newest = 1_000;
const crumbs = ({ say }: Desk) => [html`<a href="${path}">${say.say("tokens")}</a>`];

/** A partner's newest tokens. Of the log as a whole there is no list: it has one row a copy that was stamped by hand. */
async function tokensPage(desk: Desk): Promise<Response> {
  const { say, deps, address } = desk;
  const partner = given(address.query, "partner");
  const rows = partner === undefined ? [] : await listTokensOf(deps, { partner, limit: newest });
  const mayChange = may(desk, planners);
  return listPage<TokenRecord>(desk, {
    title: say.say("tokens"),
    actions: html`${buttonLink(say.say("token_verify"), `${path}/verify`)}${
      mayChange &&
      buttonLink(
        say.say("token_issue"),
        `${path}/issue${partner === undefined ? "" : `?partner=${encodeURIComponent(partner)}`}`,
        true,
      )
    }`,
    file: "tokens",
    rows,
    filters: [partnerFilter(desk)],
    empty: { title: say.say("name_partner"), text: say.say("no_tokens") },
    columns: [
      codeColumn({ heading: say.say("token"), sort: "token", of: ({ jti }) => jti }),
      textColumn({ heading: say.say("product"), sort: "product", of: ({ product }) => product }),
      textColumn({ heading: say.say("batch"), sort: "batch", of: ({ batch }) => batch }),
      dayColumn(desk, { heading: say.say("issued"), sort: "issued", of: ({ issuedAt }) => issuedAt }),
      dayColumn(desk, { heading: say.say("until"), sort: "until", of: ({ expiresAt }) => expiresAt }),
      {
        heading: say.say("state"),
        sort: "state",
        cell: ({ revokedAt }) =>
          revokedAt === null
            ? badge(say.say("key_active"), "good")
            : badge(`${say.say("key_revoked")} ${dayText(desk, revokedAt)}`, "bad"),
        text: ({ revokedAt }) => revokedAt,
      },
      ...(mayChange
        ? [
            {
              heading: say.say("action"),
              cell: ({ jti, revokedAt }: TokenRecord) =>
                revokedAt === null
                  ? html`<a href="${path}/revoke?token=${jti}" aria-label="${say.say("token_revoke")}: ${jti}">${say.say("token_revoke")}</a>`
                  : "–",
              text: () => "",
            },
          ]
        : []),
    ],
  });
}

/** `token issue`: the token is shown once, since only its record is kept. */
const issue = (desk: Desk): Deed<Parameters<typeof issueToken>[1]> => {
  const { say, deps } = desk;
  return {
    title: say.say("token_issue"),
    crumbs: crumbs(desk),
    back: path,
    names: ["partner", "product", "batch", "until"],
    fields: (
      value,
    ) => html`${line("partner", say.say("partner"), value("partner"), { required: true, ...partnerChoice })}
${pick("product", say.say("product"), productOptions(desk), value("product"))}
${line("batch", say.say("batch"), value("batch"), { maxlength: 64 })}
${line("until", say.say("until"), value("until"), { type: "date", hint: say.say("no_end_hint") })}`,
    read: (field) => ({
      partner: field("partner") ?? "",
      product: field("product") ?? "",
      batch: field("batch"),
      expiresAt: endOfDay(field("until")),
    }),
    label: say.say("token_issue"),
    act: async (order) => {
      const issued = await issueToken(deps, order);
      return shownOncePage(desk, {
        title: say.say("token_issue"),
        crumbs: crumbs(desk),
        label: say.say("token"),
        value: issued.token,
        back: `${path}?partner=${encodeURIComponent(order.partner)}`,
        more: copyField(say, { id: "jti", label: say.say("token_id"), value: issued.jti }),
      });
    },
  };
};

/** `token revoke`. */
const revoke = (desk: Desk): Deed<string> => ({
  title: desk.say.say("token_revoke"),
  about: entered(desk, "token"),
  lead: desk.say.say("token_revoke_lead"),
  crumbs: crumbs(desk),
  back: path,
  names: ["token"],
  read: (field) => field("token") ?? "",
  label: desk.say.say("token_revoke"),
  isDanger: true,
  rehearse: (jti) => ({
    content: facts([[desk.say.say("token_id"), html`<code>${idText(jti)}</code>`]]),
    label: desk.say.say("token_revoke"),
  }),
  act: async (jti) => {
    const { partner } = await revokeToken(desk.deps, jti);
    return goTo(`${path}?partner=${encodeURIComponent(partner)}`, "kept");
  },
});

/** `token verify`: what a token says, or why it is refused. It changes nothing. */
const verify = (desk: Desk): Deed<string> => ({
  title: desk.say.say("token_verify"),
  crumbs: crumbs(desk),
  back: path,
  names: ["token"],
  fields: (value) => area("token", desk.say.say("token"), value("token")),
  read: (field) => field("token") ?? "",
  label: desk.say.say("token_verify"),
  act: async (token) => {
    const { say } = desk;
    const claims = await verifyIssuedToken(desk.deps, token);
    const time = (seconds: number | undefined) =>
      seconds === undefined ? undefined : say.time(instant(seconds * 1_000));
    return consolePage(desk, {
      title: say.say("token_verify"),
      crumbs: crumbs(desk),
      content: html`${outcomeNotice(say.say("token_good"), "good")}${card({
        title: say.say("facts"),
        content: facts([
          [say.say("partner"), partnerLink(claims.sub)],
          [say.say("product"), claims.aud],
          [say.say("batch"), claims.batch],
          [say.say("issued"), time(claims.iat)],
          [say.say("until"), time(claims.exp)],
          [say.say("token_id"), html`<code>${idText(claims.jti)}</code>`],
        ]),
      })}`,
    });
  },
});

/** Tokens of partners. */
export const tokenRoutes: readonly ConsoleRoute[] = [
  ["get", path, readers, tokensPage],
  ...deedRoutes(`${path}/issue`, planners, issue),
  ...deedRoutes(`${path}/revoke`, planners, revoke),
  ...deedRoutes(`${path}/verify`, readers, verify),
];
