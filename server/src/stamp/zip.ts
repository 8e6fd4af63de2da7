import {
  type ByteSource,
  findZipStamp,
  joinBytes,
  maxZipCommentBytes,
  readExactly,
  readZipEnd,
  StampError,
  stampPlaceBytes,
  zipEndBytes,
} from "@tallystick/sdk/stamp";
import { encodePlace, noStamp } from "./plan-trailer.ts";
import type { ContainerWriter } from "./stamp-plan.ts";
import { refuseSignedWholes } from "./zip-signatures.ts";

const commentLengthOffset = zipEndBytes - 2;
const low = (value: number) => Uint8Array.of(value & 0xff, value >>> 8);

/** Stamps a ZIP file, a JAR or a VSIX in the archive's comment, which no signature of theirs covers. */
export const zipWriter: ContainerWriter = {
  kind: "zip",
  planStamp: async (source, payload) => {
    const end = await readZipEnd(source);
    await refuseSignedWholes(source, end);
    const place = encodePlace(payload);
    refuseEndWithin(place);
    if ((await findZipStamp(source, end)) !== undefined)
      return {
        patches: [{ offset: source.size - stampPlaceBytes, bytes: place }],
        newLength: source.size,
        notes: [],
      };
    const commentBytes = end.commentBytes + stampPlaceBytes;
    if (commentBytes > maxZipCommentBytes)
      throw new StampError(
        "stamp_too_large",
        "The archive's comment is so long that a stamp has no room in it.",
      );
    const comment = await readExactly(source, end.offset + zipEndBytes, end.commentBytes);
    const bytes = joinBytes(low(commentBytes), comment, place);
    const offset = end.offset + commentLengthOffset;
    return { patches: [{ offset, bytes }], newLength: source.size + stampPlaceBytes, notes: [] };
  },
  planRemoval: async (source: ByteSource) => {
    const end = await readZipEnd(source);
    if ((await findZipStamp(source, end)) === undefined) throw noStamp();
    const bytes = low(end.commentBytes - stampPlaceBytes);
    const patches = [{ offset: end.offset + commentLengthOffset, bytes }];
    return { patches, newLength: source.size - stampPlaceBytes, notes: [] };
  },
};

/** Readers search the end record from behind: a comment must not hold its signature, not by chance either. */
function refuseEndWithin(place: Uint8Array): void {
  for (let at = place.indexOf(0x50); at !== -1; at = place.indexOf(0x50, at + 1))
    if (place[at + 1] === 0x4b && place[at + 2] === 5 && place[at + 3] === 6)
      throw new StampError(
        "container_unsupported",
        "This token cannot stand in a ZIP file. Issue another one.",
      );
}
