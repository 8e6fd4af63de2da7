import type { Deps } from "../deps/deps.ts";
import type { DecidedOrder } from "../orders/decide/decide-order.ts";
import { decideWaitingOrders } from "../orders/decide/decide-waiting-orders.ts";
import { reportOrder } from "../orders/decide/report-order.ts";
import { lockLicence } from "../orders/record/order-names.ts";
import { walkUnattributedLicences } from "../orders/rows/order-lists.ts";
import { findOrdersOfLicence } from "../orders/rows/orders.ts";
import { startOfLicenceHash } from "../secrets/create-hashes.ts";
import type { Store, Tx } from "../store/store.ts";
import { as, type LicenceHash, type OrderKey, type SerialHash } from "../words/ids.ts";
import type { NormalSerial } from "../words/serial-text.ts";
import { insertSerialActivation } from "./rows/activations.ts";
import { findSerial } from "./rows/serials.ts";
import type { FileSerial } from "./serial-file.ts";

/** A serial of the file that an order named as its licence before anybody knew it. */
interface SoldBefore {
  licence: LicenceHash;
  serial: SerialHash;
}

/** Serials of an import that were sold before it. */
export interface SoldBeforeImport {
  /** Looks through serials of the file. */
  look(serials: readonly FileSerial[]): void;
  /** Decides their orders, once the serials are stored; returns how many have a new decision. */
  decide(): Promise<number>;
}

/**
 * Finds the serials that orders named before they were imported, and decides those orders anew. Orders keep nothing of
 * a licence but its hash, so each serial of the file is hashed as a licence too, twice: a microsecond
 * each, and only while there are orders that nobody was credited for. Of each such order the start of its hash is held
 * in memory. That two starts agree by chance costs a look-up.
 */
export async function openSoldBefore(
  deps: Pick<Deps, "store" | "config" | "ways" | "clock" | "hashes" | "log">,
): Promise<SoldBeforeImport> {
  const { store, hashes } = deps;
  const { former } = hashes;
  const waiting = await waitingLicences(store);
  const found = new Map<LicenceHash, SoldBefore>();
  const keep = (licence: LicenceHash, serial: NormalSerial) =>
    found.set(licence, { licence, serial: hashes.serial(serial) });
  return {
    look: (serials) => {
      if (waiting.size === 0) return;
      for (const { text, serial } of serials) {
        // Loose ones first; the exact text for products that want it, and for orders from before there were loose ones.
        if (waiting.has(hashes.looseLicenceStart(text))) keep(hashes.looseLicence(text), serial);
        if (waiting.has(hashes.licenceStart(text))) keep(hashes.licence(text), serial);
        // And as both were before the pepper changed.
        if (former === undefined) continue;
        if (waiting.has(former.looseLicenceStart(text))) keep(former.looseLicence(text), serial);
        if (waiting.has(former.licenceStart(text))) keep(former.licence(text), serial);
      }
    },
    decide: () => decideAll(deps, [...found.values()]),
  };
}

async function waitingLicences(store: Store): Promise<Set<number>> {
  const licences = new Set<number>();
  for (let after: OrderKey = as.order(""); ; ) {
    const from = after;
    const page = await store.read((tx) => walkUnattributedLicences(tx, { after: from, limit: 1_000 }));
    const last = page.at(-1);
    if (last === undefined) return licences;
    after = last.order_key;
    for (const { licence_hash } of page)
      if (licence_hash !== null) licences.add(startOfLicenceHash(licence_hash));
  }
}

const licencesPerWrite = 20;

/** Always in the order of the licences' hashes, so that no two transactions wait for each other crosswise. */
async function decideAll(
  { store, config, ways, clock, log }: Pick<Deps, "store" | "config" | "ways" | "clock" | "log">,
  found: readonly SoldBefore[],
): Promise<number> {
  const sorted = found.toSorted((a, b) => (a.licence < b.licence ? -1 : 1));
  let decided = 0;
  for (let at = 0; at < sorted.length; at += licencesPerWrite) {
    const results = await store.write(async (tx) => {
      const orders: DecidedOrder[] = [];
      for (const one of sorted.slice(at, at + licencesPerWrite)) orders.push(...(await decideOne(tx, one)));
      return orders;
    });
    for (const one of results) reportOrder(log, one);
    decided += results.filter(({ decision }) => decision !== undefined).length;
  }
  return decided;

  async function decideOne(tx: Tx, { licence, serial }: SoldBefore): Promise<DecidedOrder[]> {
    await lockLicence(tx, licence, as.order(""));
    const orders = await findOrdersOfLicence(tx, licence);
    const stored = await findSerial(tx, serial);
    const [first] = orders.toSorted((a, b) => a.received_at - b.received_at);
    if (stored === undefined || first === undefined) return [];
    // The same link that a sale keeps whose serial is known.
    await insertSerialActivation(tx, {
      licence_hash: licence,
      product: stored.product,
      via: "order",
      serial_hash: serial,
      batch_no: stored.batch_no,
      open_number: stored.open_number,
      activated_at: first.received_at,
    });
    return decideWaitingOrders(tx, { config, ways }, { licence, product: stored.product }, clock());
  }
}
