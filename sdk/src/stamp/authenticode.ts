import { stampOid } from "../protocol/stamp-frame.ts";
import { type DerNode, derChildren, derSlice, derTag, readDer } from "./der.ts";
import { StampError } from "./stamp-error.ts";

/** Where an Authenticode signature (PKCS #7 SignedData, RFC 2315 section 9.1) has room for what it does not sign. */
export interface AuthenticodeLayout {
  /** Everything that encloses the unsigned attributes, from the outermost to the SignerInfo. */
  readonly chain: readonly DerNode[];
  /** The unsigned attributes of the first signer, [1] IMPLICIT SET OF, when there are any. */
  readonly attributes: DerNode | undefined;
  /** The attributes in it. */
  readonly list: readonly DerNode[];
  /** That of ours. */
  readonly stamp: DerNode | undefined;
}

/** 1.2.840.113549.1.7.2, signedData. */
const signedDataOid = Uint8Array.of(0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02);

/**
 * Finds the place of the stamp in an Authenticode signature: an attribute of the first SignerInfo that the signature
 * does not cover. A counter-signature by time and a second signature are attributes beside it.
 *
 * @param blob - begins with the ContentInfo; what follows that is left alone.
 * @throws StampError `container_malformed`, `container_unsupported`.
 */
export function readAuthenticode(blob: Uint8Array): AuthenticodeLayout {
  const contentInfo = expect(readDer(blob, 0), derTag.sequence);
  const [type, explicit] = derChildren(blob, contentInfo);
  if (type === undefined || !areSame(derSlice(blob, type), signedDataOid)) throw notSignedData();
  const wrapper = expect(explicit, derTag.context0);
  const signedData = expect(derChildren(blob, wrapper)[0], derTag.sequence);
  const signers = expect(derChildren(blob, signedData).at(-1), derTag.set);
  const signer = expect(derChildren(blob, signers)[0], derTag.sequence);
  const last = derChildren(blob, signer).at(-1);
  const attributes = last?.tag === derTag.context1 ? last : undefined;
  const list = attributes === undefined ? [] : derChildren(blob, attributes);
  return {
    chain: [contentInfo, wrapper, signedData, signers, signer],
    attributes,
    list,
    stamp: list.find((one) => areSame(derSlice(blob, readDer(blob, one.contentStart, one.end)), stampOid)),
  };
}

/**
 * What the stamp's attribute holds: the frame, and what the writer keeps behind it.
 *
 * @throws StampError `container_malformed`, `container_unsupported`.
 */
export function readStampAttribute(blob: Uint8Array): Uint8Array | undefined {
  const { stamp } = readAuthenticode(blob);
  if (stamp === undefined) return undefined;
  const set = expect(derChildren(blob, stamp)[1], derTag.set);
  const value = expect(derChildren(blob, set)[0], derTag.octetString);
  return blob.subarray(value.contentStart, value.end);
}

function expect(node: DerNode | undefined, tag: number): DerNode {
  if (node?.tag !== tag) throw notSignedData();
  return node;
}

const areSame = (some: Uint8Array, others: Uint8Array) =>
  some.length === others.length && some.every((byte, index) => byte === others[index]);

const notSignedData = () =>
  new StampError(
    "container_malformed",
    "What stands at the signature's place in the file is not a signature.",
  );
