import { ascii, hasBytesAt } from "./bytes-at.ts";

const bytes = (...values: number[]) => Uint8Array.from(values);

/** Kinds that are known and cannot be stamped: what they begin with, and why not. */
const unsupported: readonly (readonly [Uint8Array, string])[] = [
  [bytes(0xed, 0xab, 0xee, 0xdb), "An rpm's header and payload are under digests that the system checks."],
  [ascii("xar!"), "A macOS installer package (xar) is under a signature that covers its whole table."],
  [ascii("Cr24"), "A browser extension (crx) is under a signature that covers the whole archive."],
  [ascii("ADBd"), "An Alpine package is under a signature that covers all of it."],
  [ascii("hsqs"), "A snap or another squashfs image is known by the digest of the whole file."],
  [
    bytes(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c),
    "A 7z archive is solid: it has no place that readers pass over.",
  ],
  [ascii("Rar!\x1a\x07"), "A rar archive has no place that all readers pass over."],
  [ascii("MSCF"), "A cabinet's signature covers its reserved area, and readers refuse bytes behind its end."],
  [bytes(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0), "An xz file has no place for anything but its content."],
  [ascii("BZh"), "A bzip2 file has no place for anything but its content."],
  [
    bytes(0xcf, 0xfa, 0xed, 0xfe),
    "A bare macOS program is under its code signature. Pack the app as zip or dmg.",
  ],
  [
    bytes(0xca, 0xfe, 0xba, 0xbe),
    "A bare macOS program is under its code signature. Pack the app as zip or dmg.",
  ],
];

/** What to do instead, said with every refusal. */
export const sidecarAdvice = "Put the token beside the file in a file named tallystick.token.";

/** Why a file that begins like this cannot be stamped, when it is a kind that is known for that. */
export function unsupportedReason(head: Uint8Array): string | undefined {
  const reason = unsupported.find(([signature]) => hasBytesAt(head, signature))?.[1];
  return reason && `${reason} ${sidecarAdvice}`;
}
