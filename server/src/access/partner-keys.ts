import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { crc32 } from "node:zlib";
import { requirePartner, requireTradingPartner } from "../channel/active-partner.ts";
import type { Deps } from "../deps/deps.ts";
import type { KeyHolder } from "../http/app-env.ts";
import { type Instant, instant, isoTime } from "../words/clock.ts";
import { as, type PartnerId } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import { type KeyScope, keyScopes, scopesOf } from "./key-scopes.ts";
import {
  findPartnerKey,
  insertPartnerKey,
  listPartnerKeyRows,
  markPartnerKeyRevoked,
  markPartnerKeyUsed,
} from "./rows/partner-keys.ts";
import type { PartnerKeyRow } from "./rows/schema.ts";

/** A partner's API key as it is listed. */
export interface PartnerKey {
  id: string;
  partner: PartnerId;
  name: string | null;
  status: "active" | "revoked";
  /** ISO 8601 in UTC. */
  createdAt: string;
  revokedAt: string | null;
  /** The day in UTC on which it was last used, YYYY-MM-DD. */
  lastUsedOn: string | null;
  /** What it may be used for; null is everything. */
  scopes: KeyScope[] | null;
}

/** A key as it is issued: the only time it is shown. */
export type IssuedPartnerKey = PartnerKey & { key: string };

/** Who presents a key, with what the key may be used for. */
type ScopedHolder = KeyHolder & { scopes: readonly KeyScope[] | null };

/** Crockford's base 32: no letter is taken for a digit, and a double click selects all of it. */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
const keyPattern = /^tsp_([0-9a-hjkmnp-tv-z]{32})([0-9a-hjkmnp-tv-z]{7})$/;
const dayMilliseconds = 86_400_000;

/**
 * Issues an API key: `tsp_`, 160 random bits and a checksum, so that scanners for leaked secrets know one when they
 * see it. Only its hash is kept.
 *
 * @throws {Refusal} `partner_unknown`, `partner_ended`, `request_invalid`
 */
export async function issuePartnerKey(
  deps: Deps,
  {
    partner,
    name,
    scopes,
  }: { partner: string; name?: string | undefined; scopes?: readonly KeyScope[] | undefined },
): Promise<IssuedPartnerKey> {
  if (name !== undefined && !/^[^\p{Cc}\p{Cs}]{1,64}$/u.test(name))
    throw new Refusal("request_invalid", "A key's name has 1 to 64 characters on one line.");
  const key = makeKey();
  const row: PartnerKeyRow = {
    id: idOf(key),
    secret_hash: hashOf(key).toString("hex"),
    partner_id: as.partner(partner),
    name: name ?? null,
    created_at: deps.clock(),
    revoked_at: null,
    last_used_at: null,
    scopes: scopes === undefined ? null : keyScopes.filter((one) => scopes.includes(one)).join(" "),
  };
  await deps.store.write(async (tx) => {
    await requireTradingPartner(tx, partner);
    await insertPartnerKey(tx, row);
  });
  return { ...keyOf(row), key };
}

/**
 * A partner's keys, the newest first.
 *
 * @throws {Refusal} `partner_unknown`
 */
export async function listPartnerKeys(deps: Pick<Deps, "store">, partner: string): Promise<PartnerKey[]> {
  const rows = await deps.store.read(async (tx) => {
    const { id } = await requirePartner(tx, partner);
    return listPartnerKeyRows(tx, id);
  });
  return rows.map(keyOf);
}

/**
 * Revokes a key, and with it the form links that were made with it. One that is revoked already stays as it is.
 *
 * @throws {Refusal} `key_unknown`
 */
export async function revokePartnerKey(deps: Pick<Deps, "store" | "clock">, id: string): Promise<PartnerKey> {
  const row = await deps.store.write(async (tx) => {
    await markPartnerKeyRevoked(tx, { id, revoked_at: deps.clock() });
    const found = await findPartnerKey(tx, id);
    if (found === undefined) throw new Refusal("key_unknown", `There is no partner key ${id}.`);
    return found;
  });
  return keyOf(row);
}

/**
 * Tells who presents a key; nobody when it is malformed, unknown, revoked, or its partner's agreement has ended. The
 * checksum turns away what was mistyped or made up, before the database is asked. The day of use is noted once a day.
 */
export async function authenticatePartner(
  deps: Pick<Deps, "store" | "clock">,
  presented: string,
): Promise<ScopedHolder | undefined> {
  if (!isWellFormed(presented)) return undefined;
  const id = idOf(presented);
  const row = await deps.store.read((tx) => findPartnerKey(tx, id));
  if (row === undefined || !timingSafeEqual(hashOf(presented), Buffer.from(row.secret_hash, "hex")))
    return undefined;
  if (row.revoked_at !== null || row.partner_status !== "active") return undefined;
  const day = dayOf(deps.clock());
  if (row.last_used_at === null || row.last_used_at < day)
    await deps.store.write((tx) => markPartnerKeyUsed(tx, { id, day }));
  return { partner: row.partner_id, partnerName: row.partner_name, keyId: id, scopes: scopesOf(row.scopes) };
}

function makeKey(): string {
  const secret = [...randomBytes(32)].map((byte) => alphabet[byte % 32]).join("");
  return `tsp_${secret}${checksumOf(secret)}`;
}

function isWellFormed(key: string): boolean {
  const [, secret, checksum] = keyPattern.exec(key) ?? [];
  return secret !== undefined && checksumOf(secret) === checksum;
}

/** CRC-32 in seven digits of base 32: it keeps out accidents, not forgers. */
function checksumOf(secret: string): string {
  const sum = crc32(`tsp_${secret}`);
  return Array.from({ length: 7 }, (_, at) => alphabet[Math.floor(sum / 32 ** (6 - at)) % 32]).join("");
}

const hashOf = (key: string): Buffer => createHash("sha256").update(key).digest();

const idOf = (key: string): string => `pk_${hashOf(key).toString("hex", 0, 8)}`;

const dayOf = (at: Instant): Instant => instant(at - (at % dayMilliseconds));

function keyOf(row: PartnerKeyRow): PartnerKey {
  return {
    id: row.id,
    partner: row.partner_id,
    name: row.name,
    status: row.revoked_at === null ? "active" : "revoked",
    createdAt: isoTime(row.created_at),
    revokedAt: row.revoked_at === null ? null : isoTime(row.revoked_at),
    lastUsedOn: row.last_used_at === null ? null : isoTime(row.last_used_at).slice(0, 10),
    scopes: scopesOf(row.scopes),
  };
}
