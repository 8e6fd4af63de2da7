import { StampError } from "./stamp-error.ts";

/** One value of DER (X.690), as offsets into the bytes it was found in. Nothing is decoded and nothing is copied. */
export interface DerNode {
  /** The identifier octet. */
  readonly tag: number;
  /** Of the identifier octet. */
  readonly start: number;
  /** Behind the length. */
  readonly contentStart: number;
  /** Behind the last octet of the content. */
  readonly end: number;
}

/** The identifier octets that are looked for. */
export const derTag = {
  integer: 0x02,
  octetString: 0x04,
  oid: 0x06,
  sequence: 0x30,
  set: 0x31,
  /** Context-specific and constructed, [0] and [1]. */
  context0: 0xa0,
  context1: 0xa1,
} as const;

/** The most values that are taken from one sequence or set; real signatures have a few dozen. */
const maxChildren = 1024;

/**
 * Reads the value that begins at `offset` and ends at `limit` at the latest.
 *
 * @throws StampError `container_malformed` for what points outside, `container_unsupported` for lengths that DER does
 * not allow: they could not be written again as they were.
 */
export function readDer(bytes: Uint8Array, offset: number, limit = bytes.length): DerNode {
  const [tag, first] = [bytes[offset], bytes[offset + 1]];
  if (tag === undefined || first === undefined || offset + 2 > limit) throw malformed();
  if ((tag & 0x1f) === 0x1f) throw notDer();
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  if (first === 0x80 || lengthBytes > 4) throw notDer();
  const contentStart = offset + 2 + lengthBytes;
  if (contentStart > limit) throw malformed();
  let length = first < 0x80 ? first : 0;
  for (let index = offset + 2; index < contentStart; index++) length = length * 256 + (bytes[index] ?? 0);
  if (lengthBytes > 0 && length < (lengthBytes === 1 ? 0x80 : 256 ** (lengthBytes - 1))) throw notDer();
  if (contentStart + length > limit) throw malformed();
  return { tag, start: offset, contentStart, end: contentStart + length };
}

/**
 * The values inside a constructed one, in their order.
 *
 * @throws StampError as `readDer`, and `container_malformed` for more than 1,024.
 */
export function derChildren(bytes: Uint8Array, node: DerNode): DerNode[] {
  const children: DerNode[] = [];
  for (let at = node.contentStart; at < node.end; ) {
    if (children.length === maxChildren) throw malformed();
    const child = readDer(bytes, at, node.end);
    children.push(child);
    at = child.end;
  }
  return children;
}

/** A value's bytes, identifier and length included, where they stand. */
export const derSlice = (bytes: Uint8Array, node: DerNode): Uint8Array =>
  bytes.subarray(node.start, node.end);

/** Writes a value with the shortest length, as DER wants it. */
export function encodeDer(tag: number, content: Uint8Array): Uint8Array {
  const length: number[] = [];
  for (let rest = content.length; rest > 0; rest = Math.floor(rest / 256)) length.unshift(rest % 256);
  const head = content.length < 0x80 ? [tag, content.length] : [tag, 0x80 | length.length, ...length];
  const bytes = new Uint8Array(head.length + content.length);
  bytes.set(head);
  bytes.set(content, head.length);
  return bytes;
}

const malformed = () =>
  new StampError(
    "container_malformed",
    "The signature in the file contradicts itself: it may have been cut off.",
  );

const notDer = () =>
  new StampError(
    "container_unsupported",
    "The signature in the file is not written in DER, so it is left alone.",
  );
