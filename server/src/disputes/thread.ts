import { currentDeed } from "../deps/actor.ts";
import type { Hashes } from "../secrets/hashes.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import { Refusal } from "../words/refusal.ts";
import { type EvidenceFile, readFile, type SentFile, sealFile } from "./evidence-file.ts";
import { changeDispute } from "./rows/disputes.ts";
import { insertEntry } from "./rows/entries.ts";
import type { DisputeEntryRow, DisputeRow } from "./rows/schema.ts";

/** How long a text in a thread may be. */
export const longestText = 4_000;

/** More entries than any honest thread has. */
const mostEntries = 200;

/** What is added to a thread. */
export interface NewEntry {
  author: DisputeEntryRow["author"];
  kind: DisputeEntryRow["kind"];
  text: string | null;
  file?: SentFile | undefined;
}

/** A text as it is kept: lines may be broken. @throws {Refusal} `request_invalid` */
export function fitText(text: string): string {
  const trimmed = text.replaceAll("\r\n", "\n").trim();
  const isFit = trimmed !== "" && trimmed.length <= longestText && trimmed.isWellFormed();
  if (!isFit || /[^\P{Cc}\n\t]/u.test(trimmed))
    throw new Refusal("request_invalid", `Expected a text of 1 to ${longestText} characters.`, {
      field: "text",
    });
  return trimmed;
}

/**
 * Adds an entry to a dispute that the caller holds locked, with what else changes of the dispute.
 *
 * @throws {Refusal} `dispute_file_refused`, `too_many_requests`
 */
export async function appendEntry(
  tx: Tx,
  { hashes }: { hashes: Hashes },
  dispute: DisputeRow,
  { author, kind, text, file }: NewEntry,
  now: Instant,
  change: Partial<Omit<DisputeRow, "id" | "entries">> = {},
): Promise<DisputeRow> {
  if (dispute.entries >= mostEntries && author === "partner")
    throw new Refusal("too_many_requests", `A thread has ${mostEntries} entries at the most.`);
  const seq = dispute.entries + 1;
  const fit = file === undefined ? undefined : readFile(file);
  await insertEntry(tx, {
    dispute_id: dispute.id,
    seq,
    author,
    kind,
    text,
    ...fileColumns(fit, { dispute: dispute.id, seq }, hashes),
    actor: currentDeed()?.actor ?? null,
    at: now,
  });
  const changed = { ...dispute, ...change, entries: seq };
  await changeDispute(tx, changed);
  return changed;
}

const fileColumns = (
  file: EvidenceFile | undefined,
  of: { dispute: string; seq: number },
  hashes: Hashes,
): Pick<DisputeEntryRow, "file_name" | "file_type" | "file_bytes" | "file"> =>
  file === undefined
    ? { file_name: null, file_type: null, file_bytes: null, file: null }
    : {
        file_name: file.name,
        file_type: file.type,
        file_bytes: file.bytes.length,
        file: sealFile(file, of, hashes),
      };
