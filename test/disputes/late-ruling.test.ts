import { expect, it } from "vitest";
import { readBalances } from "../../server/src/books/balances.ts";
import { openDispute } from "../../server/src/disputes/open-dispute.ts";
import { ruleDispute } from "../../server/src/disputes/rule-dispute.ts";
import { releaseDue } from "../../server/src/orders/rule/release.ts";
import { verifyLedger } from "../../server/src/orders/verify/verify.ts";
import { openChannel } from "../channel/channel-world.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";

onEveryEngine("a ruling that comes when the hold has ended", (bench) => {
  it("releases what no job has released yet, and leaves nothing held for good", async () => {
    const { deps, journey, sell } = await openChannel(bench);
    await sell("o1");
    journey.pass(31);
    const { id } = await openDispute(deps, "north", { number: "o1", text: "Ours." });
    await ruleDispute(deps, id, { to: { partner: "north" }, note: "North's own." });
    await releaseDue(deps);
    expect(await readBalances(deps, { partner: "north" })).toMatchObject([
      { heldMinor: 0, payableMinor: 2_767 },
    ]);
    expect((await verifyLedger(deps)).failures).toEqual([]);
  });
});
