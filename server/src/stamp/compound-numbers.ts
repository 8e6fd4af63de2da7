import { viewOf } from "@tallystick/sdk/stamp";

/** Numbers of 32 bits as a compound file has them, the lowest byte first. */
export function numbers(values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = viewOf(bytes);
  for (const [index, value] of values.entries()) view.setUint32(4 * index, value, true);
  return bytes;
}
