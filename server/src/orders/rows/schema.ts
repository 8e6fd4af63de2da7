import type { EvidenceKind, EvidenceRoute } from "../../attribution/evidence.ts";
import type { Instant } from "../../words/clock.ts";
import type { OrderCycle } from "../../words/cycle.ts";
import type {
  Currency,
  EmailDomainHash,
  EmailHash,
  LicenceHash,
  OrderKey,
  PartnerId,
  ProductId,
  ProviderId,
  ShopName,
} from "../../words/ids.ts";

/** The order as it stands now: facts of the sale, and the newest decision's outcome for listing. */
export interface OrderRow {
  order_key: OrderKey;
  shop: ShopName;
  order_id: ProviderId;
  /** The sale event whose facts these are: of several for one sale, the one that sorts first. */
  object_id: string;
  /** What it is in the life of its copy, as the newest decision found. */
  cycle: OrderCycle;
  /** As the shop told it: it often does not know of the copy's past. */
  told_cycle: OrderCycle;
  product: ProductId | null;
  subscription_id: ProviderId | null;
  licence_hash: LicenceHash | null;
  email_hash: EmailHash | null;
  /** Null for an address of a public mail host too. */
  email_domain_hash: EmailDomainHash | null;
  /** The mailbox of the address, where that is spelled otherwise. */
  email_alias_hash: EmailHash | null;
  /** The site of the domain, where that is more than the domain. */
  email_site_hash: EmailDomainHash | null;
  reference: string | null;
  /** The codes that were used, as the shop told them, one a line. */
  coupon: string | null;
  /** The buyer's, ISO 3166-1 alpha-2; null where the shop does not tell it. */
  country: string | null;
  net_minor: number;
  tax_minor: number;
  currency: Currency;
  /** JSON: its lines, as the event told them that told the amounts; null where it told none. */
  lines: string | null;
  /** How well the event that told the amounts knew them, and when the order became so: the highest and newest counts. */
  amounts_rank: number;
  amounts_at: Instant;
  /** The event that told the amounts and lines; null only of an order that was joined to another before it was kept. */
  amounts_event: string | null;
  /** JSON: all sale events that counted, where it was more than one. */
  told_by: string | null;
  occurred_at: Instant;
  received_at: Instant;
  /** Which of the order's decisions is in force, from 1. */
  decision_seq: number;
  outcome: "credited" | "held" | "unattributed";
  partner_id: PartnerId | null;
  reason: string;
  /** When what is held becomes payable; null once it has, or when there is nothing to release. */
  release_at: Instant | null;
  released_at: Instant | null;
  /** The order that turned out to be the same sale. This one's credits are taken back, and it is listed no more. */
  joined_to: OrderKey | null;
  /** The seller and those above it on the day of the sale, one behind the other, as a plan's decision froze them. */
  chain: string | null;
}

/** A decision with all that was considered, append-only; the newest of an order is in force. */
export interface DecisionRow {
  order_key: OrderKey;
  seq: number;
  outcome: "credited" | "held" | "unattributed";
  partner_id: PartnerId | null;
  reason: string;
  evidence_kind: EvidenceKind | null;
  evidence_route: EvidenceRoute | null;
  /** JSON: every piece of evidence with its verdict. */
  evidence: string;
  /** JSON: the credits at full amount, with their rates, frozen. */
  credits: string;
  /** JSON: the plan that paid it, the chain of the day and what became of each rule; null where no plan did. */
  plan: string | null;
  /** JSON: the policy in force. */
  policy: string;
  /** JSON: what was suspicious about it, with figures; null when nothing was. */
  suspicions: string | null;
  /** What led to it: `sale`, `late_evidence`, `ruling`. */
  cause: string;
  decided_at: Instant;
  /** A keyed hash of all else in the row, which the store makes; null of one from before there were seals. */
  seal: string | null;
}

/** What the vendor ruled on an order, append-only; the newest of an order stands. */
export interface RulingRow {
  order_key: OrderKey;
  /** From 1. */
  seq: number;
  /** Null when nobody is to be credited. */
  partner_id: PartnerId | null;
  /** Why, in the vendor's words. */
  note: string;
  ruled_at: Instant;
}

/** An order that is to be decided anew by a job, as too many were for the transaction that had a reason to. */
export interface WaitingDecisionRow {
  order_key: OrderKey;
  cause: string;
  waiting_since: Instant;
}

/** A licence that was kept by its very text before spelling ceased to matter; no other spelling leads to it yet. */
export interface ExactLicenceRow {
  licence_hash: LicenceHash;
}

/** The hash by which a licence is kept whose loose one it is not. */
export interface LicenceSpellingRow {
  loose_hash: LicenceHash;
  licence_hash: LicenceHash;
}

/** A subscription whose orders are kept under the name of another, since an order's events name both. */
export interface SubscriptionNameRow {
  shop: ShopName;
  subscription_id: ProviderId;
  kept_as: ProviderId;
  /** The order whose events name both. */
  told_by: OrderKey;
}

declare module "../../store/schema.ts" {
  interface Schema {
    orders: OrderRow;
    decisions: DecisionRow;
    rulings: RulingRow;
    waiting_decisions: WaitingDecisionRow;
    exact_licences: ExactLicenceRow;
    licence_spellings: LicenceSpellingRow;
    subscription_names: SubscriptionNameRow;
  }
}
