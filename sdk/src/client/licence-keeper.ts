import type { Documents } from "../documents/documents.ts";
import { type Licence, type LicenceFault, licenceFault, readLicence } from "../renewal/licence.ts";
import { attempt } from "../runtime/attempt.ts";
import type { LastSeen } from "./last-seen.ts";

/** What setting a licence came to. */
export type LicenceResult =
  /** `stored_unsaved`: it could not be written and counts for this process. */
  | { code: "stored" | "unchanged" | "stored_unsaved" }
  /** Nothing was changed. `member` is the first one that is wrong; `licence` when it is no object. */
  | { code: "licence_refused"; member: LicenceFault };

/** Keeps the licence the product told. */
export interface LicenceKeeper {
  get(): Licence | null;
  set(licence: Licence): LicenceResult;
}

/** Another process of the product may set the licence: the file is looked at again after this time. */
const rereadMs = 1000;

/** Keeps the licence in its document, and for a moment in memory: links are made from it by the thousand. */
export function createLicenceKeeper(
  documents: Documents,
  lastSeen: LastSeen,
  now: () => number,
): LicenceKeeper {
  let known: Licence | null = null;
  let readAt: number | undefined;

  function get(): Licence | null {
    const current = now();
    if (readAt !== undefined && current >= readAt && current - readAt < rereadMs) return known;
    const stored = documents.readJson("licence", readLicence) ?? null;
    if (JSON.stringify(stored) !== JSON.stringify(known)) known = stored;
    readAt = current;
    return known;
  }

  return {
    get,
    set(given) {
      const licence = attempt(() => readLicence(given), undefined);
      if (licence === undefined) {
        return {
          code: "licence_refused",
          member: attempt(() => licenceFault(given), undefined) ?? "licence",
        };
      }
      const before = get();
      if (JSON.stringify(before) === JSON.stringify(licence)) return { code: "unchanged" };
      if (before?.id !== licence.id || before.expiresAt !== licence.expiresAt) lastSeen.reset();
      known = licence;
      return { code: documents.writeJson("licence", licence) ? "stored" : "stored_unsaved" };
    },
  };
}
