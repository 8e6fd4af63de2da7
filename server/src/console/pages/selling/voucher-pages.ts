import { html } from "../../../pages/html.ts";
import { badge, buttonLink, facts } from "../../../pages/parts.ts";
import type { VoucherBatch } from "../../../vouchers/batch.ts";
import { listVoucherBatches, revokeVoucher, revokeVoucherBatch } from "../../../vouchers/batches.ts";
import type { VoucherOrder } from "../../../vouchers/issue.ts";
import { handOutVouchers, voucherForms } from "../../../vouchers/voucher-sheet.ts";
import { Refusal } from "../../../words/refusal.ts";
import { countColumn, dayColumn, textColumn } from "../kit/columns.ts";
import { type ConsoleRoute, may, planners, readers } from "../kit/console-route.ts";
import { type Deed, deedRoutes } from "../kit/deed.ts";
import { type Desk, given, goTo } from "../kit/desk.ts";
import { entered, line, pick, productOptions, radios } from "../kit/fields.ts";
import { fileResponse } from "../kit/file-response.ts";
import { listPage, partnerFilter } from "../kit/list-page.ts";
import { partnerChoice } from "../kit/partner-choices.ts";
import { partnerLink } from "../kit/partner-names.ts";
import { endOfDay } from "../kit/time-fields.ts";

const path = "/console/vouchers";
const pageRows = 100;
/** As many as the command line issues at once. */
const mostAtOnce = 100_000;
const crumbs = ({ say }: Desk) => [html`<a href="${path}">${say.say("nav_vouchers")}</a>`];

/** Batches of cards: `voucher list`. */
async function vouchersPage(desk: Desk): Promise<Response> {
  const { say, deps, address } = desk;
  const partner = given(address.query, "partner");
  const { batches, next } = await listVoucherBatches(deps, {
    partner,
    after: given(address.query, "after"),
    limit: pageRows,
  });
  const mayChange = may(desk, planners);
  const count = (heading: string, sort: string, of: (one: VoucherBatch) => number) =>
    countColumn<VoucherBatch>(desk, { heading, sort, of });
  return listPage<VoucherBatch>(desk, {
    title: say.say("nav_vouchers"),
    actions: mayChange
      ? html`${buttonLink(say.say("voucher_revoke"), `${path}/revoke`)}${buttonLink(say.say("voucher_issue"), `${path}/issue${partner === undefined ? "" : `?partner=${encodeURIComponent(partner)}`}`, true)}`
      : undefined,
    file: "vouchers",
    rows: batches,
    next,
    filters: [partnerFilter(desk)],
    empty: { title: say.say("no_vouchers") },
    columns: [
      {
        heading: say.say("batch"),
        sort: "batch",
        cell: ({ batch, revokedAt }) =>
          html`${batch}${revokedAt !== null && html` ${badge(say.say("revoked"), "bad")}`}`,
        text: ({ batch }) => batch,
      },
      {
        heading: say.say("partner"),
        sort: "partner",
        cell: (one) => partnerLink(one.partner),
        text: (one) => one.partner,
      },
      textColumn({ heading: say.say("product"), sort: "product", of: ({ product }) => product }),
      count(say.say("issued"), "issued", ({ issued }) => issued),
      count(say.say("exchanged"), "exchanged", ({ exchanged }) => exchanged),
      count(say.say("revoked"), "revoked", ({ revoked }) => revoked),
      count(say.say("left"), "left", ({ left }) => left),
      dayColumn(desk, { heading: say.say("until"), sort: "until", of: ({ expiresAt }) => expiresAt }),
      ...(mayChange
        ? [
            {
              heading: say.say("action"),
              cell: ({ batch, revokedAt }: VoucherBatch) =>
                revokedAt === null
                  ? html`<a href="${path}/revoke?batch=${encodeURIComponent(batch)}" aria-label="${say.say("voucher_revoke")}: ${batch}">${say.say("voucher_revoke")}</a>`
                  : "–",
              text: () => "",
            },
          ]
        : []),
    ],
  });
}

type Issue = VoucherOrder & { count: number; form: (typeof voucherForms)[number] };

/** `voucher issue`: the codes leave as a file, and are kept nowhere else. */
const issue = (desk: Desk): Deed<Issue> => {
  const { say, deps } = desk;
  return {
    title: say.say("voucher_issue"),
    lead: say.say("voucher_issue_lead"),
    crumbs: crumbs(desk),
    back: path,
    names: ["partner", "product", "count", "batch", "until", "form"],
    fields: (
      value,
    ) => html`${line("partner", say.say("partner"), value("partner"), { required: true, ...partnerChoice })}
${pick("product", say.say("product"), productOptions(desk), value("product"))}
${line("count", say.say("quantity"), value("count"), { required: true, inputmode: "numeric", maxlength: 6 })}
${line("batch", say.say("batch"), value("batch"), { maxlength: 64 })}
${line("until", say.say("until"), value("until"), { type: "date", hint: say.say("no_end_hint") })}
${radios(
  "form",
  say.say("export_form"),
  voucherForms.map((one) => [one, say.say(`voucher_${one}`)] as const),
  value("form") || "sheet",
)}`,
    read: (field) => {
      const count = Number(field("count"));
      if (!Number.isInteger(count) || count < 1 || count > mostAtOnce)
        throw new Refusal("request_invalid", `Expected a number from 1 to ${mostAtOnce}.`);
      return {
        partner: field("partner") ?? "",
        product: field("product") ?? "",
        count,
        batch: field("batch"),
        expiresAt: endOfDay(field("until")),
        form: voucherForms.find((one) => one === field("form")) ?? "sheet",
      };
    },
    label: say.say("voucher_issue"),
    act: async (order) => {
      const { batch, text } = await handOutVouchers(deps, order);
      const isSheet = order.form === "sheet";
      return fileResponse(
        `vouchers-${batch.batch}.${isSheet ? "html" : "txt"}`,
        isSheet ? "text/html" : "text/plain",
        text,
      );
    },
  };
};

/** `voucher revoke`: a whole batch, or one card by the number on it. */
const revoke = (desk: Desk): Deed<{ batch: string | undefined; number: string | undefined }> => {
  const { say, deps } = desk;
  return {
    title: say.say("voucher_revoke"),
    about: entered(desk, "batch"),
    lead: say.say("voucher_revoke_lead"),
    crumbs: crumbs(desk),
    back: path,
    names: ["batch", "number"],
    fields: (
      value,
    ) => html`${line("batch", say.say("batch"), value("batch"), { required: true, maxlength: 64 })}
${line("number", say.say("number"), value("number"), { inputmode: "numeric", maxlength: 7, hint: say.say("voucher_number_hint") })}`,
    read: (field) => ({ batch: field("batch"), number: field("number") }),
    label: say.say("see_what_comes"),
    isDanger: true,
    rehearse: ({ batch = "", number }) => ({
      content: facts([
        [say.say("batch"), batch],
        [say.say("number"), number ?? say.say("whole_batch")],
      ]),
      label: say.say("voucher_revoke"),
    }),
    act: async ({ batch = "", number }) => {
      await (number === undefined
        ? revokeVoucherBatch(deps, batch)
        : revokeVoucher(deps, `${batch}/${number}`));
      return goTo(path, "kept");
    },
  };
};

/** Cards that are exchanged for serials. */
export const voucherRoutes: readonly ConsoleRoute[] = [
  ["get", path, readers, vouchersPage],
  ...deedRoutes(`${path}/issue`, planners, issue, "fresh"),
  ...deedRoutes(`${path}/revoke`, planners, revoke, "fresh"),
];
