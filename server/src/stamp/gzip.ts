import { type ByteSource, gzipTrailer, readExactly, StampError } from "@tallystick/sdk/stamp";
import { planTrailer, planTrailerRemoval } from "./plan-trailer.ts";
import type { ContainerWriter } from "./stamp-plan.ts";

/** Stamps a gzip file with an empty member at its end. */
export const gzipWriter: ContainerWriter = {
  kind: "gzip",
  planStamp: (source, payload) => planTrailer(source, gzipTrailer, payload, () => refusePadding(source)),
  planRemoval: (source) => planTrailerRemoval(source, gzipTrailer),
};

/**
 * Zeros may stand behind the last member, as tapes leave them, and a member behind these would not be found. Where the
 * last member ends is not known without unpacking it all, but its own last bytes are the length of its content: more
 * than three zeros there are padding, unless the member is empty.
 */
async function refusePadding(source: ByteSource): Promise<void> {
  const length = Math.min(source.size, 10);
  const tail = await readExactly(source, source.size - length, length);
  if (tail.subarray(-4).some((byte) => byte !== 0)) return;
  const emptyMember = tail.subarray(-8).every((byte) => byte === 0) && endsInEmptyBlock(tail.subarray(0, -8));
  if (!emptyMember)
    throw new StampError(
      "container_unsupported",
      "Zeros stand behind the end of this gzip file. Cut them off, or pack it again.",
    );
}

/** The last two bytes of an empty block: of fixed codes, or stored. */
const endsInEmptyBlock = ([first, second]: Uint8Array) =>
  (first === 3 && second === 0) || (first === 0xff && second === 0xff);
