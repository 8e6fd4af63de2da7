import type { MailGates } from "../mail/send-due.ts";
import { findPeopleByMail } from "../people/rows/people.ts";
import type { Tx } from "../store/store.ts";
import type { EmailHash } from "../words/ids.ts";

/**
 * Who gets a code by mail: people who may sign in, and customers of whom something is kept. Everybody else's mail is
 * dropped when it is due, long after the page has answered.
 */
export const signInGates = (isCustomer: (tx: Tx, mail: EmailHash) => Promise<boolean>): MailGates => ({
  "sign-in": async (tx, recipient) => (await findPeopleByMail(tx, recipient)).length > 0,
  "sign-in-customer": isCustomer,
});
