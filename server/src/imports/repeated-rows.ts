import { createHash } from "node:crypto";
import { readFlatRows } from "./flat-row.ts";
import { type ImportRecord, readRecord } from "./import-record.ts";
import type { Mapping } from "./mapping.ts";

/** Why a row does not count: another one with its id comes later and says something else. */
export type RepeatedRow = (record: ImportRecord) => string | undefined;

/**
 * Finds the ids that stand in the files more than once and say something else each time: the last one counts. Were each
 * taken in turn, an import that is repeated would change them to and fro.
 */
export async function findRepeatedRows(files: readonly string[], mapping: Mapping): Promise<RepeatedRow> {
  const each = mapping.kinds.flatMap((kind) => kind.each ?? []);
  const last = new Map<string, { said: string; file: string; row: number }>();
  const repeated = new Set<string>();
  for (const file of files)
    for await (const row of readFlatRows(file, each)) {
      const record = readRecord(row, mapping);
      if (record === undefined || "problem" in record) continue;
      const [key, said] = [keyOf(record), saidBy(record)];
      const before = last.get(key);
      if (before !== undefined && before.said !== said) repeated.add(key);
      last.set(key, { said, file: row.file, row: row.row });
    }
  for (const key of last.keys()) if (!repeated.has(key)) last.delete(key);
  return (record) => {
    const found = last.get(keyOf(record));
    return found === undefined || found.said === saidBy(record)
      ? undefined
      : `has an id that stands again in ${found.file}, row ${found.row}, which says otherwise and counts`;
  };
}

const keyOf = ({ kind, sourceId }: ImportRecord): string => `${kind} ${sourceId}`;

/** Short, since there may be a million of them. */
const saidBy = (record: ImportRecord): string =>
  createHash("sha256").update(JSON.stringify(record)).digest("base64").slice(0, 22);
