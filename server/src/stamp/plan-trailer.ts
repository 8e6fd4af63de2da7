import {
  type ByteSource,
  encodeStampFrame,
  findTrailer,
  joinBytes,
  StampError,
  stampPlaceBytes,
  type TrailerShape,
} from "@tallystick/sdk/stamp";
import type { StampPlan } from "./stamp-plan.ts";

/** A plan before the kind of the container is put to it. */
export type BarePlan = Omit<StampPlan, "container">;

/** A frame in a place of fixed size. */
export const encodePlace = (payload: Uint8Array): Uint8Array => encodeStampFrame(payload, stampPlaceBytes);

/** The refusal of a removal where nothing can be removed. */
export const noStamp = (): StampError => new StampError("stamp_absent", "This file carries no stamp.");

/**
 * Plans a stamp that stands at the end of a file, in place of the one that may be there.
 *
 * @param mayFollow - looks at a file that has no stamp yet, and throws where nothing may be put behind it.
 */
export async function planTrailer(
  source: ByteSource,
  shape: TrailerShape,
  payload: Uint8Array,
  mayFollow: () => Promise<void> = async () => {},
): Promise<BarePlan> {
  const found = await findTrailer(source, shape);
  if (found === undefined) await mayFollow();
  const bytes = joinBytes(shape.before, encodePlace(payload), shape.after);
  const offset = found?.start ?? source.size;
  return { patches: [{ offset, bytes }], newLength: offset + bytes.length, notes: [] };
}

/** Plans how a file loses the stamp at its end. */
export async function planTrailerRemoval(source: ByteSource, shape: TrailerShape): Promise<BarePlan> {
  const found = await findTrailer(source, shape);
  if (found === undefined) throw noStamp();
  return { patches: [], newLength: found.start, notes: [] };
}
