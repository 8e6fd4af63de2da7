import type { CarrierContext, CarrierFinding } from "../carrier.ts";
import { bundleFindings } from "./bundle.ts";
import { packageFindings } from "./package.ts";
import { placeholderFindings } from "./placeholder.ts";
import { tailFindings } from "./tail.ts";

/**
 * Looks for the stamp of what this copy came in, in order: the placeholder of a disc, the end that its installer
 * saved, the program itself or the single file it runs from, and on macOS the attribute of its bundle. A few kilobytes
 * are read of each.
 */
export async function* lookForStamps(context: CarrierContext): AsyncGenerator<CarrierFinding> {
  yield* placeholderFindings(context);
  yield* tailFindings(context);
  yield* packageFindings(context);
  yield* bundleFindings(context);
}
