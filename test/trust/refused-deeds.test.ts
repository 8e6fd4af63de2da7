import { expect, it } from "vitest";
import { revokePartnerKey } from "../../server/src/access/partner-keys.ts";
import { listAudit } from "../../server/src/audit/list-audit.ts";
import { editPartner } from "../../server/src/channel/edit-partner.ts";
import { endPartner, resumePartner } from "../../server/src/channel/partners.ts";
import { endCoupon } from "../../server/src/coupons/coupons.ts";
import { asDeed } from "../../server/src/deps/actor.ts";
import { unlinkNetwork } from "../../server/src/networks/network-links.ts";
import { correctOrder } from "../../server/src/orders/rule/correct-order.ts";
import { resolveOrder } from "../../server/src/orders/rule/resolve-order.ts";
import { dropMessage, replayMessage } from "../../server/src/outbox/outbox.ts";
import { revokeToken } from "../../server/src/tokens/tokens.ts";
import { revokeVoucher, revokeVoucherBatch } from "../../server/src/vouchers/batches.ts";
import { openJourney } from "../journey/journey.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";

onEveryEngine("a deed about what there is not", (bench) => {
  it("is refused and stands in no audit, since nothing was changed", async () => {
    const { deps } = await openJourney(bench);
    const order = { shop: "stripe", order: "none", note: "by hand" };
    const deeds: readonly [action: string, work: () => Promise<unknown>, code: string][] = [
      ["token revoke", () => revokeToken(deps, "none"), "token_unknown"],
      ["coupon end", () => endCoupon(deps, "NONE"), "coupon_unknown"],
      ["partner end", () => endPartner(deps, "none"), "partner_unknown"],
      ["partner resume", () => resumePartner(deps, "none"), "partner_unknown"],
      ["partner edit", () => editPartner(deps, "none", { name: "None" }), "partner_unknown"],
      ["partner key revoke", () => revokePartnerKey(deps, "pk_none"), "key_unknown"],
      ["voucher revoke", () => revokeVoucher(deps, "none/1"), "voucher_unknown"],
      ["voucher revoke", () => revokeVoucherBatch(deps, "none"), "voucher_batch_unknown"],
      ["order resolve", () => resolveOrder(deps, { ...order, partner: null }), "order_unknown"],
      ["order correct", () => correctOrder(deps, { ...order, what: { void: true } }), "order_unknown"],
      ["outbox replay", () => replayMessage(deps, "none"), "message_unknown"],
      ["outbox drop", () => dropMessage(deps, { id: "none", note: "told" }), "message_unknown"],
      [
        "network unlink",
        () => unlinkNetwork(deps, { network: "none", partner: "none" }),
        "network_link_unknown",
      ],
    ];
    for (const [action, work, code] of deeds)
      await expect(asDeed({ actor: "cli:ann", action, subject: undefined }, work)).rejects.toMatchObject({
        code,
      });
    expect((await listAudit(deps)).entries).toEqual([]);
  });
});
