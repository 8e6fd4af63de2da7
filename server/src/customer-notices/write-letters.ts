import { findPartner } from "../channel/rows/partners.ts";
import { type CustomerOfProduct, customersOf, readCustomer } from "../customers/customers-of.ts";
import { findCustomer } from "../customers/rows/people.ts";
import type { Letter } from "../mail/letter.ts";
import { enqueueMail } from "../mail/mails.ts";
import { type MailText, mailTexts } from "../messages/mail/index.ts";
import { type Speech, speak } from "../messages/speak.ts";
import { wantedLanguages } from "../pages/app-page.ts";
import type { Tx } from "../store/store.ts";
import { blockOf, licenceOf, type NoticeDeps } from "./product-notices.ts";
import {
  findLicencesOfRecipient,
  findServiceNotice,
  findUnfinishedNotices,
  findWaitingRecipients,
  insertNoticeLicence,
  markFinished,
  markGathered,
  settleRecipient,
} from "./rows/product-notices.ts";
import type { NoticeLicenceRow, ServiceNoticeRow } from "./rows/schema.ts";

/** The kind of the mail. */
export const serviceMail = "service.notice";

const recipientsAtOnce = 50;

/**
 * Writes the letters of all service notices that are not done, the oldest first. It goes on where a process that was
 * killed stopped, and any number of processes may do so: each address gets one letter.
 *
 * @param tell is told how many letters this call has written
 * @returns how many letters were written
 */
export async function runServiceNotices(
  deps: NoticeDeps,
  tell: (letters: number) => void = () => {},
): Promise<number> {
  let letters = 0;
  for (const notice of await deps.store.read(findUnfinishedNotices)) {
    await gatherCustomers(deps, notice.notice_id);
    for (;;) {
      const page = { notice_id: notice.notice_id, limit: recipientsAtOnce };
      const recipients = await deps.store.read((tx) => findWaitingRecipients(tx, page));
      if (recipients.length === 0) break;
      for (const recipient_key of recipients) {
        if (await writeLetter(deps, notice, recipient_key)) letters++;
        tell(letters);
      }
    }
    const end = { notice_id: notice.notice_id, finished_at: deps.clock() };
    await deps.store.write((tx) => markFinished(tx, end));
  }
  return letters;
}

/** Notes everybody whom a notice is for, a page a transaction, with how far it came in the same. */
async function gatherCustomers(deps: NoticeDeps, id: string): Promise<void> {
  for (;;) {
    const isDone = await deps.store.write(async (tx) => {
      const notice = await findServiceNotice(tx, id);
      if (notice === undefined || notice.gathered_at !== null) return true;
      const { customers, next } = await customersOf(tx, {
        product: notice.product,
        version: notice.version ?? undefined,
        ...(notice.gathered_to === "" ? {} : { after: notice.gathered_to }),
      });
      const step = {
        notice_id: id,
        was: notice.gathered_to,
        gathered_to: next ?? notice.gathered_to,
        gathered_at: next === null ? deps.clock() : null,
      };
      if (!(await markGathered(tx, step))) return false;
      for (const customer of customers) await noteLicence(tx, deps, id, customer);
      return next === null;
    });
    if (isDone) return;
  }
}

async function noteLicence(
  tx: Tx,
  deps: NoticeDeps,
  notice_id: string,
  customer: CustomerOfProduct,
): Promise<void> {
  const reason = await blockOf(tx, deps, customer);
  await insertNoticeLicence(tx, {
    notice_id,
    // In this notice alone: what stands here leads from no notice to another, and to no address.
    recipient_key: deps.hashes.signIn(`${notice_id} to ${customer.emailHash}`),
    licence_key: deps.hashes.signIn(`${notice_id} of ${licenceOf(customer)}`),
    customer_id: customer.customer,
    licence_end: customer.licenceEnd,
    partner_id: customer.partner,
    outcome: reason === undefined ? "waiting" : "blocked",
    reason: reason ?? null,
  });
}

/** Writes the letter to one address, about all of its licences that are told of; false where there is none to write. */
async function writeLetter(
  deps: NoticeDeps,
  notice: ServiceNoticeRow,
  recipient_key: string,
): Promise<boolean> {
  const of = { notice_id: notice.notice_id, recipient_key };
  const language = await deps.store.read(
    async (tx) => (await firstOf(tx, await findLicencesOfRecipient(tx, of)))?.language ?? null,
  );
  // A language may have to be loaded first, for which no transaction waits.
  const speech = await speak(mailTexts, wantedLanguages(deps.config.brand, { chosen: language }));
  return deps.store.write(async (tx) => {
    const licences = await findLicencesOfRecipient(tx, of);
    const customer = await firstOf(tx, licences);
    if (customer === undefined) {
      await settleRecipient(tx, { ...of, outcome: "blocked", reason: "erased" });
      return false;
    }
    const { customer_id: id, sealed_for: sealedFor, sealed } = customer;
    const { email } = readCustomer(deps, { id, sealedFor, sealed });
    const letter = await letterOf(tx, deps, { notice, licences, speech });
    await enqueueMail(tx, deps, {
      kind: serviceMail,
      to: email,
      letter,
      once: `${notice.notice_id} ${recipient_key}`,
    });
    await settleRecipient(tx, { ...of, outcome: "written", reason: null });
    return true;
  });
}

/** Who is meant, as long as anything is kept of her. */
async function firstOf(tx: Tx, licences: readonly NoticeLicenceRow[]) {
  for (const { customer_id } of licences) {
    const found = await findCustomer(tx, customer_id);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The vendor's words, and which licences they are about, each with the partner who sold it and no other. */
async function letterOf(
  tx: Tx,
  { config }: NoticeDeps,
  {
    notice,
    licences,
    speech: { say, tag, direction },
  }: { notice: ServiceNoticeRow; licences: readonly NoticeLicenceRow[]; speech: Speech<MailText> },
): Promise<Letter> {
  const product = productName(config, notice.product);
  const figures: { label: string; value: string }[] = [];
  for (const { licence_end, partner_id } of licences) {
    const partner = partner_id === null ? undefined : await findPartner(tx, partner_id);
    const label = licence_end === null ? product : say("service_licence", { product, end: licence_end });
    const value =
      partner === undefined
        ? say("service_from_vendor", { name: config.brand.name })
        : say("service_from", { partner: partner.name });
    if (!figures.some((one) => one.label === label && one.value === value)) figures.push({ label, value });
  }
  return {
    subject: say("service_subject", { product, title: notice.title }),
    paragraphs: [notice.title, ...notice.body.split(/\n{2,}/)],
    figures,
    small: [say("service_small", { product, name: config.brand.name })],
    language: { tag, direction },
  };
}

/** What a product is called. */
export const productName = ({ products }: NoticeDeps["config"], product: string): string =>
  [...products.values()].find(({ id }) => id === product)?.name ?? product;
