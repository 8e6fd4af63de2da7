import type { Generated } from "kysely";
import type { EvidenceKind, EvidenceRoute } from "../attribution/evidence.ts";
import type { PartnerHistoryRow } from "../channel/rows/history-schema.ts";
import type { CouponRow } from "../coupons/rows/schema.ts";
import type { Effect } from "../events/purchase-event.ts";
import type { TransferAccount, TransferKind } from "../ledger/transfer.ts";
import type { RateLimitRow } from "../limits/rows/schema.ts";
import type { RulingRow } from "../orders/rows/rulings-schema.ts";
import type { OutboxSchema } from "../outbox/rows/schema.ts";
import type {
  ConsentRow,
  EmailTallyRow,
  PartnerKeyRow,
  PepperRow,
  RegisteredEmailRow,
} from "../registered-emails/rows/schema.ts";
import type { SerialSchema } from "../serials/rows/schema.ts";
import type { StandingTokenRow } from "../tokens/rows/standing-schema.ts";
import type { VoucherBatchRow, VoucherRow } from "../vouchers/rows/schema.ts";
import type { Instant } from "../words/clock.ts";
import type {
  Currency,
  EmailDomainHash,
  EmailHash,
  KeyId,
  LicenceHash,
  OrderKey,
  PartnerId,
  ProductId,
  ProviderId,
  Reference,
  ShopName,
  TokenId,
} from "../words/ids.ts";

/** Public halves of the signing keys; the private halves are files in the keys folder. */
export interface KeyRow {
  kid: KeyId;
  /** JSON Web Key, public members only. */
  public_jwk: string;
  status: "active" | "retired" | "revoked";
  created_at: Instant;
  revoked_at: Instant | null;
}

/** A partner in the vendor's channel. */
export interface PartnerRow {
  id: PartnerId;
  name: string;
  kind: "distributor" | "reseller" | "affiliate";
  parent_id: PartnerId | null;
  /** Commission in basis points of the net amount. */
  percent_bp: number;
  email_hash: EmailHash | null;
  /** Null for an address of a public mail host too. */
  email_domain_hash: EmailDomainHash | null;
  sharing: "none" | "transaction" | "full";
  status: "active" | "ended";
  created_at: Instant;
  /** From when on nothing is credited to it any more; set once it has ended. */
  ended_at: Instant | null;
}

/** The issuance log. Only `revoked_at` ever changes, once. */
export interface TokenRow {
  jti: TokenId;
  kid: KeyId;
  partner_id: PartnerId;
  product: ProductId;
  batch: string | null;
  issued_at: Instant;
  expires_at: Instant | null;
  revoked_at: Instant | null;
}

/** A verified click on a renewal link. */
export interface ClickRow {
  reference: Reference;
  product: ProductId;
  partner_id: PartnerId;
  jti: TokenId;
  token_issued_at: Instant;
  licence_hash: LicenceHash | null;
  clicked_at: Instant;
}

/** The partner a licence is bound to: the first one it was seen with. */
export interface RegistrationRow {
  product: ProductId;
  licence_hash: LicenceHash;
  partner_id: PartnerId;
  jti: TokenId;
  token_issued_at: Instant;
  bound_at: Instant;
}

/** A later claim on a bound licence by another partner. */
export interface RegistrationConflictRow {
  product: ProductId;
  licence_hash: LicenceHash;
  partner_id: PartnerId;
  jti: TokenId;
  seen_at: Instant;
}

/** Every event that was taken, append-only. Unique by (shop, event_id) and by (shop, object_id, effect). */
export interface EventRow {
  shop: ShopName;
  event_id: string;
  object_id: string;
  effect: Effect;
  /** One of the ids that name the sale: leads through `order_links` to its order, even after two were joined. */
  link_id: ProviderId;
  dispute_id: ProviderId | null;
  /** Gross, minor units; 0 where the effect has no amount. */
  amount_minor: number;
  /** 1 when the amount is all that was refunded so far. */
  cumulative: number;
  currency: Currency | null;
  occurred_at: Instant;
  received_at: Instant;
}

/** Which ids name which order. Also what concurrent events of one order, licence or subscription lock. */
export interface OrderLinkRow {
  /** A shop's name; `licence PRODUCT` and `subscription SHOP` for rows that only serve as locks. */
  namespace: string;
  id: string;
  order_key: OrderKey;
  /** 1 when the id is a sale's object: it was taken, and is not taken again under another event id. */
  sold: 0 | 1;
}

/** The order as it stands now: facts of the sale, and the newest decision's outcome for listing. */
export interface OrderRow {
  order_key: OrderKey;
  shop: ShopName;
  order_id: ProviderId;
  /** The sale event whose facts these are: of several for one sale, the one that sorts first. */
  object_id: string;
  cycle: "new" | "renewal";
  product: ProductId | null;
  subscription_id: ProviderId | null;
  licence_hash: LicenceHash | null;
  email_hash: EmailHash | null;
  /** Null for an address of a public mail host too. */
  email_domain_hash: EmailDomainHash | null;
  reference: string | null;
  /** The codes that were used, as the shop told them, one a line. */
  coupon: string | null;
  net_minor: number;
  tax_minor: number;
  currency: Currency;
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
  /** JSON: the policy in force. */
  policy: string;
  /** What led to it: `sale`, `late_evidence`, `ruling`. */
  cause: string;
  decided_at: Instant;
}

/** One movement between two accounts of one partner, append-only. Balanced by its form: it debits what it credits. */
export interface TransferRow {
  id: Generated<number>;
  order_key: OrderKey | null;
  decision_seq: number | null;
  partner_id: PartnerId;
  kind: TransferKind;
  debit: TransferAccount;
  credit: TransferAccount;
  /** More than zero. */
  amount_minor: number;
  currency: Currency;
  /** What led to it: `sale`, `refund`, `dispute_opened`, `late_evidence`, `hold_ended`, …. */
  cause: string;
  booked_at: Instant;
}

/** Sums of the transfers, kept with them so that a balance never costs a walk through history. */
export interface BalanceRow {
  partner_id: PartnerId;
  currency: Currency;
  /** 0 to 15 by the order's key: spreads a busy partner over several rows, so that sales do not queue for one lock. */
  shard: number;
  held_minor: number;
  payable_minor: number;
  paid_minor: number;
}

/** All tables, for kysely. */
export interface Schema extends SerialSchema, OutboxSchema {
  signing_keys: KeyRow;
  partners: PartnerRow;
  partner_history: PartnerHistoryRow;
  tokens: TokenRow;
  clicks: ClickRow;
  registrations: RegistrationRow;
  registration_conflicts: RegistrationConflictRow;
  events: EventRow;
  order_links: OrderLinkRow;
  orders: OrderRow;
  decisions: DecisionRow;
  transfers: TransferRow;
  balances: BalanceRow;
  voucher_batches: VoucherBatchRow;
  vouchers: VoucherRow;
  coupons: CouponRow;
  rulings: RulingRow;
  rate_limits: RateLimitRow;
  partner_keys: PartnerKeyRow;
  peppers: PepperRow;
  consents: ConsentRow;
  registered_emails: RegisteredEmailRow;
  email_tallies: EmailTallyRow;
  standing_tokens: StandingTokenRow;
}
