import { requireSoldProduct } from "../config/sold-product.ts";
import type { Deps } from "../deps/deps.ts";
import { decideWaitingOrders } from "../orders/decide/decide-waiting-orders.ts";
import { reportOrder } from "../orders/decide/report-order.ts";
import { keptLicence } from "../orders/record/kept-licence.ts";
import { lockLicence } from "../orders/record/order-names.ts";
import { adoptNow, formerOfLicence } from "../secrets/former-hashes.ts";
import { spellLicence } from "../secrets/licence-spelling.ts";
import { readSerial } from "../secrets/read-serial.ts";
import { assignmentInForce } from "../serials/assignment.ts";
import {
  findStandingActivations,
  insertSerialActivation,
  insertSerialConflict,
} from "../serials/rows/activations.ts";
import { findAssignmentsOfSerial } from "../serials/rows/assignments.ts";
import { findSerialRange } from "../serials/rows/ranges.ts";
import type { SerialActivationRow } from "../serials/rows/schema.ts";
import { findSerial } from "../serials/rows/serials.ts";
import type { Tx } from "../store/store.ts";
import { type StandingTokenOrder, standingToken } from "../tokens/standing-tokens.ts";
import { sellerOfSerial } from "../vouchers/sold-serial.ts";
import { type Instant, isoTime } from "../words/clock.ts";
import { as, type LicenceHash, type PartnerId, type ProductId, type SerialHash } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import { noteTerm } from "./told-terms.ts";

/** What the SDK sends: the copy was activated with this serial. */
export interface SerialRegistrationInput {
  product: string;
  serial: string;
  /** What the product calls its licence; the serial itself by default. */
  licence?: string | undefined;
  /** When the licence ends, as the copy says; it may keep that to itself. */
  expiresAt?: Instant | undefined;
}

/** The binding that stands, whoever asked. */
export interface SerialRegistrationResult {
  product: string;
  /** Null while the serial's batch is not assigned to anybody. */
  partner: string | null;
  /** `unassigned`: the activation was noted, and counts for whoever the batch is assigned to later. */
  status: "bound" | "already_bound" | "conflict" | "unassigned";
  /** ISO 8601, UTC. */
  boundAt: string;
  /** The partner's token for the copy to keep. Not in a conflict, nor when there is no partner. */
  token?: string;
}

/** A serial that may be activated, with its place in its batch. */
interface GoodSerial {
  hash: SerialHash;
  open: number | null;
  batch_no: number;
  batch: string;
}

interface Activated {
  status: "bound" | "already_bound" | "conflict";
  /** The activation that stands. */
  standing: Omit<SerialActivationRow, "seal">;
  partner: PartnerId | undefined;
}

/**
 * Activates a copy with a serial: the first licence that a serial is seen with keeps it, and the first serial of a
 * licence. Orders of the licence that nobody was credited for are decided anew.
 *
 * @throws {Refusal} `product_unknown`; `serial_unknown` for whatever is no serial of the product, without saying more
 */
export async function registerSerial(
  deps: Deps,
  input: SerialRegistrationInput,
): Promise<SerialRegistrationResult> {
  const { id: product, licence: kind } = requireSoldProduct(deps.config, input.product);
  const spelling = spellLicence(deps.hashes, input.licence ?? input.serial, kind);
  const now = deps.clock();
  for (const text of new Set([input.serial, input.licence ?? input.serial]))
    await adoptNow(deps, formerOfLicence(deps.hashes, text));
  const serial = await deps.store.read((tx) => findGoodSerial(tx, deps, { product, text: input.serial }));
  if (serial === undefined) throw new Refusal("serial_unknown", "This is no serial of the product.");
  const { activated, decided } = await deps.store.write(async (tx) => {
    const { licence, joined } = await keptLicence(tx, deps, spelling);
    await lockLicence(tx, licence, as.order(""));
    const activated = await activate(
      tx,
      { serial, licence, product, isNamed: input.licence !== undefined },
      now,
    );
    const late = { licence, product };
    const { expiresAt } = input;
    if (expiresAt !== undefined && activated.status !== "conflict" && activated.partner !== undefined)
      await noteTerm(tx, { ...late, partner: activated.partner, expiresAt }, now);
    const isNews = joined || activated.status === "bound";
    const decided = isNews ? await decideWaitingOrders(tx, deps, late, now) : [];
    return { activated, decided };
  });
  const { status, partner, standing } = activated;
  // A voucher says who sold this very copy; a batch only to whom it was given.
  const seller = status === "conflict" ? undefined : await sellerOfSerial(deps, serial.hash);
  const told = { product, partner: seller?.partner ?? partner ?? null };
  if (status === "bound") deps.log.info("registration.bound", told);
  if (status === "conflict") deps.log.warn("registration.conflict", told);
  for (const one of decided) reportOrder(deps.log, one);
  const boundAt = isoTime(standing.activated_at);
  if (status === "conflict") return { ...told, status, boundAt };
  if (seller !== undefined) return { product, ...seller, status, boundAt };
  if (partner === undefined) return { product, partner: null, status: "unassigned", boundAt };
  const token = await tokenOf(deps, { batch: serial.batch, product, partner });
  return { product, partner, status, boundAt, ...(token === undefined ? {} : { token }) };
}

