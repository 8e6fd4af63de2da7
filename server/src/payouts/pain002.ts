import { z } from "zod";
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
  /** What the bank repeats of the whole message. */
  controls: BankControls;
  payments: {
    id: string;
    status: BankStatus | undefined;
    controls: BankControls;
  }[];
  /** In the order in which they stand there. */
  transactions: BankTransaction[];
}

/** How many payments, and what they sum to, as the bank repeats them of what it was sent: as they are written there. */
export interface BankControls {
  payments: string | undefined;
  sum: string | undefined;
}

/** What a bank says of one payment. */
export interface BankTransaction {
  endToEndId: string;
  status: BankStatus | undefined;
  /** As it is written there, where the bank repeats it. */
  amount: string | undefined;
  currency: string | undefined;
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

const controls = { OrgnlNbOfTxs: text.optional(), OrgnlCtrlSum: text.optional() };

const payment = z.looseObject({
  OrgnlPmtInfId: text,
  ...controls,
  PmtInfSts: text.optional(),
  StsRsnInf: many(reason),
  TxInfAndSts: many(transaction),
});

const message = z.looseObject({
  OrgnlGrpInfAndSts: z.looseObject({
    OrgnlMsgId: text,
    ...controls,
    GrpSts: text.optional(),
    StsRsnInf: many(reason),
  }),
  OrgnlPmtInfAndSts: many(payment),
  // In pain.002.001.02 payments stand beside the group.
  TxInfAndSts: many(transaction),
});

/** pain.002.001.02, which some banks still send, calls its one element by its own name. */
const oldName = "pain.002.001.02";

const report = z.looseObject({
  Document: z
    .looseObject({ CstmrPmtStsRpt: message.optional(), [oldName]: message.optional() })
    .transform((document, context) => {
      const found = document.CstmrPmtStsRpt ?? document[oldName];
      if (found !== undefined) return found;
      context.addIssue({ code: "custom", message: "no report", path: ["CstmrPmtStsRpt"] });
      return z.NEVER;
    }),
});

/**
 * Reads a customer payment status report, pain.002.001.02 or later, as banks write it: with status at any of its three
 * levels, with or without a prefix, of whatever namespace. What declares a document type or entities is refused unread, and so is what is too
 * long or nested too deep.
 *
 * @throws {Refusal} `payout_file_invalid`
 */
export async function readPain002(file: string): Promise<BankReport> {
  const xml = file.replace(/^\uFEFF/, "").trimStart();
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

function reportOf({ Document: told }: z.output<typeof report>): BankReport {
  const { OrgnlGrpInfAndSts: group, OrgnlPmtInfAndSts: payments } = told;
  return {
    originalMessage: group.OrgnlMsgId,
    group: statusOf(group.GrpSts, group.StsRsnInf),
    controls: controlsOf(group),
    payments: payments.map((one) => ({
      id: one.OrgnlPmtInfId,
      status: statusOf(one.PmtInfSts, one.StsRsnInf),
      controls: controlsOf(one),
    })),
    transactions: [...told.TxInfAndSts, ...payments.flatMap((one) => one.TxInfAndSts)].flatMap(transactionOf),
  };
}

const controlsOf = (told: {
  OrgnlNbOfTxs?: string | undefined;
  OrgnlCtrlSum?: string | undefined;
}): BankControls => ({ payments: told.OrgnlNbOfTxs, sum: told.OrgnlCtrlSum });

function transactionOf(row: z.output<typeof transaction>): BankTransaction[] {
  // Some banks repeat the instruction's id alone, or say NOTPROVIDED; a payment has one id under both names.
  const named = row.OrgnlEndToEndId === "NOTPROVIDED" ? undefined : row.OrgnlEndToEndId;
  const endToEndId = named ?? row.OrgnlInstrId;
  if (endToEndId === undefined) return [];
  const { value, currency } = row.OrgnlTxRef?.Amt?.InstdAmt ?? {};
  return [{ endToEndId, status: statusOf(row.TxSts, row.StsRsnInf), amount: value, currency }];
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
