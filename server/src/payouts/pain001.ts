import type { PayoutsConfig } from "../config/payouts-config.ts";
import type { PartnerDetails, PayoutAccount } from "../partner-details/details-document.ts";
import { isoTime } from "../words/clock.ts";
import { hasLatinLetters, latinText } from "../words/latin-text.ts";
import { decimalOf } from "../words/money.ts";
import { type Payment, remittanceOf } from "./payment-list.ts";
import type { PayoutBatchRow } from "./rows/schema.ts";

/** Members in the order in which the message has them; what is undefined is left out. */
type Element = { [name: string]: Element | readonly Element[] | string | undefined };

/** Who pays. */
export type Payer = NonNullable<PayoutsConfig["payer"]>;

/** What a message is made of beside its payments. */
export interface PaymentOrder {
  batch: PayoutBatchRow;
  payer: Payer;
  remittance: string;
  /** Whether an account lies in the single euro payments area. */
  isSepa: (account: PayoutAccount) => boolean;
}

/**
 * A batch as a customer credit transfer initiation, pain.001.001.09, the same to the byte whenever it is made. Payments
 * in euro within the single euro payments area are one payment information, all others a second one. Names and
 * addresses are written in the characters that every bank takes; addresses are structured, as banks ask since November
 * 2026; the end-to-end id is the item's own.
 *
 * Source: https://www.iso20022.org/iso-20022-message-definitions (pain.001.001.09) and EPC132-08, the C2PSP guidelines.
 */
export async function pain001(order: PaymentOrder, payments: readonly Payment[]): Promise<string> {
  const { XMLBuilder } = await import("fast-xml-parser");
  const { batch, payer } = order;
  const groups = Map.groupBy(payments, (payment) => paymentGroup(order, payment));
  const message: Element = {
    GrpHdr: {
      MsgId: bankReference(batch.id),
      CreDtTm: isoTime(exportedAt(batch)).replace(/\.\d+Z$/, "Z"),
      ...controls(batch.currency, payments),
      InitgPty: { Nm: latinText(payer.name, 70) },
    },
    PmtInf: [...groups.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([group, ofGroup]) => paymentInformation(order, group, ofGroup)),
  };
  const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: "@", format: true });
  const document = {
    "?xml": { "@version": "1.0", "@encoding": "UTF-8" },
    Document: {
      "@xmlns": "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09",
      CstmrCdtTrfInitn: pruned(message),
    },
  };
  return builder.build(document) as string;
}

/** Which payment information of the message a payment stands in. */
type PaymentGroup = "1" | "2";

const paymentGroup = (
  { batch, isSepa }: Pick<PaymentOrder, "batch" | "isSepa">,
  { account }: Pick<Payment, "account">,
): PaymentGroup => (batch.currency === "EUR" && isSepa(account) ? "1" : "2");

/** The id of the payment information that a payment stands in, as a bank's answer names it. */
export const paymentInformationId = (
  order: Pick<PaymentOrder, "batch" | "isSepa">,
  payment: Pick<Payment, "account">,
): string => `${bankReference(order.batch.id)}-${paymentGroup(order, payment)}`;

/** An id in the characters that banks take in references, which the underscore is not among. */
export const bankReference = (id: string): string => id.replaceAll("_", "-");

function paymentInformation(order: PaymentOrder, group: PaymentGroup, payments: readonly Payment[]): Element {
  const { batch, payer } = order;
  const isSepa = group === "1";
  return {
    PmtInfId: `${bankReference(batch.id)}-${group}`,
    PmtMtd: "TRF",
    ...controls(batch.currency, payments),
    PmtTpInf: isSepa ? { SvcLvl: { Cd: "SEPA" } } : undefined,
    ReqdExctnDt: { Dt: batch.execute_on ?? isoTime(exportedAt(batch)).slice(0, 10) },
    Dbtr: { Nm: latinText(payer.name, 70), PstlAdr: postalAddress(payer.address) },
    DbtrAcct: { Id: { IBAN: payer.iban.replaceAll(/\s/g, "") } },
    DbtrAgt: {
      FinInstnId: payer.bic === undefined ? { Othr: { Id: "NOTPROVIDED" } } : { BICFI: payer.bic },
    },
    ChrgBr: isSepa ? "SLEV" : "SHAR",
    CdtTrfTxInf: payments.map((payment) => transaction(order, payment)),
  };
}

