import { expect, it } from "vitest";
import { mergePartner } from "../../server/src/channel/partner-standing.ts";
import { payoutBlocks } from "../../server/src/receiver/payout-blocks.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openPayouts } from "./payout-world.ts";

onEveryEngine("a merged partner's money", (bench) => {
  it("goes to its own account, and what it owes is held back from the other's", async () => {
    const world = await openPayouts(bench, { blocks: [...payoutBlocks] });
    const { deps } = world;
    for (const [id, minor] of Object.entries({ oldest: -300, old: -200, heir: 5_000, other: 700 }))
      await world.payee(id, minor);
    await mergePartner(deps, "oldest", { into: "old" });
    await mergePartner(deps, "old", { into: "heir" });
    await mergePartner(deps, "other", { into: "heir" });
    const { payouts, excluded } = await world.propose({ dryRun: true });
    expect(payouts.map(({ partner, amountMinor }) => [partner, amountMinor])).toEqual([
      ["heir", 4_500],
      ["other", 700],
    ]);
    expect(
      excluded.filter(({ partner }) => partner === "heir").map((one) => [one.reason, one.heldBackMinor]),
    ).toEqual([
      ["merged_debt", 200],
      ["merged_debt", 300],
    ]);
    await world.owe("old", 200);
    await world.owe("oldest", 300);
    expect((await world.propose({ dryRun: true })).payouts).toMatchObject([{ amountMinor: 5_000 }, {}]);
  });

  it("that comes to owe after the proposal takes the row out at approval", async () => {
    const world = await openPayouts(bench, { blocks: [...payoutBlocks] });
    for (const id of ["old", "heir"]) await world.payee(id, id === "heir" ? 1_000 : 0);
    await mergePartner(world.deps, "old", { into: "heir" });
    const { batches } = await world.propose();
    await world.owe("old", -1);
    expect((await world.approve(batches[0]?.id ?? "")).takenOut).toMatchObject([{ reason: "merged_debt" }]);
  });
});
