import { addCoupon, type Coupon, endCoupon, listCoupons } from "../../../coupons/coupons.ts";
import { html } from "../../../pages/html.ts";
import { type BadgeTone, badge, buttonLink, facts, idText } from "../../../pages/parts.ts";
import { codeColumn, dayColumn } from "../kit/columns.ts";
import { type ConsoleRoute, may, planners, readers } from "../kit/console-route.ts";
import { type Deed, deedRoutes } from "../kit/deed.ts";
import { type Desk, type DeskText, given, goTo } from "../kit/desk.ts";
import { entered, line, pick, productOptions } from "../kit/fields.ts";
import { listPage, partnerFilter } from "../kit/list-page.ts";
import { partnerChoice } from "../kit/partner-choices.ts";
import { partnerLink } from "../kit/partner-names.ts";
import { endOfDay, startOfDay } from "../kit/time-fields.ts";

const path = "/console/coupons";
const pageRows = 100;
const tones: Readonly<Record<Coupon["status"], BadgeTone>> = {
  active: "good",
  not_yet_valid: "wait",
  expired: "off",
  ended: "off",
};
const statusTexts = {
  active: "status_active",
  not_yet_valid: "not_yet_valid",
  expired: "deal_over",
  ended: "status_ended",
} as const satisfies Record<Coupon["status"], DeskText>;
const crumbs = ({ say }: Desk) => [html`<a href="${path}">${say.say("nav_coupons")}</a>`];

/** Codes for the checkout: `coupon list`. */
async function couponsPage(desk: Desk): Promise<Response> {
  const { say, deps, address } = desk;
  const [partner, after] = [given(address.query, "partner"), given(address.query, "after")];
  const { coupons, next } = await listCoupons(deps, {
    limit: pageRows,
    ...(partner === undefined ? {} : { partner }),
    ...(after === undefined ? {} : { after }),
  });
  const mayChange = may(desk, planners);
  return listPage<Coupon>(desk, {
    title: say.say("nav_coupons"),
    actions: mayChange
      ? buttonLink(
          say.say("coupon_add"),
          `${path}/add${partner === undefined ? "" : `?partner=${encodeURIComponent(partner)}`}`,
          true,
        )
      : undefined,
    file: "coupons",
    rows: coupons,
    next,
    filters: [partnerFilter(desk)],
    empty: { title: say.say("no_coupons") },
    columns: [
      codeColumn({ heading: say.say("code"), sort: "code", of: ({ code }) => code }),
      {
        heading: say.say("partner"),
        sort: "partner",
        cell: (one) => partnerLink(one.partner),
        text: (one) => one.partner,
      },
      {
        heading: say.say("state"),
        sort: "state",
        cell: ({ status }) => badge(say.say(statusTexts[status]), tones[status]),
        text: ({ status }) => status,
      },
      {
        heading: say.say("product"),
        cell: ({ products }) => products?.join(", ") ?? say.say("every_product"),
        text: ({ products }) => products?.join(" ") ?? "",
      },
      dayColumn(desk, { heading: say.say("since"), sort: "since", of: ({ validFrom }) => validFrom }),
      dayColumn(desk, { heading: say.say("until"), sort: "until", of: ({ validUntil }) => validUntil }),
      ...(mayChange
        ? [
            {
              heading: say.say("action"),
              cell: ({ code, endedAt }: Coupon) =>
                endedAt === null
                  ? html`<a href="${path}/end?code=${encodeURIComponent(code)}" aria-label="${say.say("coupon_end")}: ${code}">${say.say("coupon_end")}</a>`
                  : "–",
              text: () => "",
            },
          ]
        : []),
    ],
  });
}

/** `coupon add`. */
const add = (desk: Desk): Deed<Parameters<typeof addCoupon>[1]> => {
  const { say, deps } = desk;
  return {
    title: say.say("coupon_add"),
    crumbs: crumbs(desk),
    back: path,
    names: ["code", "partner", "product", "from", "until"],
    fields: (
      value,
    ) => html`${line("code", say.say("code"), value("code"), { required: true, maxlength: 100, dir: "ltr" })}
${line("partner", say.say("partner"), value("partner"), { required: true, ...partnerChoice })}
${pick("product", say.say("product"), [["", say.say("every_product")], ...productOptions(desk)], value("product"))}
${line("from", say.say("since"), value("from"), { type: "date", hint: say.say("now_hint") })}
${line("until", say.say("until"), value("until"), { type: "date", hint: say.say("no_end_hint") })}`,
    read: (field) => {
      const product = field("product");
      return {
        code: field("code") ?? "",
        partner: field("partner") ?? "",
        products: product === undefined ? undefined : [product],
        validFrom: startOfDay(field("from")),
        validUntil: endOfDay(field("until")),
      };
    },
    label: say.say("coupon_add"),
    act: async (coupon) => {
      await addCoupon(deps, coupon);
      return goTo(path, "kept");
    },
  };
};

/** `coupon end`. */
const end = (desk: Desk): Deed<string> => ({
  title: desk.say.say("coupon_end"),
  about: entered(desk, "code"),
  lead: desk.say.say("coupon_end_lead"),
  crumbs: crumbs(desk),
  back: path,
  names: ["code"],
  read: (field) => field("code") ?? "",
  label: desk.say.say("coupon_end"),
  isDanger: true,
  rehearse: (code) => ({
    content: facts([[desk.say.say("code"), html`<code>${idText(code)}</code>`]]),
    label: desk.say.say("coupon_end"),
  }),
  act: async (code) => {
    await endCoupon(desk.deps, code);
    return goTo(path, "kept");
  },
});

/** Partners' codes at the checkout. */
export const couponRoutes: readonly ConsoleRoute[] = [
  ["get", path, readers, couponsPage],
  ...deedRoutes(`${path}/add`, planners, add),
  ...deedRoutes(`${path}/end`, planners, end),
];
