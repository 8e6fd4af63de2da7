import { describeCustomer, forgetCustomer } from "../customers/customer-of-person.ts";
import type { Deps } from "../deps/deps.ts";
import { subjectOf } from "../mail/mails.ts";
import { findMail } from "../mail/rows/mails.ts";
import { deleteMandatesOf } from "../mandates/rows/mandates.ts";
import { sealText } from "../secrets/seal.ts";
import { forgetLocks } from "../store/locks.ts";
import type { Tx } from "../store/store.ts";
import { instant, isoTime } from "../words/clock.ts";
import type { EmailHash } from "../words/ids.ts";
import { type AddressRow, deleteAddressRows, emptyAddress, findAddressRows } from "./rows/of-address.ts";

/** A row that somebody stands in, as it is exported. The time is ISO 8601 in UTC. */
export interface FoundOfAddress {
  /** The table. */
  what: string;
  product: string | null;
  at: string;
  /** What the row says beside: a mail's subject, a deal's partner, a person's role. */
  detail: string | null;
}

type World = Pick<Deps, "hashes">;

/** Where an address stands beside orders and registrations. */
export async function rowsOfAddress(tx: Tx, deps: World, hash: EmailHash): Promise<FoundOfAddress[]> {
  const found: FoundOfAddress[] = [];
  for (const row of await findAddressRows(tx, hash)) {
    const at = isoTime(instant(Number(row.at)));
    found.push({ what: row.table, product: row.product, at, detail: await detailOf(tx, deps, row) });
  }
  return found;
}

async function detailOf(tx: Tx, { hashes }: World, row: AddressRow): Promise<string> {
  const of = row.partner === null ? "" : ` of ${row.partner}`;
  if (row.table === "customer_people") {
    const known = (await describeCustomer(tx, { hashes }, row.id)) || undefined;
    return `${row.detail}${of}${known === undefined ? "" : `: ${known}`}`;
  }
  if (row.table !== "mails") return `${row.detail}${of}`;
  const mail = await findMail(tx, row.id);
  return mail === undefined ? row.detail : `${row.detail}: ${subjectOf(hashes, mail)}`;
}

/**
 * Erases an address from mail, sign-ins, deals and people who were removed. Who may still sign in and what a partner gave
 * as its own address stay until somebody ends that: it is said how.
 */
export async function eraseAddressRows(
  tx: Tx,
  deps: World,
  { hash, session, dryRun }: { hash: EmailHash; session: string | undefined; dryRun: boolean },
): Promise<{ rows: number; stays: string[] }> {
  const rows = await findAddressRows(tx, hash);
  const going = rows.filter(({ over, id }) => Number(over) === 1 && id !== session);
  const stays = rows.filter(({ over }) => Number(over) === 0).map(whyItStays);
  if (dryRun) return { rows: going.length, stays };
  await deleteAddressRows(tx, hash, session);
  await forgetLocks(tx, `deals ${hash}`);
  await deleteMandatesOf(tx, hash);
  for (const { table, id } of going) {
    if (table === "customer_people") await forgetCustomer(tx, id);
    if (table === "people")
      await emptyAddress(tx, "people", {
        id,
        hash: `erased ${id}`,
        sealed: sealText("erased", Buffer.from(id), deps.hashes.mailAddressKey),
      });
    if (table === "deals")
      await emptyAddress(tx, "deals", {
        id,
        hash: `erased ${id}`,
        sealed: sealText("erased", Buffer.from(`deal ${id}`), deps.hashes.dealKey),
      });
  }
  return { rows: going.length, stays };
}

function whyItStays({ table, id, detail, partner }: AddressRow): string {
  if (table === "partners")
    return `It is the address that partner ${id} gave as its own: change it with partner edit ${id} --email, and erase again.`;
  const side = partner === null ? "the vendor" : partner;
  return `Who has this address signs in as ${detail} of ${side}: end that with person remove ${id}, and erase again.`;
}