/** A copy is activated all the same when its seller's agreement has ended, and keeps no token. */
async function tokenOf(deps: Deps, order: StandingTokenOrder): Promise<string | undefined> {
  try {
    return (await standingToken(deps, order)).token;
  } catch (error) {
    if (error instanceof Refusal && error.code === "partner_ended") return undefined;
    throw error;
  }
}

/** The same look-ups whatever there is, so that a wrong guess takes as long as a serial of another product. */
async function findGoodSerial(
  tx: Tx,
  { hashes }: Deps,
  { product, text }: { product: ProductId; text: string },
): Promise<GoodSerial | undefined> {
  const read = readSerial(hashes, text);
  if (read === undefined) return undefined;
  const secret = await findSerial(tx, read.hash);
  const range = read.open === null ? undefined : await findSerialRange(tx, product, read.open);
  const found = secret ?? (range?.kind === "open" ? range : undefined);
  if (found === undefined || found.product !== product || found.revoked_at !== null) return undefined;
  const { batch_no, batch } = found;
  if (secret !== undefined) return { hash: read.hash, open: secret.open_number, batch_no, batch };
  return { hash: read.openHash ?? read.hash, open: read.open, batch_no, batch };
}

interface Claim {
  serial: GoodSerial;
  licence: LicenceHash;
  product: ProductId;
  /** False where the serial is the licence too: then a spelling of the one is no other of the other. */
  isNamed: boolean;
}

async function activate(
  tx: Tx,
  { serial, licence, product, isNamed }: Claim,
  now: Instant,
): Promise<Activated> {
  const claim = {
    licence_hash: licence,
    product,
    via: "registration" as const,
    serial_hash: serial.hash,
    batch_no: serial.batch_no,
    open_number: serial.open,
    activated_at: now,
  };
  const partner = await partnerOf(tx, claim);
  if (await insertSerialActivation(tx, claim)) return { status: "bound", standing: claim, partner };
  const others = await findStandingActivations(tx, claim);
  const own = others.find((one) => one.licence_hash === licence && one.product === product);
  const standing = own ?? others[0];
  if (standing === undefined) throw new Error("what stands in the way of an activation is there");
  const standingPartner = await partnerOf(tx, standing);
  if (own?.serial_hash === serial.hash)
    return { status: "already_bound", standing, partner: standingPartner };
  if (!isNamed && standing.serial_hash === serial.hash && standing.product === product)
    return { status: "already_bound", standing, partner: standingPartner };
  const { serial_hash, licence_hash } = claim;
  await insertSerialConflict(tx, { serial_hash, licence_hash, product, seen_at: now });
  // A second serial of one licence changes nothing when the same partner sold both.
  const agrees = own !== undefined && partner !== undefined && partner === standingPartner;
  return { status: agrees ? "already_bound" : "conflict", standing, partner: standingPartner };
}

/** Who the activation counts for as things are known now. */
async function partnerOf(
  tx: Tx,
  {
    batch_no,
    open_number,
    activated_at,
  }: Pick<SerialActivationRow, "batch_no" | "open_number" | "activated_at">,
) {
  const history = await findAssignmentsOfSerial(tx, { batch_no, open: open_number });
  return assignmentInForce(history, activated_at)?.partner_id;
}
