import type { Generated } from "kysely";
import type { RewardKind } from "../../commission/reward-terms.ts";
import type { RewardState, RewardStep } from "../../commission/settle-reward.ts";
import type { Instant } from "../../words/clock.ts";
import type { Currency, OrderKey, PartnerId, ProductId } from "../../words/ids.ts";

/** Where an offer stands. */
export type OfferState = "draft" | "offered" | "ended";

/** What a partner offers her customers for a renewal. What it offers never changes; its state does. */
export interface RewardOfferRow {
  offer_id: string;
  partner_id: PartnerId;
  kind: RewardKind;
  /** What customers read, in the partner's words. */
  title: string;
  /** Null for every product. */
  product: ProductId | null;
  /** Of points: for each renewal, or for each whole unit of its currency. */
  points: number | null;
  points_per_unit: number | null;
  /** Of a coupon: what it is worth. */
  currency: Currency | null;
  amount_minor: number | null;
  from_at: Instant | null;
  until_at: Instant | null;
  created_at: Instant;
  state: OfferState;
  offered_at: Instant | null;
  ended_at: Instant | null;
  ended_note: string | null;
}

/** What one renewal earned for its customer, as it was written, and what is left of it. Amounts in minor units. */
export interface RewardRow {
  reward_id: string;
  order_key: OrderKey;
  partner_id: PartnerId;
  offer_id: string;
  kind: RewardKind;
  product: ProductId | null;
  /** The plan that allowed it. */
  plan_id: string;
  plan_version: number;
  /** The period of the plan's caps, by the day of the sale. */
  period: string;
  currency: Currency;
  /** What the partner was credited for the renewal at its full amount. */
  credit_minor: number;
  points: number;
  partner_minor: number;
  vendor_minor: number;
  occurred_at: Instant;
  written_at: Instant;
  state: RewardState;
  points_left: number;
  partner_left: number;
  vendor_left: number;
  /** What of `vendor_left` the partner bears since the money of a redeemed one went back. */
  vendor_back: number;
  /** When it can no longer be redeemed; null until it can. */
  expires_at: Instant | null;
  /** The number of its last step, from 1. */
  last_seq: number;
}

/** What became of a reward, append-only: what was left after each step. */
export interface RewardStepRow {
  step_no: Generated<number>;
  reward_id: string;
  /** From 1 for each reward. */
  seq: number;
  step: RewardStep;
  points: number;
  partner_minor: number;
  vendor_minor: number;
  /** Why, in the words of whoever took it. */
  note: string | null;
  at: Instant;
}

/** A code of a shop that is handed to one customer. */
export interface RewardCodeRow {
  code_no: Generated<number>;
  offer_id: string;
  code_hash: string;
  code_sealed: Uint8Array;
  added_at: Instant;
  /** Whose it is; null until it is given away. */
  reward_id: string | null;
}

/** Up to which movement of the journal, and up to which order, rewards were written. */
export interface RewardProgressRow {
  slot: "all";
  after_id: number;
  after_key: OrderKey;
}

declare module "../../store/schema.ts" {
  interface Schema {
    reward_offers: RewardOfferRow;
    rewards: RewardRow;
    reward_steps: RewardStepRow;
    reward_codes: RewardCodeRow;
    reward_progress: RewardProgressRow;
  }
}
