import type { Sharing } from "../agreements/agreement.ts";
import type { TransferKind } from "../ledger/transfer.ts";
import type { TaxTreatment } from "../partner-details/details-document.ts";
import type { Currency, PartnerId } from "../words/ids.ts";
import type { LegalParty } from "./partner-facts.ts";

/** What a document is: an account, an invoice that the vendor writes for the partner, or one that takes back. */
export const statementKinds = ["statement", "invoice", "credit_note"] as const;
/** One kind of document. */
export type StatementKind = (typeof statementKinds)[number];

/** What stands on a partner's accounts, or is moved on them, in minor units. */
export interface Sums {
  heldMinor: number;
  payableMinor: number;
  paidMinor: number;
}

/** What the movements of a kind add up to. */
export interface KindSum extends Sums {
  kind: TransferKind;
  count: number;
}

/** The tax facts of a document in the partner's name. Amounts in minor units; of a credit note they are less than zero. */
export interface SelfBilling {
  /** The partner, who supplies; the vendor, who buys and writes. */
  seller: LegalParty;
  buyer: LegalParty;
  treatment: TaxTreatment;
  rateBp: number;
  netMinor: number;
  taxMinor: number;
  grossMinor: number;
  /** Until when a word is awaited; silence accepts. Null where only a yes does. ISO 8601. */
  acceptBy: string | null;
  /** SHA-256 of the signed agreement, in hexadecimal, where it is on file. */
  agreementFile: string | null;
}

/** A closed account, frozen as JSON when it was closed; every form of it is made of this and its lines. Times ISO 8601. */
export interface StatementDocument {
  number: string;
  kind: StatementKind;
  partner: PartnerId;
  partnerName: string;
  /** The vendor's name. */
  vendor: string;
  currency: Currency;
  period: { name: string; from: string; until: string };
  closedAt: string;
  /** When what is payable is due; null when nothing is. */
  dueAt: string | null;
  /** What the agreement in force at the closing showed of orders. */
  sharing: Sharing;
  /** BCP 47; null for English. */
  language: string | null;
  opening: Sums;
  movements: KindSum[];
  closing: Sums;
  lineCount: number;
  selfBilling: SelfBilling | null;
  /** SHA-256 of the lines, each followed by a line feed. */
  linesHash: string;
  /** The statement before; null for the first of the account. */
  previous: { number: string; hash: string } | null;
}

/** A share of an order that a movement is made of. */
export interface LinePart {
  /** The order's line, where the agreement shows what was bought. */
  line?: string;
  /** The plan's rule; null where a percentage of the partner's own paid. */
  rule: string | null;
  rateBp: number;
  amountMinor: number;
}

/** One movement as it was closed. Amounts are what it changes, in minor units. */
export interface StatementLine extends Sums {
  line: number;
  /** The movement's number in the journal; never told to a partner, since it counts what all others earn. */
  transfer: number;
  bookedAt: string;
  kind: TransferKind;
  cause: string;
  /** Of an order's movement. */
  order: { key: string; product: string | null; occurredAt: string } | null;
  /** By the agreement: what was bought where. */
  transaction?: { shop: string; shopOrder: string; cycle: "new" | "renewal"; netMinor: number };
  /** Why the order is the partner's; null where its share comes from standing above the seller. */
  reason: string | null;
  evidence: string | null;
  /** What a credit is made of, at full amounts. */
  parts: LinePart[];
  plan: { id: string; version: number } | null;
  /** The line that a loss corrects; its number is null when it is one of this statement. */
  corrects: { number: string | null; line: number } | null;
  /** What made a movement that is no order's; of an order's what a person entered that moved it. */
  source: LineSource | null;
}

/** What made a movement that no shop told, with what a person noted. */
export interface LineSource {
  kind: string;
  id: string;
  reference: string | null;
  note: string | null;
  claim: string | null;
  /** What it takes back, by that one's id; absent in statements from before it was told. */
  reverses?: string | null;
}

/** A movement as it is shown: to its partner without its number in the journal. */
export type ShownLine = Omit<StatementLine, "transfer"> & { transfer?: number };

/** A movement without its number in the journal: from two of them a partner could count what is booked for others. */
export function partnerLineOf({ transfer: _, ...line }: StatementLine): ShownLine {
  return line;
}
