import type { KeyObject } from "node:crypto";
import { isEmailAddress } from "../words/email-address.ts";
import { normalizeSerial } from "../words/serial-text.ts";
import { type CustomerDocument, customerRow } from "./customer-seal.ts";
import type { Hashes } from "./hashes.ts";
import type { SealedPlace, SealedRow } from "./rows/sealed-rows.ts";

/** A column whose texts are sealed with a key that is made of the pepper. */
export interface SealedColumn extends SealedPlace {
  with(hashes: Hashes): KeyObject;
  /** What ties the text to its row: the same bytes as the room's own. */
  row(row: SealedRow): Uint8Array;
  /** The columns beside it that hold a hash of the text, as they are under a pepper. */
  hashed?(hashes: Hashes, text: string, row: SealedRow): Record<string, string | Uint8Array>;
}

const mailAddress = (hashes: Hashes): KeyObject => hashes.mailAddressKey;
const named = (row: SealedRow, ...columns: string[]): Buffer =>
  Buffer.from(columns.map((column) => String(row[column])).join(" "));

/** Every column of the database that is sealed with the pepper's keys. A test compares it with the tables. */
export const sealedColumns: readonly SealedColumn[] = [
  {
    table: "people",
    column: "mail",
    key: ["id"],
    with: mailAddress,
    row: (row) => named(row, "id"),
    hashed: (hashes, text): Record<string, string> =>
      isEmailAddress(text) ? { mail_hash: hashes.email(text) } : {},
  },
  {
    table: "sessions",
    column: "customer_mail",
    key: ["id"],
    with: mailAddress,
    row: (row) => named(row, "id"),
    hashed: (hashes, text) => ({ customer_hash: hashes.email(text) }),
  },
  {
    table: "mails",
    column: "sealed",
    key: ["id"],
    reads: ["lane"],
    with: mailAddress,
    row: (row) => named(row, "id"),
    hashed: (hashes, text, { lane }) => {
      const hash = hashes.email((JSON.parse(text) as { to: string }).to);
      return { recipient_hash: hash, lane: `${String(lane).split(" ", 1)[0]} ${hash}` };
    },
  },
  {
    table: "deals",
    column: "customer_sealed",
    key: ["deal_id"],
    with: (hashes) => hashes.dealKey,
    row: (row) => Buffer.from(`deal ${row.deal_id}`),
    hashed: (hashes, text): Record<string, string> => {
      const address = isEmailAddress(text) ? text : `somebody@${text}`;
      const [domain, site] = [hashes.emailDomain(address), hashes.emailSite(address)];
      const hash = address === text ? hashes.email(text) : domain;
      return hash === null || !text.includes(".")
        ? {}
        : { customer_hash: hash, site_hash: site ?? domain ?? "" };
    },
  },
  {
    table: "reward_codes",
    column: "code_sealed",
    key: ["code_no"],
    reads: ["offer_id"],
    with: (hashes) => hashes.rewardCodeKey,
    row: (row) => Buffer.from(`reward code of ${row.offer_id}`),
    hashed: (hashes, text) => ({ code_hash: hashes.rewardCode(text) }),
  },
  {
    table: "customer_people",
    column: "sealed",
    key: ["customer_id"],
    reads: ["sealed_for"],
    with: (hashes) => hashes.customerKey,
    row: (row) => customerRow(String(row.customer_id), String(row.sealed_for)),
    hashed: (hashes, text) => ({ email_hash: hashes.email((JSON.parse(text) as CustomerDocument).email) }),
  },
  {
    table: "customer_organisations",
    column: "name_sealed",
    key: ["organisation_id"],
    reads: ["sealed_for"],
    with: (hashes) => hashes.customerKey,
    row: (row) => customerRow(String(row.organisation_id), String(row.sealed_for)),
    hashed: (hashes, text) => ({ name_hash: hashes.organisation(text) }),
  },
  {
    table: "pooled_serials",
    column: "sealed",
    key: ["batch_no", "hash"],
    with: (hashes) => hashes.pooledSerialKey,
    row: (row) => row.hash as Uint8Array,
    hashed: (hashes, text): Record<string, Uint8Array> => {
      const serial = normalizeSerial(text);
      return serial === undefined ? {} : { hash: Buffer.from(hashes.serial(serial), "base64url") };
    },
  },
  {
    table: "partner_details",
    column: "sealed",
    key: ["partner_id", "version"],
    with: (hashes) => hashes.partnerDetailsKey,
    row: (row) => named(row, "partner_id", "version"),
  },
  {
    table: "dispute_entries",
    column: "file",
    key: ["dispute_id", "seq"],
    with: (hashes) => hashes.disputeFileKey,
    row: (row) => named(row, "dispute_id", "seq"),
  },
  ...["secret", "previous_secret"].map(
    (column): SealedColumn => ({
      table: "outbox_destinations",
      column,
      key: ["id"],
      with: (hashes) => hashes.webhookSecretKey,
      row: (row) => named(row, "id"),
    }),
  ),
  {
    table: "waiting_deliveries",
    column: "sealed",
    key: ["id"],
    with: (hashes) => hashes.waitingDeliveryKey,
    row: (row) => named(row, "id"),
  },
];
