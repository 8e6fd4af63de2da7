import { describe, expect, it } from "vitest";
import { addDays, instant } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import { exchangeRefusals, judgeVoucher, type VoucherFacts } from "./judge.ts";

const now = instant(Date.UTC(2027, 0, 1, 12));
const paint = as.product("acme-paint");
const good: VoucherFacts = {
  product: paint,
  revoked_at: null,
  batch_revoked_at: null,
  exchanged_at: null,
  expires_at: null,
};

describe("a voucher", () => {
  it("is good for its product, also when none is named, up to its last instant", () => {
    expect(judgeVoucher(good, paint, now)).toBeUndefined();
    expect(judgeVoucher(good, undefined, now)).toBeUndefined();
    expect(judgeVoucher({ ...good, expires_at: now }, paint, now)).toBeUndefined();
  });

  it("is refused with the first reason that holds", () => {
    const bad = {
      ...good,
      revoked_at: now,
      exchanged_at: now,
      expires_at: addDays(now, -1),
    };
    const told = [
      judgeVoucher(bad, as.product("other"), now),
      judgeVoucher(bad, paint, now),
      judgeVoucher({ ...bad, revoked_at: null }, paint, now),
      judgeVoucher({ ...bad, revoked_at: null, exchanged_at: null }, paint, now),
    ];
    expect(told).toEqual([...exchangeRefusals]);
    expect(judgeVoucher({ ...good, batch_revoked_at: now }, paint, now)).toBe("voucher_revoked");
  });
});
