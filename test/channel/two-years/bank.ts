import { parse } from "csv-parse/sync";
import { XMLParser } from "fast-xml-parser";
import { bankAnswer } from "../../payouts/pain-files.ts";
import type { Chance } from "./chance.ts";

/** A payment as the bank reads it out of a vendor's file. Amounts in minor units. */
interface Ordered {
  id: string;
  payee: string;
  iban: string;
  amountMinor: number;
  currency: string;
}

/** A file that the bank was given, and what it has made of each payment so far. */
interface Message {
  id: string;
  payments: (Ordered & { state: "new" | "pending" | "paid" | "rejected" | "returned" })[];
}

const decimals = (currency: string): number => (currency === "JPY" ? 0 : 2);

/**
 * The vendor's bank: it reads payment files by itself, pays, rejects, lets wait or gets back what it was asked to pay, and
 * keeps an account of its own of what has left. It knows payees by the names of their accounts alone.
 */
export class Bank {
  readonly #messages = new Map<string, Message>();
  readonly #chance: Chance;
  /** How many payments ended each way. */
  readonly counts = { paid: 0, rejected: 0, pending: 0, returned: 0 };

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  /** Takes a file, in XML or as a list. One that it has already is not paid twice. Returns the payments of a new one. */
  take(content: string): Ordered[] {
    const { id, payments } = content.startsWith("<") ? readXml(content) : readList(content);
    if (this.#messages.has(id)) return [];
    for (const { id: payment } of payments)
      for (const other of this.#messages.values())
        if (other.payments.some((one) => one.id === payment)) throw new Error(`${payment} was ordered twice`);
    this.#messages.set(id, { id, payments: payments.map((one) => ({ ...one, state: "new" })) });
    return payments;
  }

  /** What it says of a file's payments: most are paid, some rejected, some wait; of those it says more the next time. */
  answer(content: string): string {
    const { id } = content.startsWith("<") ? readXml(content) : readList(content);
    const message = this.#messages.get(id);
    if (message === undefined) throw new Error(`the bank has no message ${id}`);
    const said: [id: string, status: string, reason: string | undefined][] = [];
    for (const one of message.payments) {
      if (one.state === "new" || one.state === "pending") {
        const fate = this.#chance.below(100);
        one.state = fate < 12 ? "rejected" : fate < 20 && one.state === "new" ? "pending" : "paid";
      } else if (one.state === "paid" && this.#chance.is(0.05)) one.state = "returned";
      else continue;
      this.counts[one.state] += 1;
      const status = { paid: "ACSC", rejected: "RJCT", pending: "PDNG", returned: "RJCT" }[one.state];
      said.push([one.id, status, status === "RJCT" ? "AC04" : undefined]);
    }
    if (!content.startsWith("<"))
      return `id;status;reason\n${said.map(([one, status, reason]) => `${one};${status};${reason ?? ""}\n`).join("")}`;
    return bankAnswer(
      id,
      said.map(([one, status, reason]) => ({ id: one, status, ...(reason === undefined ? {} : { reason }) })),
      { group: "PART" },
    );
  }

  /** What has left and stayed away, by payee and currency. */
  sent(): Map<string, number> {
    const sums = new Map<string, number>();
    for (const { payments } of this.#messages.values())
      for (const { payee, currency, amountMinor, state } of payments)
        if (state === "paid")
          sums.set(`${payee} ${currency}`, (sums.get(`${payee} ${currency}`) ?? 0) + amountMinor);
    return sums;
  }
}

const minorOf = (text: string, currency: string): number => {
  const [whole = "", part = ""] = text.split(".");
  if (part.length !== decimals(currency) || !/^\d+$/.test(whole + part))
    throw new Error(`${text} is no amount of ${currency}`);
  return Number(whole + part);
};

const listOf = <T>(one: T | T[]): T[] => (Array.isArray(one) ? one : [one]);

interface Transaction {
  PmtId: { EndToEndId: string };
  Amt: { InstdAmt: { "#text": string; "@Ccy": string } };
  Cdtr: { Nm: string };
  CdtrAcct: { Id: { IBAN: string } };
}

/** Reads the members of a pain.001.001.09 that a bank pays by, and holds its sums against them. */
function readXml(xml: string): { id: string; payments: Ordered[] } {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: "@",
    parseTagValue: false,
  });
  const { GrpHdr, PmtInf } = parser.parse(xml).Document.CstmrCdtTrfInitn as {
    GrpHdr: { MsgId: string; NbOfTxs: string; CtrlSum: string };
    PmtInf: { CdtTrfTxInf: Transaction | Transaction[] } | { CdtTrfTxInf: Transaction | Transaction[] }[];
  };
  const payments = listOf(PmtInf)
    .flatMap(({ CdtTrfTxInf }) => listOf(CdtTrfTxInf))
    .map(({ PmtId, Amt: { InstdAmt }, Cdtr, CdtrAcct }) => ({
      id: PmtId.EndToEndId,
      payee: Cdtr.Nm,
      iban: CdtrAcct.Id.IBAN,
      currency: InstdAmt["@Ccy"],
      amountMinor: minorOf(InstdAmt["#text"], InstdAmt["@Ccy"]),
    }));
  const sum = payments.reduce((all, { amountMinor }) => all + amountMinor, 0);
  if (
    Number(GrpHdr.NbOfTxs) !== payments.length ||
    minorOf(GrpHdr.CtrlSum, payments[0]?.currency ?? "") !== sum
  )
    throw new Error(`${GrpHdr.MsgId} does not add up`);
  return { id: GrpHdr.MsgId, payments };
}

/** Reads a list with headings; its first payment's id is the list's name. */
function readList(text: string): { id: string; payments: Ordered[] } {
  const rows = parse(text, { columns: true }) as Record<string, string>[];
  const payments = rows.map(({ id = "", accountName = "", iban = "", amount = "", currency = "" }) => ({
    id,
    payee: accountName,
    iban,
    currency,
    amountMinor: minorOf(amount, currency),
  }));
  return { id: payments[0]?.id ?? "empty", payments };
}
