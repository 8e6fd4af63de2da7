import { type CustomerOfProduct, customersOf, readCustomer } from "../customers/customers-of.ts";
import { listLicencesOfCustomer } from "../customers/rows/licences.ts";
import { findCustomer } from "../customers/rows/people.ts";
import type { Deps } from "../deps/deps.ts";
import { enqueueMail } from "../mail/mails.ts";
import { hasBounced } from "../mail/rows/bounces.ts";
import type { MailGates } from "../mail/send-due.ts";
import type { Tx } from "../store/store.ts";
import { addDays, type Instant, instant, isoTime } from "../words/clock.ts";
import { cutPage, refuseCursor, rowsOfPage } from "../words/page-cursor.ts";
import { type BlockReason, isAgreed, licenceOf } from "./product-notices.ts";
import { renewalLetter, renewalUrl, speakRenewal } from "./renewal-letter.ts";
import {
  findNoticeOfMail,
  insertRenewalNotice,
  isStopped,
  listRenewalNoticeRows,
  markNoticeMailed,
} from "./rows/renewal-notices.ts";
import type { RenewalNoticeRow } from "./rows/schema.ts";
import { stopKeyOf } from "./stop-notices.ts";
import { termToRenew } from "./term-to-renew.ts";

/** The kind of the mail. */
export const renewalMail = "renewal.notice";

/** A notice that a term ends, or why it was not sent. Times are ISO 8601 in UTC. */
export interface RenewalNotice {
  customer: string;
  product: string;
  /** The licence's last four characters, where somebody told it. */
  licenceEnd: string | null;
  /** Who sold the term; null for the vendor. */
  partner: string | null;
  endsAt: string;
  daysBefore: number;
  outcome: RenewalNoticeRow["outcome"];
  /** Why it is blocked. */
  reason: string | null;
  notedAt: string;
}

/**
 * Writes to the customers whose terms end, in the vendor's name. The letter names the partner who sold the term and
 * what that partner gives for renewing, where its agreement allows the letter. Each licence gets one for each term and
 * day of the configuration, however often and on however many processes this runs. What is blocked is noted with the
 * reason.
 *
 * @returns how many letters were written
 */
export async function noteRenewals(deps: Deps): Promise<number> {
  const steps = deps.config.customers.renewalNoticeDays;
  let letters = 0;
  if (steps.length === 0) return letters;
  for (const { id: product } of deps.config.products.values()) {
    for (let after: string | undefined = ""; after !== undefined; ) {
      const from: string | undefined = after === "" ? undefined : after;
      const { due, next } = await deps.store.read(async (tx) => {
        const page = await customersOf(tx, { product, ...(from === undefined ? {} : { after: from }) });
        return { due: await dueOf(tx, deps, page.customers), next: page.next };
      });
      for (const one of due) letters += (await noteRenewal(deps, one)) ? 1 : 0;
      after = next ?? undefined;
    }
  }
  return letters;
}

interface Due {
  customer: CustomerOfProduct;
  endsAt: Instant;
  daysBefore: number;
}

/** Those whose licence's newest term ends within the days of the configuration, and has not ended. */
async function dueOf(tx: Tx, deps: Deps, customers: readonly CustomerOfProduct[]): Promise<Due[]> {
  const now = deps.clock();
  const due: Due[] = [];
  for (const customer of customers) {
    const { licence, product, parts } = customer;
    // Who only uses a copy is not asked to pay for it.
    if (licence === null || parts.every((part) => part === "uses")) continue;
    const endsAt = await termToRenew(tx, deps, { licence_hash: licence, product });
    if (endsAt === undefined) continue;
    // Of several days that have come only the last one counts: nobody gets two letters at once.
    const daysBefore = deps.config.customers.renewalNoticeDays
      .filter((days) => now >= addDays(endsAt, -days) && now < endsAt)
      .toSorted((one, other) => one - other)[0];
    if (daysBefore !== undefined) due.push({ customer, endsAt, daysBefore });
  }
  return due;
}

async function noteRenewal(deps: Deps, { customer, endsAt, daysBefore }: Due): Promise<boolean> {
  const { email } = readCustomer(deps, customer.sealed);
  const key = renewalKey({ ...customer, of: licenceOf(customer), endsAt, daysBefore });
  const url = await renewalUrl(deps, { product: customer.product, partner: customer.partner });
  // A language may have to be loaded first, for which no transaction waits.
  const speech = await speakRenewal(deps.config, customer.language);
  return deps.store.write(async (tx) => {
    const reason = await blockOf(tx, deps, { customer, email });
    const row: RenewalNoticeRow = {
      notice_key: deps.hashes.signIn(`renewal ${key}`),
      customer_id: customer.customer,
      product: customer.product,
      licence_end: customer.licenceEnd,
      partner_id: customer.partner,
      ends_at: endsAt,
      days_before: daysBefore,
      outcome: reason === undefined ? "written" : "blocked",
      reason: reason ?? null,
      mail_id: null,
      noted_at: deps.clock(),
    };
    if (!(await insertRenewalNotice(tx, row)) || reason !== undefined) return false;
    const mail = await enqueueMail(tx, deps, {
      kind: renewalMail,
      to: email,
      letter: await renewalLetter(tx, deps, { customer, email, endsAt, url, speech }),
      once: key,
      expiresAt: endsAt,
    });
    if (mail !== undefined) await markNoticeMailed(tx, { notice_key: row.notice_key, mail_id: mail });
    return mail !== undefined;
  });
}

