import { type ByteSource, readExactly, StampError, zstdTrailer } from "@tallystick/sdk/stamp";
import { planTrailer, planTrailerRemoval } from "./plan-trailer.ts";
import type { ContainerWriter } from "./stamp-plan.ts";

/** Stamps a zstd file with a skippable frame at its end. */
export const zstdWriter: ContainerWriter = {
  kind: "zstd",
  planStamp: (source, payload) => planTrailer(source, zstdTrailer, payload, () => refuseSeekTable(source)),
  planRemoval: (source) => planTrailerRemoval(source, zstdTrailer),
};

/** The seekable format's table is looked for at the file's end; the number that it ends in, little-endian. */
const seekTableEnd = Uint8Array.of(0xb1, 0xea, 0x92, 0x8f);

async function refuseSeekTable(source: ByteSource): Promise<void> {
  const end = await readExactly(source, source.size - 4, 4);
  if (seekTableEnd.every((byte, index) => end[index] === byte))
    throw new StampError(
      "container_unsupported",
      "This zstd file ends in a seek table, which must stay at the end. Pack it without one.",
    );
}