function transaction({ batch, remittance }: PaymentOrder, { item, details, account }: Payment): Element {
  return {
    PmtId: { InstrId: item.id, EndToEndId: item.id },
    Amt: {
      InstdAmt: { "@Ccy": item.currency, "#text": decimalOf(item.amount_minor, item.currency) },
    },
    CdtrAgt: creditorBank(account),
    Cdtr: {
      Nm: latinText(account.name ?? details.legalName, 70),
      PstlAdr: postalAddress(details.address),
    },
    CdtrAcct: {
      Id:
        account.kind === "iban"
          ? { IBAN: account.iban }
          : { Othr: { Id: account.kind === "local" ? latinText(account.number, 34) : "" } },
    },
    RmtInf: { Ustrd: latinText(remittanceOf(remittance, batch, item), 140) },
  };
}

function creditorBank(account: PayoutAccount): Element | undefined {
  if (account.kind === "iban")
    return account.bic === undefined ? undefined : { FinInstnId: { BICFI: account.bic } };
  if (account.kind !== "local") return undefined;
  const { bic, bankCode, bankCountry } = account;
  return {
    FinInstnId: {
      BICFI: bic,
      ClrSysMmbId: bankCode === undefined ? undefined : clearingMember(bankCode, bankCountry),
      PstlAdr: { Ctry: bankCountry },
    },
  };
}

/**
 * Clearing systems whose codes are one form of digits: without its name a bank abroad cannot tell what a number is. Written
 * as a person writes it, with dashes and spaces, it is the same number.
 *
 * Source: ISO 20022 external code set, ExternalClearingSystemIdentification1Code.
 */
const clearingSystems: Readonly<Record<string, { name: string; digits: number }>> = {
  AU: { name: "AUBSB", digits: 6 },
  CA: { name: "CACPA", digits: 9 },
  CN: { name: "CNAPS", digits: 12 },
  GB: { name: "GBDSC", digits: 6 },
  NZ: { name: "NZNCC", digits: 6 },
  US: { name: "USABA", digits: 9 },
  ZA: { name: "ZANCC", digits: 6 },
};

function clearingMember(bankCode: string, country: string): Element {
  const system = Object.hasOwn(clearingSystems, country) ? clearingSystems[country] : undefined;
  const digits = bankCode.replaceAll(/[\s-]/g, "");
  return system !== undefined && /^\d+$/.test(digits) && digits.length === system.digits
    ? { ClrSysId: { Cd: system.name }, MmbId: digits }
    : { MmbId: latinText(bankCode, 35) };
}

const postalAddress = (address: PartnerDetails["address"]): Element => ({
  StrtNm: optional(address.street, 70),
  BldgNb: optional(address.building, 16),
  PstCd: optional(address.postCode, 16),
  TwnNm: latinText(address.town, 35),
  CtrySubDvsn: optional(address.region, 35),
  Ctry: address.country,
});

/** What nothing would be left of but full stops is better left out. */
const optional = (text: string | undefined, most: number): string | undefined =>
  text === undefined || !hasLatinLetters(text) ? undefined : latinText(text, most);

const controls = (currency: string, payments: readonly Payment[]): Element => ({
  NbOfTxs: String(payments.length),
  CtrlSum: decimalOf(
    payments.reduce((sum, { item }) => sum + item.amount_minor, 0),
    currency,
  ),
});

function exportedAt({ exported_at }: PayoutBatchRow) {
  if (exported_at === null) throw new Error("a payment file is made of a batch that was exported");
  return exported_at;
}

/** Without the members that are undefined: an empty element is not an absent one. */
function pruned(element: Element): Element {
  const kept: Element = {};
  for (const [name, value] of Object.entries(element)) {
    if (value === undefined) continue;
    if (typeof value === "string") kept[name] = value;
    else kept[name] = Array.isArray(value) ? value.map(pruned) : pruned(value as Element);
  }
  return kept;
}
