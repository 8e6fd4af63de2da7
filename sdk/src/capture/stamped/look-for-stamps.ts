import type { CarrierContext, CarrierFinding } from "../carrier.ts";
import { bundleFindings } from "./bundle.ts";
import { packageFindings } from "./package.ts";
import { placeholderFindings } from "./placeholder.ts";
import { tailFindings } from "./tail.ts";

/** `own`: what is the program itself. `near`: what lies beside it, where another program may have put it. */
export type StampPlace = "own" | "near";

/**
 * Looks for the stamp of what this copy came in, in order: the program itself or the single file it runs from, on macOS
 * the attribute of its bundle; then the placeholder of a disc, and the end that its installer saved. A few kilobytes are
 * read of each.
 */
export async function* lookForStamps(
  context: CarrierContext,
  places: readonly StampPlace[] = ["own", "near"],
): AsyncGenerator<CarrierFinding> {
  if (places.includes("own")) {
    yield* packageFindings(context);
    yield* bundleFindings(context);
  }
  if (places.includes("near")) {
    yield* placeholderFindings(context);
    yield* tailFindings(context);
  }
}
