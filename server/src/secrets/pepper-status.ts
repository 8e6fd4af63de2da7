import type { Store } from "../store/store.ts";
import { isoTime } from "../words/clock.ts";
import type { Hashes } from "./hashes.ts";
import { findPepper } from "./rows/peppers.ts";
import { countFormer, dropOrphans, listFormerPeppers } from "./rows/rotation.ts";

/** What still hangs on the former pepper, by kind of text. */
export interface FormerCounts {
  licences: number;
  addresses: number;
  domains: number;
  /** Of activations, vouchers and conflicts. */
  serials: number;
  /** Serials in batches. */
  batchSerials: number;
  vouchers: number;
}

/** Where a rotation of the pepper stands. Times are ISO 8601 in UTC. */
export interface PepperStatus {
  /** Names the pepper in force: it is no secret. */
  pepper: string;
  since: string | null;
  /** The one before; null where there was no rotation. */
  former: { pepper: string; until: string; configured: boolean } | null;
  left: FormerCounts;
  /** All of them together: at 0 the former pepper is needed no more. */
  leftInAll: number;
}

/** How many hashes were made with the former pepper, after taking off the list what stands nowhere any more. */
export async function pepperStatus({
  store,
  hashes,
}: {
  store: Store;
  hashes: Pick<Hashes, "pepperId" | "former">;
}): Promise<PepperStatus> {
  const listed = await countLeft(store);
  const left =
    inAll(listed) === 0
      ? listed
      : await store.write(async (tx) => {
          await dropOrphans(tx);
          return countsOf(await countFormer(tx));
        });
  const { inForce, before } = await store.read(async (tx) => ({
    inForce: await findPepper(tx),
    before: (await listFormerPeppers(tx)).find(({ pepper_id }) => pepper_id !== hashes.pepperId),
  }));
  return {
    pepper: hashes.pepperId,
    since: inForce === undefined ? null : isoTime(inForce.since),
    former:
      before === undefined
        ? null
        : {
            pepper: before.pepper_id,
            until: isoTime(before.until),
            configured: hashes.former?.pepperId === before.pepper_id,
          },
    left,
    leftInAll: inAll(left),
  };
}

const inAll = (left: FormerCounts): number => Object.values(left).reduce((sum, one) => sum + one, 0);

/** The same counts without looking for what stands nowhere any more: for metrics. */
export const countLeft = async (store: Pick<Store, "read">): Promise<FormerCounts> =>
  countsOf(await store.read((tx) => countFormer(tx)));

function countsOf(rows: Awaited<ReturnType<typeof countFormer>>): FormerCounts {
  const of = (kind: (typeof rows)[number]["kind"]) =>
    Number(rows.find((row) => row.kind === kind)?.hashes ?? 0);
  return {
    licences: of("licence"),
    addresses: of("email"),
    domains: of("domain"),
    serials: of("serial"),
    batchSerials: of("serial in a batch"),
    vouchers: of("voucher"),
  };
}
