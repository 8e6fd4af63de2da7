import { basisPointsOf, hashesOf } from "../channel/partner-row.ts";
import { findPartner, insertPartner, markPartnerEnded } from "../channel/rows/partners.ts";
import type { Deps } from "../deps/deps.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import { as, type PartnerId } from "../words/ids.ts";
import type { ImportRecord, PartnerName } from "./import-record.ts";
import type { Mapping } from "./mapping.ts";

type World = Pick<Deps, "hashes" | "config">;

/** Whom a programme's name for a partner means, and by which names. */
interface Naming {
  programme: string;
  partner: PartnerName;
}

/** The names by which a partner is known in a programme: its id there, and its address as a keyed hash. */
export const namesOf = ({ hashes }: World, { sourceId, email }: PartnerName): string[] => [
  ...(sourceId === undefined ? [] : [`id:${sourceId.slice(0, 200)}`]),
  ...(email === undefined ? [] : [`email:${hashes.email(email)}`]),
];

/** The partner here that a programme's partner is by the mapping. */
export function toldPartner(
  { partners }: Pick<Mapping, "partners">,
  { sourceId, email }: PartnerName,
): PartnerId | undefined {
  const [told] = [sourceId, email].flatMap((name) =>
    name === undefined || !Object.hasOwn(partners, name) ? [] : (partners[name] ?? []),
  );
  return told === undefined ? undefined : as.partner(told);
}

/** An id that no partner has, made of its name: `north-shop`, and `north-shop-2` where that is another's. */
export async function freePartnerId(
  tx: Tx,
  { programme, partner }: Naming,
  taken: ReadonlySet<string>,
): Promise<PartnerId> {
  const base = idOf(partner.name) ?? idOf(`${programme}-${partner.sourceId ?? "partner"}`) ?? programme;
  for (let number = 1; ; number++) {
    const id = as.partner(number === 1 ? base : `${base}-${number}`);
    if (!taken.has(id) && (await findPartner(tx, id)) === undefined) return id;
  }
}

/** Letters that have no other form to be written in by their base letter. */
const plainLetters: Readonly<Record<string, string>> = {
  ø: "o",
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ł: "l",
  đ: "d",
  ı: "i",
};

function idOf(text: string | undefined): string | undefined {
  const id = (text ?? "")
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[øßæœłđı]/g, (letter) => plainLetters[letter] ?? "")
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 56)
    .replace(/^-+|-+$/g, "");
  return id === "" ? undefined : id;
}

/** Adds a programme's partner, at the percentage it had there where the export says one. */
export async function addImportedPartner(
  tx: Tx,
  world: World,
  id: PartnerId,
  { partner, percent }: Pick<ImportRecord, "partner" | "percent">,
  now: Instant,
): Promise<void> {
  const isPercent = percent !== undefined && percent >= 0 && percent <= 100;
  const added = await insertPartner(tx, {
    id,
    name: (partner.name ?? id).replace(/\p{Cc}/gu, " ").slice(0, 200),
    kind: "affiliate",
    percent_bp: isPercent ? basisPointsOf(percent) : world.config.defaultRateBp,
    ...hashesOf(world, partner.email),
    status: "active",
    created_at: now,
    ended_at: null,
  });
  if (!added) throw new Error("an id that nobody had was taken within its transaction");
}

/** Notes that a partner has ended in its programme. */
export const endImportedPartner = (tx: Tx, id: PartnerId, now: Instant): Promise<boolean> =>
  markPartnerEnded(tx, { id, ended_at: now });
