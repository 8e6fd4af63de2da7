import type { PartnerDetails, PayoutAccount } from "./details-document.ts";

/** An account as it is shown: enough to know it again, too little to use it. */
export interface ShownAccount {
  kind: PayoutAccount["kind"];
  name: string | null;
  /** The last four characters of the number, or the beginning and the host of an address. */
  account: string;
  bic: string | null;
  currency: string | null;
}

/** A partner's details as people and partners see them. Tax numbers and accounts by their last four characters alone. */
export interface ShownDetails {
  legalName: string;
  address: PartnerDetails["address"];
  tax: Omit<PartnerDetails["tax"], "vatId" | "number"> & { vatId: string | null; number: string | null };
  accounts: ShownAccount[];
  email: string | null;
  language: string | null;
}

/** What of details may be shown. */
export const shownDetails = (details: PartnerDetails): ShownDetails => ({
  legalName: details.legalName,
  address: details.address,
  tax: { ...details.tax, vatId: lastFour(details.tax.vatId), number: lastFour(details.tax.number) },
  accounts: details.accounts.map((account) => ({
    kind: account.kind,
    name: account.name ?? null,
    account: shownNumber(account),
    bic: "bic" in account ? (account.bic ?? null) : null,
    currency: account.currency ?? null,
  })),
  email: details.email === undefined ? null : shownEmail(details.email),
  language: details.language ?? null,
});

/** An account by its end: `…3000`. */
export function shownNumber(account: PayoutAccount): string {
  switch (account.kind) {
    case "iban":
      return `${account.iban.slice(0, 2)}${lastFour(account.iban)}`;
    case "local":
      return lastFour(account.number) ?? "";
    case "wise":
    case "paypal":
      return shownEmail(account.email);
  }
}

/** The last four characters, where that is less than half of them. */
export const lastFour = (text: string | undefined): string | null =>
  text === undefined ? null : `…${text.slice(Math.max(text.length - 4, Math.ceil(text.length / 2)))}`;

const shownEmail = (address: string): string =>
  `${address.slice(0, 1)}…${address.slice(address.lastIndexOf("@"))}`;
