import { decodeStampFrame, stampMagic } from "../protocol/stamp-frame.ts";
import { tokenText } from "./read-stamp.ts";

/** How many bytes of its own end an installer should save for the product that it installs. */
export const tailBytes = 65_536;

/** What the end of an installer holds. The token is a claim until its signature was verified. */
export type TailReading = { code: "stamped"; token: string } | { code: "absent" };

/**
 * Finds the token in the end of a Windows installer, which an installed product cannot see whole any more: the last
 * frame in the last 64 KiB, where the signature and the stamp stand. What stands there by accident has no right CRC,
 * and what somebody put there has no right signature.
 */
export function readTail(tail: Uint8Array): TailReading {
  const end = tail.subarray(-tailBytes);
  const first = stampMagic[0] ?? 0;
  for (let at = end.lastIndexOf(first); at >= 0; at = at === 0 ? -1 : end.lastIndexOf(first, at - 1)) {
    const frame = decodeStampFrame(end.subarray(at));
    if (frame.code === "stamped") return { code: "stamped", token: tokenText(frame.payload) };
  }
  return { code: "absent" };
}
