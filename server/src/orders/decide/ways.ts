import type { TrustFacts } from "../../attribution/suspicions.ts";
import type { Deps } from "../../deps/deps.ts";
import type { ConcealedBuyer } from "../../events/conceal-event.ts";
import type { BuyerAndPayees } from "../../people/find-payee.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { LicenceHash, PartnerId, ProductId } from "../../words/ids.ts";
import type { OrderRow } from "../rows/schema.ts";
import type { Proof } from "../verify/proof.ts";
import type { EvidenceSource, ReferencedClick } from "./evidence-source.ts";

/** A copy's claim on a licence that was made for a partner. */
export interface ClaimQuestion {
  partner: PartnerId;
  madeAt: Instant;
  /** The licence, where the vendor's own system was asked about it; otherwise null. */
  licence: LicenceHash | null;
  product: ProductId | null;
}

/** When a licence ends, as a copy said that was registered. */
export interface ClaimedTerm {
  /** The partner the licence was bound to. */
  partner: PartnerId;
  expiresAt: Instant;
  toldAt: Instant;
}

/** The ways in which a sold copy remembers its seller, as the receiver wires them. */
export interface Ways {
  /** The click that a reference at the checkout names. */
  findClick(tx: Tx, reference: string): Promise<ReferencedClick | undefined>;
  /** What is known of a copy's claim on a licence, beside the claim itself. */
  findClaim(tx: Tx, claim: ClaimQuestion): Promise<Pick<TrustFacts, "claimDay" | "licence">>;
  /** What copies told of a licence's terms, the earliest told first. */
  findTerms(tx: Tx, licence: { licence: LicenceHash; product: ProductId }): Promise<readonly ClaimedTerm[]>;
  /** Keeps who bought an order, where the configuration has it kept. */
  hearBuyer(tx: Tx, bought: { order: OrderRow; buyer: ConcealedBuyer }, now: Instant): Promise<void>;
  /** How many addresses a partner registered itself, against what it sold before an instant. */
  findAddresses(
    tx: Tx,
    about: { partner: PartnerId; before: Instant },
  ): Promise<Pick<TrustFacts, "addresses">>;
  /** Whether somebody bought who is paid for it: one of the partners given, or a person of theirs. */
  findPayee(tx: Tx, about: BuyerAndPayees): Promise<boolean>;
  /** A source for each way. The order of the list means nothing: the decision ranks. */
  sources: readonly EvidenceSource[];
  /** What the check of the books asks whether the evidence that won is there. Registered addresses have none: they may be erased. */
  proofs: readonly Proof[];
}

/** What deciding an order needs of the world. */
export type DecidingDeps = Pick<Deps, "config" | "ways">;

declare module "../../deps/deps.ts" {
  interface Deps {
    ways: Ways;
  }
}
