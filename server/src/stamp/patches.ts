import { type ByteSource, joinBytes, StampError } from "@tallystick/sdk/stamp";
import type { Patch, StampPlan } from "./stamp-plan.ts";

/** What a plan changes. */
export type Changes = Pick<StampPlan, "patches" | "newLength">;

/**
 * Puts patches in order of their offsets and joins neighbours.
 *
 * @throws StampError `container_malformed` when they overlap: two parts of the file claim one place.
 */
export function orderPatches(patches: readonly Patch[]): Patch[] {
  const ordered: Patch[] = [];
  for (const patch of patches.filter(({ bytes }) => bytes.length > 0).sort((a, b) => a.offset - b.offset)) {
    const last = ordered.at(-1);
    const end = last === undefined ? -1 : last.offset + last.bytes.length;
    if (patch.offset < end)
      throw new StampError("container_malformed", "Two parts of the file claim the same place.");
    if (last !== undefined && patch.offset === end) last.bytes = joinBytes(last.bytes, patch.bytes);
    else ordered.push({ ...patch });
  }
  return ordered;
}

/** A source as it will be when the changes are made, without making them. */
export function changedSource(source: ByteSource, { patches, newLength }: Changes): ByteSource {
  return {
    size: newLength,
    async read(offset, length) {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, newLength - offset)));
      if (offset < source.size)
        bytes.set((await source.read(offset, bytes.length)).subarray(0, bytes.length));
      for (const patch of patches) layOver(bytes, offset, patch);
      return bytes;
    },
  };
}

function layOver(bytes: Uint8Array, offset: number, patch: Patch) {
  const from = Math.max(0, offset - patch.offset);
  const to = Math.min(patch.bytes.length, offset + bytes.length - patch.offset);
  if (from < to) bytes.set(patch.bytes.subarray(from, to), patch.offset + from - offset);
}

/**
 * One plan for two after each other: `second` was made for the source as `first` leaves it.
 *
 * @param size - of the source before both.
 */
export function composeChanges(first: Changes, second: Changes, size: number): Changes {
  // What the first cut off is zeros to the second, not what the source still has there.
  const cutOff = Math.max(0, Math.min(size, second.newLength) - first.newLength);
  const below = [...first.patches, { offset: first.newLength, bytes: new Uint8Array(cutOff) }];
  const uncovered = below.flatMap((patch) => outside(patch, second));
  return { patches: orderPatches([...uncovered, ...second.patches]), newLength: second.newLength };
}

/** The parts of a patch that the changes above it leave in sight. */
function outside(patch: Patch, above: Changes): Patch[] {
  const end = Math.min(patch.offset + patch.bytes.length, above.newLength);
  const parts: Patch[] = [];
  let from = patch.offset;
  const show = (to: number) => {
    if (from < to)
      parts.push({ offset: from, bytes: patch.bytes.subarray(from - patch.offset, to - patch.offset) });
  };
  for (const { offset, bytes } of above.patches) {
    show(Math.min(offset, end));
    from = Math.max(from, offset + bytes.length);
  }
  show(end);
  return parts;
}
