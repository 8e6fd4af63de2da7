import { z } from "zod";
import { minorOf } from "../words/money.ts";
import { Refusal } from "../words/refusal.ts";

/** What a bank says of one payment, of a payment information, or of all. */
export interface BankStatus {
  /** ISO 20022: `ACSC`, `RJCT`, `PDNG`, …. */
  code: string;
  /** Why, in the bank's code and words. */
  why: string | null;
}

/** A bank's answer, as far as it is read. */
export interface BankReport {
  /** The message that it answers. */
  originalMessage: string;
  /** Of all payments that nothing more special is said of. */
  group: BankStatus | undefined;
  payments: {
    id: string;
    status: BankStatus | undefined;
    transactions: {
      endToEndId: string;
      status: BankStatus | undefined;
      /** In minor units, where the bank repeats it. */
      amountMinor: number | undefined;
      currency: string | undefined;
    }[];
  }[];
}

/** No honest answer to a batch of 5,000 payments is longer. */
export const longestReport = 32 * 1_048_576;

const text = z.string().max(1_000);
const many = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .union([z.array(schema), schema.transform((one) => [one])])
    .optional()
    .transform((list): z.output<Schema>[] => (list as z.output<Schema>[] | undefined) ?? []);

const reason = z.looseObject({
  Rsn: z.looseObject({ Cd: text.optional(), Prtry: text.optional() }).optional(),
  AddtlInf: many(text),
});

const amount = z.union([
  text.transform((value) => ({ value, currency: undefined })),
  z
    .looseObject({ "#text": text, "@Ccy": text.optional() })
    .transform((one) => ({ value: one["#text"], currency: one["@Ccy"] })),
]);

const transaction = z.looseObject({
  OrgnlInstrId: text.optional(),
  OrgnlEndToEndId: text.optional(),
  TxSts: text.optional(),
  StsRsnInf: many(reason),
  OrgnlTxRef: z.looseObject({ Amt: z.looseObject({ InstdAmt: amount.optional() }).optional() }).optional(),
});

const payment = z.looseObject({
  OrgnlPmtInfId: text,
  PmtInfSts: text.optional(),
  StsRsnInf: many(reason),
  TxInfAndSts: many(transaction),
});

const report = z.looseObject({
  Document: z.looseObject({
    CstmrPmtStsRpt: z.looseObject({
      OrgnlGrpInfAndSts: z.looseObject({
        OrgnlMsgId: text,
        GrpSts: text.optional(),
        StsRsnInf: many(reason),
      }),
      OrgnlPmtInfAndSts: many(payment),
    }),
  }),
});

/**
 * Reads a customer payment status report, pain.002.001.03 or later, as banks write it: with status at any of its three
 * levels, with or without a prefix. What declares a document type or entities is refused unread, and so is what is too
 * long or nested too deep.
 *
 * @throws {Refusal} `payout_file_invalid`
 */
export async function readPain002(xml: string): Promise<BankReport> {
  if (xml.length > longestReport) refuse(`it is longer than ${longestReport} characters`);
  if (/<!(DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i.test(xml))
    refuse("it declares a document type or entities");
  if (isNestedDeeper(xml, deepest)) refuse(`it is nested deeper than ${deepest}`);
  const { XMLParser, XMLValidator } = await import("fast-xml-parser");
  const isWellFormed = XMLValidator.validate(xml);
  if (isWellFormed !== true) refuse(`it is no well-formed XML: ${isWellFormed.err.code}`);
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: "@",
    removeNSPrefix: true,
    parseTagValue: false,
    trimValues: true,
  });
  const parsed = report.safeParse(parser.parse(xml));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refuse(`it is no customer payment status report (${issue?.path.join(".") ?? ""})`);
  }
  return reportOf(parsed.data);
}

const deepest = 40;

/** Counted in the text, so that it costs no stack. */
function isNestedDeeper(xml: string, limit: number): boolean {
  let depth = 0;
  for (const [tag] of xml.matchAll(/<\/?[A-Za-z_][^<>]*>/g)) {
    if (tag.startsWith("</")) depth--;
    else if (!tag.endsWith("/>") && ++depth > limit) return true;
  }
  return false;
}

function reportOf({ Document: { CstmrPmtStsRpt: told } }: z.output<typeof report>): BankReport {
  const { OrgnlGrpInfAndSts: group, OrgnlPmtInfAndSts: payments } = told;
  return {
    originalMessage: group.OrgnlMsgId,
    group: statusOf(group.GrpSts, group.StsRsnInf),
    payments: payments.map((one) => ({
      id: one.OrgnlPmtInfId,
      status: statusOf(one.PmtInfSts, one.StsRsnInf),
      transactions: one.TxInfAndSts.flatMap((row) => {
        // Some banks repeat the instruction's id alone; a payment has one id under both names.
        const endToEndId = row.OrgnlEndToEndId ?? row.OrgnlInstrId;
        if (endToEndId === undefined) return [];
        const amountOf = row.OrgnlTxRef?.Amt?.InstdAmt;
        const { value, currency } = amountOf ?? { value: undefined, currency: undefined };
        return [
          {
            endToEndId,
            status: statusOf(row.TxSts, row.StsRsnInf),
            amountMinor: value === undefined || currency === undefined ? undefined : minorOf(value, currency),
            currency,
          },
        ];
      }),
    })),
  };
}

function statusOf(
  code: string | undefined,
  reasons: readonly z.output<typeof reason>[],
): BankStatus | undefined {
  if (code === undefined) return undefined;
  const words = reasons.flatMap(({ Rsn, AddtlInf }) => [Rsn?.Cd ?? Rsn?.Prtry ?? "", ...AddtlInf]);
  const why = words
    .filter((word) => word !== "")
    .join(" ")
    .toWellFormed()
    .replace(/\p{Cc}+/gu, " ")
    .slice(0, 300);
  return { code: code.toUpperCase().slice(0, 10), why: why === "" ? null : why };
}

function refuse(why: string): never {
  throw new Refusal("payout_file_invalid", `The file cannot be taken for a bank's answer: ${why}.`);
}
