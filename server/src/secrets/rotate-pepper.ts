import { forgetLocks } from "../store/locks.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import { adoptHashes, type FormerHash, formerOfEmail, formerOfSerial } from "./former-hashes.ts";
import type { Hashes } from "./hashes.ts";
import { deleteBegunSignIns, type PepperRow } from "./rows/peppers.ts";
import { listOpenClaims, noteAllHashes, noteFormer, renameDomains, replacePepper } from "./rows/rotation.ts";
import { listSealedKeys, sealedRowsOf } from "./rows/sealed-rows.ts";
import { openSealed, sealText } from "./seal.ts";
import { type SealedColumn, sealedColumns } from "./sealed-columns.ts";

/**
 * Puts another pepper in force, in one transaction: what is sealed is sealed anew, hashes whose text is sealed beside them
 * are made anew, and all others are noted, each to be made anew when its text is seen again. Codes of sign-ins that have
 * begun are worth nothing afterwards.
 *
 * @param hashes those of the new pepper, with `former` of the one in force
 * @returns how many rows were sealed anew
 */
export async function rotatePepper(
  tx: Tx,
  { before, hashes, now }: { before: PepperRow; hashes: Hashes; now: Instant },
): Promise<number> {
  const { former } = hashes;
  if (former === undefined) throw new Error("a rotation needs the former pepper");
  await replacePepper(tx, { before, next: hashes.pepperId, now });
  await noteAllHashes(tx);
  await noteClaims(tx);
  await deleteBegunSignIns(tx);
  // Each names a customer by its hash.
  await forgetLocks(tx, "deals %");
  const met: FormerHash[] = [];
  let sealed = 0;
  for (const column of sealedColumns) sealed += await sealAnew(tx, column, { hashes, former, met });
  await adoptHashes(tx, met);
  await renameDomains(
    tx,
    met.filter(({ kind }) => kind === "domain"),
  );
  return sealed;
}

interface Peppers {
  hashes: Hashes;
  former: Hashes;
  /** Texts that were seen: customers of deals and serials of pools. */
  met: FormerHash[];
}

async function sealAnew(tx: Tx, column: SealedColumn, { hashes, former, met }: Peppers): Promise<number> {
  const writes = new Map<string, ReturnType<typeof sealedRowsOf>["write"]>();
  const keys = await listSealedKeys(tx, column);
  const { read } = sealedRowsOf(column, [column.column]);
  for (const key of keys) {
    const row = await read(tx, key);
    if (row === undefined) continue;
    const text = openSealed(row[column.column] as Uint8Array, column.row(row), column.with(former));
    const hashed = column.hashed?.(hashes, text, row) ?? {};
    const values = {
      ...hashed,
      [column.column]: sealText(text, column.row({ ...row, ...hashed }), column.with(hashes)),
    };
    const changed = Object.keys(values);
    const write = writes.get(changed.join()) ?? sealedRowsOf(column, changed).write;
    writes.set(changed.join(), write);
    await write(tx, key, values);
    if (column.table === "pooled_serials") met.push(...formerOfSerial(hashes, text));
    if (column.table === "deals") met.push(...formerOfEmail(hashes, text.includes("@") ? text : `@${text}`));
  }
  return keys.length;
}

/** The hashes that are in the documents of what nobody has ruled on. */
async function noteClaims(tx: Tx): Promise<void> {
  for (const { claim } of await listOpenClaims(tx)) {
    const { serial } = JSON.parse(claim) as {
      serial: { hashes: string[]; licence: { exact: string; loose: string } } | null;
    };
    if (serial === null) continue;
    for (const hash of serial.hashes) await noteFormer(tx, { kind: "serial", hash });
    for (const hash of Object.values(serial.licence)) await noteFormer(tx, { kind: "licence", hash });
  }
}
