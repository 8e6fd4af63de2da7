import { expect, it } from "vitest";
import { addPartner } from "../../server/src/channel/partners.ts";
import { addCoupon } from "../../server/src/coupons/coupons.ts";
import { registerDeal } from "../../server/src/deals/register-deal.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openConsole } from "./console-world.ts";

onEveryEngine("a deal's page", (bench) => {
  it("says before it is answered who else sold to its customer", async () => {
    const world = await openConsole(bench);
    const { deps } = world;
    for (const id of ["north", "south"]) await addPartner(deps, { id, name: id, percent: 20 });
    await addCoupon(deps, { partner: "north", code: "NORTH" });
    await world.sell({ order: "A-1", coupon: "NORTH", email: "customer@example.com" });
    const channel = await world.as("channel");
    const pageOf = async (partner: string, customer: string) => {
      const { deal_id } = await registerDeal(deps, { partner, customer });
      return (await channel.get(`/console/deals/${deal_id}`)).text();
    };
    const warning = "Another partner sold to this customer before";
    const told = await pageOf("south", "customer@example.com");
    expect(told).toContain(warning);
    expect(told).toContain('href="/console/partners/north"');
    expect(await pageOf("north", "customer@example.com")).not.toContain(warning);
    expect(await pageOf("south", "other.example")).not.toContain(warning);
  });
});
