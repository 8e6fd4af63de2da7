import type { Refusal, RefusalCode } from "../words/refusal.ts";
import { attributes, type Html, trusted } from "./html.ts";

const partnerFields = ["partner", "into", "of", "to", "parent"];

/** The fields of forms that a refusal is about, where its code tells. */
const fieldsOf: Partial<Record<RefusalCode, readonly string[]>> = {
  partner_unknown: partnerFields,
  partner_ended: partnerFields,
  partner_suspended: partnerFields,
  partner_merged: partnerFields,
  partner_exists: ["id"],
  parent_unknown: ["parent"],
  parent_cycle: ["parent"],
  tiers_exceeded: ["parent"],
  product_unknown: ["product"],
  plan_unknown: ["plan"],
  coupon_exists: ["code"],
  coupon_unknown: ["code"],
  shop_unknown: ["shop"],
  order_unknown: ["order", "number"],
  person_exists: ["mail"],
  customer_unknown: ["email"],
  organisation_unknown: ["organisation"],
  serial_unknown: ["serial"],
  voucher_batch_exists: ["batch"],
  dispute_file_refused: ["file"],
  payout_file_invalid: ["file"],
  network_unknown: ["network"],
  budget_spent: ["amount", "budget"],
  claim_booked: ["claim"],
  period_open: ["period"],
  period_not_begun: ["period"],
};

/** The fields that a refusal may be about; none where it does not tell. */
export function fieldsOfRefusal({ code, message, field }: Refusal): readonly string[] {
  // `number: too long`, as a schema's problems are written.
  const named = field ?? /^([a-z][A-Za-z]*)[:.]/.exec(message)?.[1];
  return named === undefined ? (fieldsOf[code] ?? []) : [named];
}

/** What a refusal's text carries, so that the page finds the field that it is about. */
export const wrongFields = (refusal: Refusal): Html[] =>
  attributes({ "data-wrong": fieldsOfRefusal(refusal).join(" ") || undefined });

/**
 * Leads a page's reader to the field that its refusal is about: it has the focus, is marked as wrong and described by the
 * reason. Where the page has no such field, it stays as it is and the reason has the focus.
 */
export function pointToField(content: Html): Html {
  const page = String(content);
  const names = / data-wrong="([^"]*)"/.exec(page)?.[1]?.split(" ") ?? [];
  for (const name of names) {
    const shown = new RegExp(
      `<(?:input|select|textarea)(?=[^>]* name="${name}")(?![^>]* type="hidden")[^>]*>`,
    );
    const [tag] = shown.exec(page) ?? [];
    if (tag === undefined) continue;
    const marked = tag
      .replace(/ aria-(?:invalid|describedby)="[^"]*"| autofocus/g, "")
      .replace(">", ` aria-invalid="true" aria-describedby="${describedBy(tag)}" autofocus>`);
    return trusted(
      page
        .replaceAll(/(<div class="notice bad"[^>]*?) autofocus>/g, "$1>")
        .replace("<span data-wrong=", '<span id="what-is-wrong" data-wrong=')
        .replace(tag, () => marked),
    );
  }
  return content;
}

/** What describes a field: the reason, and what described it before. */
const describedBy = (tag: string): string =>
  ["what-is-wrong", / aria-describedby="([^"]*)"/.exec(tag)?.[1]].filter(Boolean).join(" ");
