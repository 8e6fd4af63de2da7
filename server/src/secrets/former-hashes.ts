import type { Store, Tx } from "../store/store.ts";
import { mailboxOf } from "../words/email-alias.ts";
import { normalizeEmail } from "./create-hashes.ts";
import type { Hashes } from "./hashes.ts";
import { readSerial } from "./read-serial.ts";
import { isFormer, renameBuyer, renameHash, takeFormer } from "./rows/former-hashes.ts";
import type { FormerHash } from "./rows/keyed-columns.ts";

export type { FormerHash } from "./rows/keyed-columns.ts";

type Made = Pick<Hashes, "former" | "licence" | "looseLicence" | "serial">;

/** What a licence may be kept by since before the pepper changed, as a licence and as a serial. Nothing without a former pepper. */
export function formerOfLicence(hashes: Made, text: string): FormerHash[] {
  const { former } = hashes;
  if (former === undefined) return [];
  return [
    { kind: "licence", from: former.licence(text), to: hashes.licence(text) },
    { kind: "licence", from: former.looseLicence(text), to: hashes.looseLicence(text) },
    ...formerOfSerial(hashes, text),
  ];
}

/** The same of a serial or an open number. */
export function formerOfSerial(hashes: Pick<Hashes, "former" | "serial">, text: string): FormerHash[] {
  const { former } = hashes;
  if (former === undefined) return [];
  const [before, now] = [readSerial(former, text), readSerial(hashes, text)];
  const pairs = [
    [before?.hash, now?.hash],
    [before?.openHash, now?.openHash],
  ];
  const serials = pairs.flatMap(([from, to]) =>
    typeof from === "string" && typeof to === "string" ? [{ kind: "serial" as const, from, to }] : [],
  );
  return [...new Map(serials.map((one) => [one.from, one])).values()];
}

/** The same of an address, of the mailbox it leads to, and of its domain and that one's site. */
export function formerOfEmail(hashes: Hashes, address: string): FormerHash[] {
  const { former } = hashes;
  if (former === undefined) return [];
  const normal = normalizeEmail(address);
  const mailbox = normal.includes("@") ? mailboxOf(normal) : normal;
  const addresses = [...new Set([normal, mailbox])].map((one) => ({
    kind: "email" as const,
    from: former.email(one),
    to: hashes.email(one),
    buyer: {
      domain: hashes.emailDomain(one),
      alias: hashes.emailAlias(one),
      site: hashes.emailSite(one),
    },
  }));
  const domains = [
    [former.emailDomain(normal), hashes.emailDomain(normal)],
    [former.emailSite(normal), hashes.emailSite(normal)],
  ].flatMap(([from, to]) =>
    typeof from === "string" && typeof to === "string" ? [{ kind: "domain" as const, from, to }] : [],
  );
  return [...addresses, ...domains];
}

/** The same of a voucher's code. */
export const formerOfVoucher = (hashes: Pick<Hashes, "former" | "voucher">, code: string): FormerHash[] =>
  hashes.former === undefined
    ? []
    : [{ kind: "voucher", from: hashes.former.voucher(code), to: hashes.voucher(code) }];

/**
 * Gives what is kept under hashes of the former pepper the hashes that stand for it now, in a transaction that goes on to
 * look for it: whatever is asked afterwards finds old and new alike, and what may be there once is there once. Costs nothing
 * where there is no former pepper, and a look-up a hash where there is one.
 */
export async function adoptHashes(tx: Tx, met: readonly FormerHash[] | undefined): Promise<void> {
  for (const one of met ?? []) {
    // The row goes first: who adopts the same at the same time waits for it, and then finds it done.
    if (!(await takeFormer(tx, one))) continue;
    if (one.kind === "email") await renameBuyer(tx, one);
    await renameHash(tx, one);
  }
}

/** The same in a transaction of its own, for those who only read afterwards. Writes nothing where nothing is former. */
export async function adoptNow({ store }: { store: Store }, met: readonly FormerHash[]): Promise<void> {
  if (met.length === 0) return;
  const known = await store.read(async (tx) => {
    for (const one of met) if (await isFormer(tx, one)) return true;
    return false;
  });
  if (known) await store.write((tx) => adoptHashes(tx, met));
}
