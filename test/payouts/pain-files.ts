import { readFileSync } from "node:fs";
import { validateXML } from "xmllint-wasm";

/** The schema that ISO 20022 publishes for a message. */
const schemaOf = (message: string) => ({
  fileName: `${message}.xsd`,
  contents: readFileSync(new URL(`schemas/${message}.xsd`, import.meta.url), "utf8"),
});

/** What the published schema says is wrong with a message; nothing when it is valid. */
export async function schemaErrors(
  message: "pain.001.001.09" | "pain.002.001.10",
  xml: string,
): Promise<string[]> {
  const { valid, errors } = await validateXML({
    xml: { fileName: "message.xml", contents: xml },
    schema: schemaOf(message),
    maxMemoryPages: 4_096,
  });
  return valid ? [] : errors.map((error) => error.message);
}

/** What a bank says of one payment. */
export interface Said {
  id: string;
  status: string;
  reason?: string;
  words?: string;
  amount?: string;
  currency?: string;
}

/** What a bank's answer says beside that, and how it is written. */
export interface AnswerForm {
  group?: string | undefined;
  groupReason?: string;
  information?: { id: string; status?: string; payments?: number; sum?: string };
  /** What the bank repeats of the whole message. */
  payments?: number;
  sum?: string;
  /** Some banks write every element with a prefix. */
  prefix?: string;
}

/** A bank's answer to a message, pain.002.001.10. */
export function bankAnswer(message: string, said: readonly Said[], form: AnswerForm = {}): string {
  const { group, groupReason, information = { id: `${message}-1` }, prefix = "" } = form;
  const controls = ({ payments, sum }: { payments?: number; sum?: string }) =>
    e("OrgnlNbOfTxs", payments?.toString()) + e("OrgnlCtrlSum", sum);
  const e = (name: string, content: string | undefined, attributes = "") =>
    content === undefined ? "" : `<${prefix}${name}${attributes}>${content}</${prefix}${name}>`;
  const reason = (code: string | undefined, words?: string) =>
    code === undefined && words === undefined
      ? ""
      : e("StsRsnInf", (code === undefined ? "" : e("Rsn", e("Cd", code))) + e("AddtlInf", words));
  const rows = said.map((one) =>
    e(
      "TxInfAndSts",
      e("OrgnlEndToEndId", one.id) +
        e("TxSts", one.status) +
        reason(one.reason, one.words) +
        (one.amount === undefined
          ? ""
          : e("OrgnlTxRef", e("Amt", e("InstdAmt", one.amount, ` Ccy="${one.currency ?? "EUR"}"`)))),
    ),
  );
  const namespace = prefix === "" ? "xmlns" : `xmlns:${prefix.slice(0, -1)}`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${e(
    "Document",
    e(
      "CstmrPmtStsRpt",
      e("GrpHdr", e("MsgId", "BANK-1") + e("CreDtTm", "2026-11-22T08:00:00")) +
        e(
          "OrgnlGrpInfAndSts",
          e("OrgnlMsgId", message) +
            e("OrgnlMsgNmId", "pain.001.001.09") +
            controls(form) +
            e("GrpSts", group) +
            reason(groupReason),
        ) +
        (said.length === 0 && information.status === undefined
          ? ""
          : e(
              "OrgnlPmtInfAndSts",
              e("OrgnlPmtInfId", information.id) +
                controls(information) +
                e("PmtInfSts", information.status) +
                rows.join(""),
            )),
    ),
    ` ${namespace}="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"`,
  )}`;
}