/** Names a notice: of which licence, or order, which end and which step, to whom. */
const renewalKey = ({
  of,
  product,
  endsAt,
  daysBefore,
  emailHash,
}: Pick<CustomerOfProduct, "product" | "emailHash"> & {
  of: string;
  endsAt: Instant;
  daysBefore: number;
}): string => `${of} ${product} ${endsAt} ${daysBefore} ${emailHash}`;

async function blockOf(
  tx: Tx,
  deps: Deps,
  { customer, email }: { customer: CustomerOfProduct; email: string },
): Promise<BlockReason | undefined> {
  if (!(await isAgreed(tx, deps, customer.partner, "renewal"))) return "not_agreed";
  for (const key of stopKeyOf(deps.hashes, email)) if (await isStopped(tx, key)) return "unsubscribed";
  return (await hasBounced(tx, customer.emailHash)) ? "bounced" : undefined;
}

/**
 * Asked before a letter goes out: never after the term was renewed, the address said no, or the customer was erased,
 * however long the mail had to wait.
 */
export const renewalGates = ({
  hashes,
  clock,
  ways,
}: Pick<Deps, "hashes" | "clock" | "ways">): MailGates => ({
  [renewalMail]: async (tx, _recipient, mail) => {
    const notice = await findNoticeOfMail(tx, mail);
    const customer = notice === undefined ? undefined : await findCustomer(tx, notice.customer_id);
    if (notice === undefined || customer === undefined || notice.ends_at <= clock()) return false;
    if (!(await isAgreed(tx, { clock }, notice.partner_id, "renewal"))) return false;
    const { email } = readCustomer(
      { hashes },
      { id: customer.customer_id, sealedFor: customer.sealed_for, sealed: customer.sealed },
    );
    for (const key of stopKeyOf(hashes, email)) if (await isStopped(tx, key)) return false;
    for (const { licence_hash, product } of await listLicencesOfCustomer(tx, customer.customer_id)) {
      if (licence_hash === "" || product === "" || product !== notice.product) continue;
      // Another licence of the customer may end on the same day: the letter is about one of them.
      const key = renewalKey({
        of: licence_hash,
        product,
        endsAt: instant(Number(notice.ends_at)),
        daysBefore: Number(notice.days_before),
        emailHash: customer.email_hash,
      });
      if (hashes.signIn(`renewal ${key}`) !== notice.notice_key) continue;
      return (await termToRenew(tx, { ways }, { licence_hash, product })) === notice.ends_at;
    }
    return false;
  },
});

/**
 * Notices of ends of terms, the newest first; `next` is the `after` of the page behind it.
 *
 * @throws {Refusal} `request_invalid` when `after` is not a `next` of an earlier page
 */
export async function listRenewalNotices(
  { store }: Pick<Deps, "store">,
  {
    after,
    limit: asked,
    outcome = "",
  }: {
    after?: string | undefined;
    limit?: number | undefined;
    outcome?: RenewalNoticeRow["outcome"] | "" | undefined;
  } = {},
): Promise<{ notices: RenewalNotice[]; next: string | null }> {
  const [, time, key] = after === undefined ? [] : (/^(\d{1,15})\.([\w-]{43})$/.exec(after) ?? []);
  if (after !== undefined && key === undefined) refuseCursor();
  const limit = rowsOfPage(asked);
  const page = { noted_at: Number(time ?? Number.MAX_SAFE_INTEGER), notice_key: key ?? "", outcome };
  const rows = await store.read((tx) => listRenewalNoticeRows(tx, { ...page, limit: limit + 1 }));
  const { shown, next } = cutPage(rows, limit, ({ noted_at, notice_key }) => `${noted_at}.${notice_key}`);
  return { notices: shown.map(shownNotice), next };
}

const shownNotice = (row: RenewalNoticeRow): RenewalNotice => ({
  customer: row.customer_id,
  product: row.product,
  licenceEnd: row.licence_end,
  partner: row.partner_id,
  endsAt: isoTime(instant(Number(row.ends_at))),
  daysBefore: Number(row.days_before),
  outcome: row.outcome,
  reason: row.reason,
  notedAt: isoTime(instant(Number(row.noted_at))),
});
