import { formToken, textField } from "../../pages/form.ts";
import { attributes, type Html, html } from "../../pages/html.ts";
import { card, confirmButtons } from "../../pages/parts.ts";
import type { DetailsRecord } from "../../partner-details/details.ts";
import { type PartnerDetails, taxTreatments } from "../../partner-details/details-document.ts";
import type { PortalFace } from "./portal-face.ts";

const addressFields = ["street", "building", "postCode", "town", "region", "country"] as const;
const accountKinds = ["iban", "local", "wise", "paypal"] as const;

/** A form's values by the names of its fields. */
export type FieldValues = Readonly<Record<string, string | undefined>>;

/** What a form shows of the details in force: neither tax numbers nor accounts, which it does not send back either. */
export const shownFields = (record: DetailsRecord | undefined): FieldValues =>
  record === undefined
    ? {}
    : { legalName: record.legalName, treatment: record.tax.treatment, ...record.address };

/**
 * The document that a form makes of the details before. What it does not show stays where its field is empty: the tax
 * numbers, the accounts, and those of other currencies.
 */
export function detailsOfForm(form: URLSearchParams, before: PartnerDetails | undefined): unknown {
  const given = (name: string) => {
    const text = form.get(name)?.trim() ?? "";
    return text === "" ? undefined : text;
  };
  return {
    ...before,
    legalName: given("legalName") ?? "",
    address: leftOut(Object.fromEntries(addressFields.map((name) => [name, given(name)]))),
    tax: leftOut({
      ...before?.tax,
      treatment: given("treatment"),
      vatId: given("vatId") ?? before?.tax.vatId,
      number: given("taxNumber") ?? before?.tax.number,
    }),
    accounts: accountsOf(given, before?.accounts ?? []),
  };
}

function accountsOf(given: (name: string) => string | undefined, before: PartnerDetails["accounts"]) {
  const number = given("account");
  if (number === undefined) return before;
  const kind = given("kind");
  const currency = given("currency");
  const common = { kind, name: given("accountName"), currency };
  const bank = { ...common, bic: given("bic") };
  const account =
    kind === "iban"
      ? { ...bank, iban: number }
      : kind === "local"
        ? { ...bank, number, bankCode: given("bankCode"), bankCountry: given("bankCountry") }
        : { ...common, email: number };
  // In place, so that the same again is no change.
  const at = before.findIndex((one) => one.currency === currency);
  return at < 0 ? [...before, leftOut(account)] : before.with(at, leftOut(account) as never);
}

const leftOut = (members: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));

/** The form of payment details. Beside its empty fields stand the last characters of what is known. */
export function detailsForm(
  { person, speech, kit }: PortalFace,
  { action, back }: { action: string; back: string },
  { record, values }: { record: DetailsRecord | undefined; values: FieldValues },
): Html {
  const { say } = speech;
  const line = (name: string, label: string, most: number, input: Record<string, string | boolean> = {}) =>
    textField({
      name,
      label,
      value: values[name] ?? "",
      input: { maxlength: most, autocomplete: "off", ...input },
    });
  /** Never filled: what is known is beside it by its end, and stays where it is left empty. */
  const hidden = (name: string, label: string, known: string | null | undefined) =>
    textField({
      name,
      label,
      value: "",
      input: { maxlength: 254, autocomplete: "off", dir: "ltr", placeholder: known ?? "" },
    });
  const known = record?.accounts.map(({ account, currency }) => `${account} ${currency ?? ""}`.trim());
  return html`<form method="post" action="${action}">${formToken(person)}<div class="grid">${card({
    title: say("legal_name"),
    content: html`${line("legalName", say("legal_name"), 140, { required: true })}${line("street", say("address_street"), 70)}${line("building", say("address_building"), 16)}${line("postCode", say("address_post_code"), 16)}${line("town", say("address_town"), 35, { required: true })}${line("region", say("address_region"), 35)}${line("country", say("address_country"), 2, { required: true, pattern: "[A-Z]{2}" })}`,
  })}${card({
    title: say("details_tax"),
    lead: say("details_stays"),
    content: html`${select(
      "treatment",
      say("details_treatment"),
      taxTreatments.map((one) => [one, say(`treatment_${one}`)] as const),
      values.treatment ?? "",
    )}${hidden("vatId", say("details_vat"), record?.tax.vatId)}${hidden("taxNumber", say("details_tax_number"), record?.tax.number)}`,
  })}${card({
    title: say("account"),
    lead: say("details_stays"),
    content: html`${select(
      "kind",
      say("account_kind"),
      accountKinds.map((one) => [one, say(`account_${one}`)] as const),
      values.kind ?? "",
    )}${line("accountName", say("account_name"), 140)}${hidden("account", say("account_number"), known?.join(", "))}${line("bic", say("account_bic"), 11)}${line("bankCode", say("account_bank_code"), 35)}${line("bankCountry", say("account_bank_country"), 2, { pattern: "[A-Z]{2}" })}${line("currency", say("account_currency"), 3, { pattern: "[A-Z]{3}" })}`,
  })}</div>${confirmButtons(kit, { label: say("save"), back })}</form>`;
}

const select = (
  name: string,
  label: string,
  options: readonly (readonly [string, string])[],
  value: string,
) =>
  html`<div class="field"><label for="${name}">${label}</label><select id="${name}" name="${name}">${options.map(
    ([one, text]) => html`<option${attributes({ value: one, selected: one === value })}>${text}</option>`,
  )}</select></div>\n`;
