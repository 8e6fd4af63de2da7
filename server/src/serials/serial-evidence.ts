import {
  type EvidenceQuestion,
  type EvidenceSource,
  type FoundPiece,
  standingOf,
} from "../orders/decide/evidence-source.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import type { LicenceHash } from "../words/ids.ts";
import { assignmentInForce, knownBy } from "./assignment.ts";
import {
  findSerialClaims,
  findSerialClaimsOfText,
  insertSerialActivation,
  type SerialClaim,
} from "./rows/activations.ts";

/** A serial of a batch that was assigned. */
type AssignedClaim = Extract<SerialClaim, { assignment_no: number }>;

/**
 * The serials that the licences were activated with, or that the order names as its licence, by the assignment of their
 * batch that was in force when the copy was activated. The window begins when that assignment took effect.
 */
export const findSerialEvidence: EvidenceSource = async (tx, about) => {
  const found: FoundPiece[] = [];
  for (const licence of about.licences.keys()) {
    const claims = await claimsOf(tx, licence, about);
    for (const serial of new Set(claims.map(({ serial_hash }) => serial_hash))) {
      const ofSerial = claims.filter(({ serial_hash }) => serial_hash === serial);
      await noteSerialOfOrder(tx, licence, ofSerial, about);
      found.push(...piecesOf(ofSerial, about.order.received_at));
    }
  }
  return found;
};

async function claimsOf(tx: Tx, licence: LicenceHash, about: EvidenceQuestion): Promise<SerialClaim[]> {
  const { order, serial, product, licences } = about;
  if (serial !== undefined && licence === order.licence_hash)
    return findSerialClaimsOfText(tx, licence, serial, product);
  return licences.get(licence)?.activated ? findSerialClaims(tx, licence) : [];
}

/** Only a sale tells the licence's text. What it leads to is kept, so that later decisions find it by the hash. */
async function noteSerialOfOrder(
  tx: Tx,
  licence: LicenceHash,
  claims: readonly SerialClaim[],
  { order }: EvidenceQuestion,
): Promise<void> {
  const [first] = claims;
  if (first === undefined || claims.some(({ found_by }) => found_by === "licence")) return;
  const { serial_hash, batch_no, open_number, product } = first;
  await insertSerialActivation(tx, {
    licence_hash: licence,
    product,
    via: "order",
    serial_hash,
    batch_no,
    open_number,
    activated_at: activationOf(claims) ?? order.received_at,
  });
}

/**
 * What was known when the order came, and what is known now where that is another partner: an assignment that was
 * written down later may credit a purchase that nobody earned, and never takes one away.
 */
function piecesOf(claims: readonly SerialClaim[], receivedAt: Instant): FoundPiece[] {
  const activatedAt = activationOf(claims) ?? receivedAt;
  const isRegistered = claims.some(({ via }) => via === "registration");
  const history = claims.filter((claim): claim is AssignedClaim => claim.assignment_no !== null);
  const known = assignmentInForce(knownBy(history, receivedAt), activatedAt);
  const now = assignmentInForce(history, activatedAt);
  const counted = [known, known?.partner_id === now?.partner_id ? undefined : now];
  return counted
    .filter((claim) => claim !== undefined)
    .map((claim) => ({
      evidence: {
        kind: "serial",
        route: isRegistered ? "licence_binding" : "order_field",
        partner: claim.partner_id,
        seenAt: activatedAt > claim.recorded_at ? activatedAt : claim.recorded_at,
        windowFrom: claim.effective_from,
        product: claim.product,
        ...standingOf(claim),
      },
      rateBp: claim.partner_rate_bp,
    }));
}

/** When the copy was first seen with the serial; nothing when it is now. */
function activationOf(claims: readonly SerialClaim[]): Instant | undefined {
  const instants = claims.map(({ activated_at }) => activated_at).filter((at) => at !== null);
  return instants.toSorted((a, b) => a - b)[0];
}
