import type { Engine } from "../query.ts";
import { type Definition, oneOf } from "./ddl.ts";

const stays = "what a reward was written as stays as it was";

const frozen: readonly (readonly [table: string, columns: readonly string[]])[] = [
  [
    "reward_offers",
    "offer_id partner_id kind title product points points_per_unit currency amount_minor from_at until_at created_at".split(
      " ",
    ),
  ],
  [
    "rewards",
    "reward_id order_key partner_id offer_id kind product plan_id plan_version period currency credit_minor points partner_minor vendor_minor occurred_at written_at".split(
      " ",
    ),
  ],
];

const kept: Record<Engine, (table: string, columns: readonly string[]) => string[]> = {
  sqlite: (table, columns) => [
    `create trigger ${table}_refuse_update before update of ${columns.join(", ")} on ${table}
      when ${columns.map((one) => `new.${one} is not old.${one}`).join(" or ")}
      begin select raise(abort, '${stays}'); end`,
    `create trigger ${table}_refuse_delete before delete on ${table}
      begin select raise(abort, '${stays}'); end`,
  ],
  postgres: (table, columns) => [
    `create trigger ${table}_refuse_update before update of ${columns.join(", ")} on ${table} for each row
      when (${columns.map((one) => `new.${one} is distinct from old.${one}`).join(" or ")})
      execute function refuse_row('${stays}')`,
    `alter table ${table} enable always trigger ${table}_refuse_update`,
    `create trigger ${table}_refuse_delete before delete on ${table} for each row
      execute function refuse_row('${stays}')`,
    `alter table ${table} enable always trigger ${table}_refuse_delete`,
  ],
};

/** What partners offer their customers for a renewal, what each renewal earned by it, and what became of that. */
export const rewards: Definition = ({ engine, text, int64, bytes, clustered, appended, appendOnly }) => {
  const numbered =
    engine === "sqlite" ? "integer primary key" : "bigint generated always as identity primary key";
  return [
    `create table reward_offers (
      offer_id ${text} primary key not null,
      partner_id ${text} not null references partners (id),
      kind text not null ${oneOf("kind", ["points", "coupon"])},
      title text not null,
      product ${text},
      points ${int64},
      points_per_unit ${int64},
      currency ${text},
      amount_minor ${int64},
      from_at ${int64},
      until_at ${int64},
      created_at ${int64} not null,
      state text not null ${oneOf("state", ["draft", "offered", "ended"])},
      offered_at ${int64},
      ended_at ${int64},
      ended_note text,
      check ((kind = 'coupon') = (currency is not null and amount_minor is not null)),
      check ((kind = 'points') = (points is not null or points_per_unit is not null))
    ) ${clustered}`,
    "create index reward_offers_by_partner on reward_offers (partner_id, offer_id)",
    `create table rewards (
      reward_id ${text} primary key not null,
      order_key ${text} not null,
      partner_id ${text} not null references partners (id),
      offer_id ${text} not null references reward_offers (offer_id),
      kind text not null ${oneOf("kind", ["points", "coupon"])},
      product ${text},
      plan_id ${text} not null,
      plan_version ${int64} not null,
      period ${text} not null,
      currency ${text} not null,
      credit_minor ${int64} not null,
      points ${int64} not null check (points >= 0),
      partner_minor ${int64} not null check (partner_minor >= 0 and partner_minor <= credit_minor),
      vendor_minor ${int64} not null check (vendor_minor >= 0),
      occurred_at ${int64} not null,
      written_at ${int64} not null,
      state text not null ${oneOf("state", ["waiting", "available", "refunded", "redeemed", "revoked", "expired"])},
      points_left ${int64} not null check (points_left >= 0 and points_left <= points),
      partner_left ${int64} not null check (partner_left >= 0 and partner_left <= partner_minor),
      vendor_left ${int64} not null check (vendor_left >= 0 and vendor_left <= vendor_minor),
      expires_at ${int64},
      last_seq ${int64} not null
    ) ${clustered}`,
    "create unique index rewards_by_order on rewards (order_key, partner_id)",
    "create index rewards_by_partner on rewards (partner_id, reward_id)",
    "create index rewards_by_period on rewards (partner_id, period)",
    "create index rewards_by_offer on rewards (offer_id, reward_id)",
    "create index rewards_expiring on rewards (expires_at) where state = 'available'",
    `create table reward_steps (
      step_no ${numbered},
      reward_id ${text} not null references rewards (reward_id),
      seq ${int64} not null,
      step text not null ${oneOf("step", ["written", "changed", "available", "redeemed", "revoked", "expired"])},
      points ${int64} not null,
      partner_minor ${int64} not null,
      vendor_minor ${int64} not null,
      note text,
      at ${int64} not null
    ) ${appended}`,
    "create unique index reward_steps_by_reward on reward_steps (reward_id, seq)",
    `create table reward_codes (
      code_no ${numbered},
      offer_id ${text} not null references reward_offers (offer_id),
      code_hash ${text} not null,
      code_sealed ${bytes} not null,
      added_at ${int64} not null,
      reward_id ${text}
    ) ${appended}`,
    "create unique index reward_codes_by_hash on reward_codes (code_hash)",
    "create unique index reward_codes_by_reward on reward_codes (reward_id) where reward_id is not null",
    "create index reward_codes_free on reward_codes (offer_id, code_no) where reward_id is null",
    `create table reward_progress (
      slot ${text} primary key not null,
      after_id ${int64} not null,
      after_key ${text} not null
    ) ${clustered}`,
    ...frozen.flatMap(([table, columns]) => kept[engine](table, columns)),
    ...appendOnly("reward_steps"),
  ];
};
