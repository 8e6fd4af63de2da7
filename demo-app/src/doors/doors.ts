import type { Addresses } from "../addresses.ts";
import { customerName, people, sellers, soldCopy } from "../cast.ts";
import type { Mailbox } from "./mailbox.ts";

/** A place where somebody is at home, and who that is. */
export interface Door {
  id: DoorId;
  /** What the place is called. */
  name: string;
  /** Below the receiver's address. */
  path: "/portal" | "/console" | "/account";
  person: string;
  mail: string;
  /** What she may look for there, a sentence. */
  about: string;
}

/** Names of doors, as they stand in addresses of the demo. */
export type DoorId = "portal" | "distributor" | "console" | "finance" | "account";

const of = (partner: string): string => sellers[partner] ?? partner;

/** The doors, the three that everybody asks for first. */
export const doors: readonly Door[] = [
  {
    id: "portal",
    name: "The partner’s portal",
    path: "/portal",
    person: `${people.partner.name} of ${of(people.partner.partner)}`,
    mail: people.partner.mail,
    about:
      "What she earned, what is coming and when, and why; why an order did not count; what she gives customers who renew.",
  },
  {
    id: "console",
    name: "The vendor’s console",
    path: "/console",
    person: `${people.vendor.name} of Acme Paint`,
    mail: people.vendor.mail,
    about: "What is owed and what waits: a contested decision, two held orders, a deal, a payout to approve.",
  },
  {
    id: "account",
    name: "The customer’s page",
    path: "/account",
    person: customerName,
    mail: soldCopy.email,
    about:
      "What she bought, who sold it, who may see it, the coupon that her renewal earned, and how all of it is erased.",
  },
  {
    id: "distributor",
    name: "The portal, one tier up",
    path: "/portal",
    person: `${people.distributor.name} of ${of(people.distributor.partner)}`,
    mail: people.distributor.mail,
    about: "What the distributor earns on top of what the four resellers below it sell.",
  },
  {
    id: "finance",
    name: "The console, for finance",
    path: "/console",
    person: `${people.finance.name} of Acme Paint`,
    mail: people.finance.mail,
    about: "Money alone: statements, periods, and payouts that another person proposed.",
  },
];

/** A door by its name, where there is one. */
export const findDoor = (id: string | undefined): Door | undefined => doors.find((door) => door.id === id);

/**
 * Asks the receiver to let somebody in, as she would by typing her address, and reads the mail that it writes: the
 * address of a page with one button. It counts once, for fifteen minutes, on this machine alone.
 *
 * @throws when the receiver refuses, or sends no mail
 */
export async function askForLink(
  addresses: Addresses,
  mailbox: Mailbox,
  { mail, path }: Door,
): Promise<string> {
  const known = new Set((await mailbox.list()).map(({ file }) => file));
  const answer = await fetch(`${addresses.receiver}/sign-in`, {
    method: "POST",
    body: new URLSearchParams({ mail, to: path }),
    headers: { origin: addresses.receiver },
    redirect: "manual",
    signal: AbortSignal.timeout(60_000),
  });
  await answer.body?.cancel();
  if (answer.status >= 400) throw new Error(`POST /sign-in was answered ${answer.status}`);
  for (;;) {
    const letter = await mailbox.waitFor(mail, known);
    const link = /https?:\/\/\S+\/sign-in\/link\?t=[\w-]+/.exec(letter.text)?.[0];
    if (link !== undefined) return link;
    known.add(letter.file); // Some other mail, such as a summary.
  }
}
