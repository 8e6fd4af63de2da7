import { type ByteSource, readExactly, viewOf } from "./byte-source.ts";
import { type FoundFile, findRootFile, type IsoRoot } from "./iso-directory.ts";
import { maxPlaceholderBytes } from "./placeholder.ts";
import { StampError } from "./stamp-error.ts";

/** Where an ISO 9660 image can carry a stamp, and what forbids it. */
export interface IsoLayout {
  /** The file `tallystick.token` at the root: its offset, and as much of it as a stamp can need. */
  readonly placeholder: { readonly offset: number; readonly bytes: Uint8Array } | undefined;
  /** The field for applications of the primary volume descriptor (ECMA-119 8.4.32). */
  readonly applicationUse: { readonly offset: number; readonly bytes: Uint8Array };
  /** A sum over the image that is written in the image: by isomd5sum, or by libisofs for xorriso. */
  readonly imageSum: "isomd5sum" | "libisofs" | undefined;
}

const logicalSectorBytes = 2048;
const firstDescriptor = 16 * logicalSectorBytes;
const applicationUseOffset = 883;
const applicationUseBytes = 512;
/** Real images have two to five. */
const maxDescriptors = 64;
const type = { primary: 1, supplementary: 2, terminator: 255 };

const malformed = (what: string) => new StampError("container_malformed", `The image ${what}.`);
const latin = (bytes: Uint8Array) => new TextDecoder("latin1").decode(bytes);

/** Whether volume descriptors begin where ISO 9660 has them. */
export async function hasIsoDescriptor(source: ByteSource): Promise<boolean> {
  if (source.size < firstDescriptor + logicalSectorBytes) return false;
  const start = await source.read(firstDescriptor, 6);
  return start.length === 6 && latin(start) === "\u0001CD001";
}

/**
 * Reads the descriptors of an ISO 9660 image and looks for the placeholder at its root.
 *
 * @throws StampError `container_malformed`, `container_unsupported`.
 */
export async function readIsoLayout(source: ByteSource): Promise<IsoLayout> {
  const { primary, joliet, next } = await readDescriptors(source);
  const field = primary.slice(applicationUseOffset, applicationUseOffset + applicationUseBytes);
  const file =
    (await findRootFile(source, rootOf(primary, "latin1"))) ??
    (joliet === undefined ? undefined : await findRootFile(source, rootOf(joliet, "utf-16be")));
  return {
    placeholder: file === undefined ? undefined : await readPlace(source, file),
    applicationUse: { offset: firstDescriptor + applicationUseOffset, bytes: field },
    imageSum: await readImageSum(source, field, next),
  };
}

async function readDescriptors(source: ByteSource) {
  let primary: Uint8Array | undefined;
  let joliet: Uint8Array | undefined;
  for (let index = 0; index < maxDescriptors; index++) {
    const offset = firstDescriptor + index * logicalSectorBytes;
    const descriptor = await readExactly(source, offset, logicalSectorBytes);
    if (latin(descriptor.subarray(1, 6)) !== "CD001") break;
    const kind = descriptor[0];
    if (kind === type.primary) primary ??= descriptor;
    // Joliet names itself by the escape sequences of UCS-2 (levels 1 to 3).
    else if (kind === type.supplementary && /^%\/[@CE]/.test(latin(descriptor.subarray(88, 91))))
      joliet ??= descriptor;
    else if (kind === type.terminator && primary !== undefined)
      return { primary, joliet, next: offset + logicalSectorBytes };
  }
  throw malformed("has no list of volume descriptors that ends");
}

function rootOf(descriptor: Uint8Array, names: IsoRoot["names"]): IsoRoot {
  const view = viewOf(descriptor);
  const blockBytes = view.getUint16(128, true);
  if (![512, 1024, 2048].includes(blockBytes)) throw malformed("has blocks of an unknown size");
  // The root's own record of a directory stands at 156.
  const extent = view.getUint32(156 + 2, true) + view.getUint8(156 + 1);
  return { offset: extent * blockBytes, bytes: view.getUint32(156 + 10, true), blockBytes, names };
}

async function readPlace(source: ByteSource, file: FoundFile): Promise<IsoLayout["placeholder"]> {
  const bytes = await readExactly(source, file.offset, Math.min(file.bytes, maxPlaceholderBytes));
  return { offset: file.offset, bytes };
}

/** Libisofs puts the first of its sums right behind the descriptors; isomd5sum takes the field for applications. */
async function readImageSum(
  source: ByteSource,
  field: Uint8Array,
  behindDescriptors: number,
): Promise<IsoLayout["imageSum"]> {
  if (latin(field).includes("ISO MD5SUM")) return "isomd5sum";
  const length = Math.min(32, Math.max(0, source.size - behindDescriptors));
  const behind = latin(await readExactly(source, behindDescriptors, length));
  return behind.startsWith("libisofs_sb_checksum") ? "libisofs" : undefined;
}
