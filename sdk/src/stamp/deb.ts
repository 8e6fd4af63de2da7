import { type ByteSource, readExactly } from "./byte-source.ts";
import { ascii, hasBytesAt } from "./bytes-at.ts";
import type { ContainerReader } from "./container.ts";
import { StampError } from "./stamp-error.ts";
import { stampPlaceBytes } from "./trailer.ts";

/**
 * The header of the stamp's member. dpkg takes no notice of members whose names begin with an underscore
 * (deb(5), FORMAT).
 */
export const debStampHeader: Uint8Array = ascii(
  `${"_tallystick".padEnd(16)}${"0".padEnd(12)}${"0".padEnd(6)}${"0".padEnd(6)}${"100644".padEnd(8)}${`${stampPlaceBytes}`.padEnd(10)}\`\n`,
);

/** A member of an ar archive: where its header of 60 bytes stands, and its content. */
export interface ArMember {
  /** Without the spaces that fill it up. */
  name: string;
  /** In the file, in bytes. */
  headerOffset: number;
  /** Where its content begins, in the file, in bytes. */
  offset: number;
  /** Bytes of its content, without the byte that makes it even. */
  size: number;
}

const signature = ascii("!<arch>\ndebian-binary");
const firstMemberOffset = 8;
const headerBytes = 60;

/** A Debian package has three members and a signature or two. */
const maxMembers = 64;

/**
 * The members of a Debian package in their order.
 *
 * @throws StampError `container_malformed`.
 */
export async function readDebMembers(source: ByteSource): Promise<ArMember[]> {
  const members: ArMember[] = [];
  for (let at = firstMemberOffset; at < source.size; ) {
    if (members.length === maxMembers)
      throw new StampError("container_malformed", `The package has more than ${maxMembers} members.`);
    const member = memberOf(await readExactly(source, at, headerBytes), at);
    if (member.offset + member.size > source.size)
      throw new StampError("container_malformed", "A member of the package ends behind the file's end.");
    members.push(member);
    at = endOfMember(member);
  }
  return members;
}

/** Where the next member begins: members stand at even offsets. */
export const endOfMember = ({ offset, size }: ArMember): number => offset + size + (size % 2);

function memberOf(header: Uint8Array, headerOffset: number): ArMember {
  const text = new TextDecoder("latin1").decode(header);
  const size = /^(\d{1,10}) *`\n$/.exec(text.slice(48))?.[1];
  if (size === undefined)
    throw new StampError("container_malformed", "The package has a member without a right header.");
  const name = text.slice(0, 16).replace(/\/? *$/, "");
  return { name, headerOffset, offset: headerOffset + headerBytes, size: Number(size) };
}

/** The stamp among a package's members: not always the last, since a package may be signed after it was stamped. */
export const findDebStamp = (members: readonly ArMember[]): ArMember | undefined =>
  members.find(({ name, size }) => name === "_tallystick" && size === stampPlaceBytes);

/** Reads the stamp of a Debian package. */
export const debReader: ContainerReader = {
  kind: "deb",
  recognises: (_source, head) => hasBytesAt(head, signature),
  readStampPlace: async (source) => {
    const member = findDebStamp(await readDebMembers(source));
    return member && (await readExactly(source, member.offset, member.size));
  },
};
