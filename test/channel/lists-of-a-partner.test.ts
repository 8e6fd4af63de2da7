import { expect, it } from "vitest";
import { listAdjustments } from "../../server/src/adjustments/list-adjustments.ts";
import { addPartner } from "../../server/src/channel/partners.ts";
import { listCoupons } from "../../server/src/coupons/coupons.ts";
import { listDeals } from "../../server/src/deals/deals.ts";
import { listDisputes } from "../../server/src/disputes/open-dispute.ts";
import { listOrders } from "../../server/src/orders/explain/list-orders.ts";
import { listOffers } from "../../server/src/rewards/shown-offers.ts";
import { listStatements } from "../../server/src/statements/read-statements.ts";
import { listVoucherBatches } from "../../server/src/vouchers/batches.ts";
import { openConsole } from "../console/console-world.ts";
import { benchOf } from "../postgres/on-every-engine.ts";

it("lists nothing of a partner that has nothing, and refuses one that is unknown", async () => {
  const world = await openConsole(benchOf("sqlite"));
  const { deps } = world;
  await addPartner(deps, { id: "north", name: "North", percent: 20 });
  const lists = {
    listAdjustments,
    listCoupons,
    listDeals,
    listDisputes,
    listOffers,
    listOrders,
    listStatements,
    listVoucherBatches,
  };
  for (const [name, list] of Object.entries(lists)) {
    expect(Object.values(await list(deps, { partner: "north" }))[0], name).toEqual([]);
    await expect(list(deps, { partner: "nroth" }), name).rejects.toMatchObject({ code: "partner_unknown" });
  }
  const owner = await world.as("owner");
  for (const path of ["orders", "statements", "disputes", "coupons", "adjustments", "vouchers", "deals"]) {
    const answer = await owner.get(`/console/${path}?partner=nroth`);
    expect([path, answer.status, (await answer.text()).includes("There is no partner nroth.")]).toEqual([
      path,
      404,
      true,
    ]);
  }
});
