import { timingSafeEqual } from "node:crypto";
import type { Deps } from "../deps/deps.ts";
import { findPerson, updateDigest } from "../people/rows/people.ts";
import { as, type PersonId } from "../words/ids.ts";

type Needs = Pick<Deps, "config" | "hashes">;

const signatureOf = ({ hashes }: Pick<Needs, "hashes">, person: string): string =>
  hashes.signIn(`stop ${person}`);

/** The address by which one person ends its summaries: without a sign-in, as RFC 8058 wants it. */
export const stopUrl = ({ config, hashes }: Needs, person: PersonId): string =>
  `${config.issuer}/mail/stop/${person}.${signatureOf({ hashes }, person)}`;

/** Whose summaries a link ends; undefined when it was not made here. */
export function readStopLink({ hashes }: Pick<Needs, "hashes">, text: string): PersonId | undefined {
  const [, person, signature] = /^(pe_[a-z0-9]{25})\.([\w-]{43})$/.exec(text) ?? [];
  if (person === undefined || signature === undefined) return undefined;
  // Mail outlives a rotation of the pepper.
  const isOurs = [hashes, hashes.former].some(
    (made) =>
      made !== undefined &&
      timingSafeEqual(Buffer.from(signature), Buffer.from(signatureOf({ hashes: made }, person))),
  );
  return isOurs ? as.person(person) : undefined;
}

/** Ends a person's summaries. */
export const stopDigests = ({ store }: Pick<Deps, "store">, id: PersonId): Promise<number> =>
  store.write((tx) => updateDigest(tx, { id, digest: "never" }));

/** Whether a person acts for the vendor: then it finds its choice in the console. */
export const actsForVendor = ({ store }: Pick<Deps, "store">, id: PersonId): Promise<boolean> =>
  store.read(async (tx) => (await findPerson(tx, id))?.partner_id === null);
