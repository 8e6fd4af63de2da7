import {
  type ByteSource,
  decodeStampFrame,
  encodePlaceholder,
  encodeStampFrame,
  type IsoLayout,
  readIsoLayout,
  readPlaceholder,
  StampError,
  stampHeaderBytes,
} from "@tallystick/sdk/stamp";
import type { ContainerWriter } from "./stamp-plan.ts";

/**
 * Stamps an ISO 9660 image: in the file `tallystick.token` at its root, where the vendor put a placeholder, or else in
 * the field for applications of the primary volume descriptor, where it is blank. Nothing moves, nothing grows.
 */
export const isoWriter: ContainerWriter = {
  kind: "iso",
  async planStamp(source, payload) {
    const place = await findPlace(source);
    if (stampHeaderBytes + payload.length > place.room)
      throw new StampError("stamp_too_large", place.tooSmall);
    const bytes = new Uint8Array(place.empty);
    bytes.set(encodeStampFrame(payload));
    return { patches: [{ offset: place.offset, bytes }], newLength: source.size, notes: [] };
  },
  async planRemoval(source) {
    const place = await findPlace(source);
    if (!place.isStamped) throw new StampError("stamp_absent", "This image carries no stamp.");
    const patches = [{ offset: place.offset, bytes: place.empty }];
    return { patches, newLength: source.size, notes: [] };
  },
};

interface IsoPlace {
  offset: number;
  /** What stands there without a stamp; behind a stamp it stays. */
  empty: Uint8Array;
  /** The most that header and payload may have. */
  room: number;
  isStamped: boolean;
  tooSmall: string;
}

async function findPlace(source: ByteSource): Promise<IsoPlace> {
  const layout = await readIsoLayout(source);
  if (layout.imageSum !== undefined) throw summed(layout.imageSum);
  return layout.placeholder === undefined
    ? inApplicationUse(layout.applicationUse)
    : inPlaceholder(layout.placeholder);
}

function inPlaceholder({ offset, bytes }: NonNullable<IsoLayout["placeholder"]>): IsoPlace {
  const { code } = readPlaceholder(bytes);
  if (code === "foreign")
    throw new StampError(
      "container_unsupported",
      "The tallystick.token in this image is not a placeholder. Make one by `tallystick stamp placeholder`, put it into the image, and stamp that.",
    );
  return {
    offset,
    empty: encodePlaceholder(bytes.length),
    room: bytes.length,
    isStamped: code === "stamped",
    tooSmall: `The placeholder in this image has room for ${bytes.length - stampHeaderBytes} bytes. Make a larger one by \`tallystick stamp placeholder\`.`,
  };
}

/**
 * Some writers leave the field as zeros, some as spaces. The last byte is never used and the rest of the field keeps
 * what it was, so the field itself tells how it looked before.
 */
function inApplicationUse({ offset, bytes }: IsoLayout["applicationUse"]): IsoPlace {
  const frame = decodeStampFrame(bytes);
  const fill = bytes.at(-1) ?? 0;
  const used = frame.code === "stamped" ? frame.frameBytes : 0;
  const isBlank = (fill === 0 || fill === 0x20) && bytes.subarray(used).every((byte) => byte === fill);
  if (!isBlank)
    throw new StampError(
      "container_unsupported",
      "Another program uses the field of this image that would hold the stamp. Make a placeholder by `tallystick stamp placeholder`, put it into the image as tallystick.token, and stamp that.",
    );
  const room = bytes.length - 1;
  return {
    offset,
    empty: new Uint8Array(bytes.length).fill(fill),
    room,
    isStamped: frame.code === "stamped",
    tooSmall: `This image has room for a token of ${room - stampHeaderBytes} bytes. Put a placeholder into it (\`tallystick stamp placeholder\`), which holds any token.`,
  };
}

function summed(by: NonNullable<IsoLayout["imageSum"]>): StampError {
  const advice = {
    isomd5sum: "Run implantisomd5 on the stamped copies, not on the original.",
    libisofs: "Make the image without the option --md5 of xorriso.",
  }[by];
  return new StampError(
    "container_unsupported",
    `This image holds a sum of itself, made by ${by}, which a stamp would make wrong. ${advice}`,
  );
}
