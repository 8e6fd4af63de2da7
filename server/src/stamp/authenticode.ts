import {
  type AuthenticodeLayout,
  type DerNode,
  derSlice,
  derTag,
  encodeDer,
  readAuthenticode,
  stampOid,
} from "@tallystick/sdk/stamp";

/**
 * Puts an attribute of ours into an Authenticode signature: SEQUENCE { OID, SET { OCTET STRING } } among the unsigned
 * attributes of the first signer. Every other byte stays; only the lengths around it grow. The attribute stands where
 * DER's order of a SET OF wants it (X.690 section 11.6): strict readers refuse others, and lenient ones do not care.
 *
 * @param blob - begins with the ContentInfo and holds no stamp; what follows the ContentInfo is not taken over.
 * @throws StampError `container_malformed`, `container_unsupported`.
 */
export function insertStampAttribute(blob: Uint8Array, content: Uint8Array): Uint8Array {
  const { chain, attributes, list } = readAuthenticode(blob);
  const value = encodeDer(derTag.set, encodeDer(derTag.octetString, content));
  const attribute = encodeDer(derTag.sequence, Buffer.concat([stampOid, value]));
  if (attributes === undefined) {
    const at = chain.at(-1)?.end ?? blob.length;
    return replaceInside(blob, chain, { start: at, end: at, by: encodeDer(derTag.context1, attribute) });
  }
  const next = list.find((one) => Buffer.compare(derSlice(blob, one), attribute) > 0);
  const at = next?.start ?? attributes.end;
  return replaceInside(blob, [...chain, attributes], { start: at, end: at, by: attribute });
}

/**
 * Takes our attribute out again, and the list of unsigned attributes with it when it was the only one.
 *
 * @throws StampError `container_malformed`, `container_unsupported`.
 */
export function removeStampAttribute(blob: Uint8Array): Uint8Array {
  const layout = readAuthenticode(blob);
  const { chain, attributes, list, stamp } = layout;
  if (attributes === undefined || stamp === undefined) return blob.subarray(0, endOf(layout));
  const isOnly = list.length === 1;
  const { start, end } = isOnly ? attributes : stamp;
  return replaceInside(blob, isOnly ? chain : [...chain, attributes], { start, end, by: new Uint8Array() });
}

/** Where the ContentInfo ends; zeros may follow it. */
export const endOf = ({ chain }: AuthenticodeLayout): number => chain[0]?.end ?? 0;

/** Replaces a range, and writes the heads of all that encloses it anew, from the inside out. */
function replaceInside(
  blob: Uint8Array,
  chain: readonly DerNode[],
  change: { start: number; end: number; by: Uint8Array },
): Uint8Array {
  return chain.toReversed().reduce(
    ({ start, end, by }, node) => ({
      start: node.start,
      end: node.end,
      by: encodeDer(
        node.tag,
        Buffer.concat([blob.subarray(node.contentStart, start), by, blob.subarray(end, node.end)]),
      ),
    }),
    change,
  ).by;
}
