import type { PartnerId } from "../words/ids.ts";
import type { Sharing } from "./agreement.ts";

/** A partner who looks at an order, and what the agreement in force at that moment shows it. */
export interface Viewer {
  partner: PartnerId;
  sharing: Sharing;
}

/** One partner's credit for an order, with whatever else belongs to it. */
export interface OwnedCredit {
  partner: PartnerId;
}

/** All that could be shown of an order. */
export interface WholeOrder<Credit extends OwnedCredit, Transaction extends object, Contact extends object> {
  /** Of every partner that is or was credited. */
  credits: readonly Credit[];
  /** What was bought, where and when: for `transaction` and `full`. */
  transaction: Transaction;
  /** Who bought it, where that is known: for `full` alone. */
  contact?: Contact | undefined;
}

/** What one partner is shown of an order. */
export interface OrderView<Credit, Transaction, Contact> {
  /** Its own; never another's, nor how many others there are. */
  credits: Credit[];
  transaction?: Transaction;
  contact?: Contact;
}

/**
 * What a partner may see of an order: the only way from an order to a partner, for API, webhook, export, feed, page and
 * mail. Undefined for a partner that has no part in the order, and then nothing may tell it that the order exists. Nothing
 * in the result depends on another partner's part.
 */
export function viewFor<Credit extends OwnedCredit, Transaction extends object, Contact extends object>(
  { partner, sharing }: Viewer,
  order: WholeOrder<Credit, Transaction, Contact>,
): OrderView<Credit, Transaction, Contact> | undefined {
  const credits = order.credits.filter((credit) => credit.partner === partner);
  if (credits.length === 0) return undefined;
  switch (sharing) {
    case "none":
      return { credits };
    case "transaction":
      return { credits, transaction: order.transaction };
    case "full":
      return {
        credits,
        transaction: order.transaction,
        ...(order.contact === undefined ? {} : { contact: order.contact }),
      };
  }
}
