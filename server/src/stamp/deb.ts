import {
  type ArMember,
  type ByteSource,
  debStampHeader,
  endOfMember,
  findDebStamp,
  joinBytes,
  readDebMembers,
  readExactly,
  StampError,
} from "@tallystick/sdk/stamp";
import { type BarePlan, encodePlace, noStamp } from "./plan-trailer.ts";
import type { ContainerWriter } from "./stamp-plan.ts";

/** Stamps a Debian package with a member of its own, behind all the others. */
export const debWriter: ContainerWriter = {
  kind: "deb",
  planStamp: async (source, payload) => {
    const members = await readDebMembers(source);
    const found = findDebStamp(members);
    const place = encodePlace(payload);
    if (found)
      return { patches: [{ offset: found.offset, bytes: place }], newLength: source.size, notes: [] };
    refuseMissingPadding(source, members.at(-1));
    const bytes = joinBytes(debStampHeader, place);
    return {
      patches: [{ offset: source.size, bytes }],
      newLength: source.size + bytes.length,
      notes: [],
    };
  },
  planRemoval: async (source) => {
    const found = findDebStamp(await readDebMembers(source));
    if (found === undefined) throw noStamp();
    return planCut(source, found);
  },
};

/** A last member of odd size has a byte behind it; some programs leave it out, and we could not give that back. */
function refuseMissingPadding(source: ByteSource, last: ArMember | undefined): void {
  if (last && endOfMember(last) !== source.size)
    throw new StampError(
      "container_unsupported",
      "The package's last member lacks its padding byte. Build it with dpkg-deb.",
    );
}

/** What may stand behind the stamp: signatures that were added after it. */
const maxMovedBytes = 1024 * 1024;

async function planCut(source: ByteSource, { headerOffset, offset, size }: ArMember): Promise<BarePlan> {
  const behind = offset + size;
  const movedBytes = source.size - behind;
  if (movedBytes > maxMovedBytes)
    throw new StampError("container_unsupported", "Too much stands behind the stamp to be moved.");
  const newLength = headerOffset + movedBytes;
  if (movedBytes === 0) return { patches: [], newLength, notes: [] };
  const bytes = await readExactly(source, behind, movedBytes);
  return { patches: [{ offset: headerOffset, bytes }], newLength, notes: [] };
}
