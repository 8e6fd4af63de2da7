import { expect, it } from "vitest";
import { openDispute, showPartnerDispute } from "../../server/src/disputes/open-dispute.ts";
import { ruleDispute, ruleDisputes } from "../../server/src/disputes/rule-dispute.ts";
import { explainOrder } from "../../server/src/orders/explain/explain-order.ts";
import { resolveOrder } from "../../server/src/orders/rule/resolve-order.ts";
import { verifyLedger } from "../../server/src/orders/verify/verify.ts";
import { as } from "../../server/src/words/ids.ts";
import { openChannel } from "../channel/channel-world.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";

const south = as.partner("south");

onEveryEngine("a contested decision", (bench) => {
  it("is ruled on once by two people at once, and its order stands as the one ruled that was let through", async () => {
    const { deps, sell } = await openChannel(bench);
    for (let round = 0; round < 4; round++) {
      const number = `o${round}`;
      await sell(number, undefined, { licence: `CCCC-${round}` });
      const { id } = await openDispute(deps, "south", { number, text: "Ours." });
      const both = await Promise.allSettled([
        ruleDispute(deps, id, { to: { partner: "south" }, note: "South's." }),
        ruleDispute(deps, id, { to: "nobody", note: "Nobody's." }),
      ]);
      const refused = both.filter((one) => one.status === "rejected");
      expect(refused.map(({ reason }) => reason.code)).toEqual(["dispute_ruled"]);
      const isSouths = both[0].status === "fulfilled";
      expect((await showPartnerDispute(deps, south, id)).granted).toBe(isSouths);
      expect((await explainOrder(deps, "stripe", number)).partner).toBe(isSouths ? "south" : null);
    }
    expect((await verifyLedger(deps)).failures).toEqual([]);
  });

  it("of a class is left, and the rest is ruled on, where somebody else rules meanwhile", async () => {
    const { deps, sell } = await openChannel(bench);
    const ids: string[] = [];
    for (const number of ["o1", "o2", "o3"]) {
      await sell(number, undefined, { licence: `CCCC-${number}` });
      ids.push((await openDispute(deps, "south", { number, text: "Ours." })).id);
    }
    const ruling = { to: "claimant" as const, note: "South's week." };
    const both = await Promise.all([ruleDisputes(deps, ruling), ruleDisputes(deps, ruling)]);
    const ruled = both.flatMap((one) => one.ruled.map(({ id }) => id));
    expect(ruled.toSorted()).toEqual(ids.toSorted());
    for (const { why } of both.flatMap(({ left }) => left)) expect(why).toBe("dispute_ruled");
  });

  it("of a class is left where another partner contests the order just before it is ruled on", async () => {
    const { deps, sell } = await openChannel(bench);
    await sell("o1", undefined, { licence: "CCCC-1" });
    for (const to of ["claimant", "as-decided"] as const) {
      const { id } = await openDispute(deps, "south", { number: "o1", text: "Ours." });
      const { store } = deps;
      let others = "";
      const write: typeof store.write = async (work) => {
        if (others === "") others = (await openDispute(deps, "big", { number: "o1", text: "No, ours." })).id;
        return store.write(work);
      };
      const ruling = { to, note: "South's week.", partner: "south" };
      const result = await ruleDisputes({ ...deps, store: { ...store, write } }, ruling);
      expect(result).toMatchObject({ ruled: [], left: [{ id, why: "contested_by_others" }] });
      expect((await explainOrder(deps, "stripe", "o1")).partner).toBe("north");
      for (const one of [id, others]) await ruleDispute(deps, one, { to: "as-decided", note: "As it was." });
    }
  });

  it("of a class for one reason is passed over where its order is decided anew just before", async () => {
    const { deps, sell } = await openChannel(bench);
    await sell("o1", undefined, { licence: "CCCC-1" });
    await openDispute(deps, "south", { number: "o1", text: "Ours." });
    const { reason } = await explainOrder(deps, "stripe", "o1");
    const { store } = deps;
    let isRuled = false;
    const write: typeof store.write = async (work) => {
      if (!isRuled) {
        isRuled = true;
        const ruling = { shop: "stripe", order: "o1", partner: null, note: "Nobody's." };
        await resolveOrder(deps, ruling);
      }
      return store.write(work);
    };
    const ruling = { to: "claimant" as const, note: "South's week.", reason };
    const result = await ruleDisputes({ ...deps, store: { ...store, write } }, ruling);
    expect(result).toMatchObject({ ruled: [], left: [] });
    expect((await explainOrder(deps, "stripe", "o1")).partner).toBeNull();
  });
});
