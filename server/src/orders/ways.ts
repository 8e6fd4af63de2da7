import type { Deps } from "../deps/deps.ts";
import type { Tx } from "../store/store.ts";
import type { EvidenceSource, ReferencedClick } from "./evidence-source.ts";

/** The ways in which a sold copy remembers its seller, as the receiver wires them. */
export interface Ways {
  /** The click that a reference at the checkout names. */
  findClick(tx: Tx, reference: string): Promise<ReferencedClick | undefined>;
  /** A source for each way. The order of the list means nothing: the decision ranks. */
  sources: readonly EvidenceSource[];
}

/** What deciding an order needs of the world. */
export type DecidingDeps = Pick<Deps, "config" | "ways">;

declare module "../deps/deps.ts" {
  interface Deps {
    ways: Ways;
  }
}
