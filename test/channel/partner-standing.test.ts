import { expect, it } from "vitest";
import { editPartner } from "../../server/src/channel/edit-partner.ts";
import { mergePartner } from "../../server/src/channel/partner-standing.ts";
import { readPartnerTree } from "../../server/src/channel/partner-tree.ts";
import { addPartner } from "../../server/src/channel/partners.ts";
import { registerDeal } from "../../server/src/deals/register-deal.ts";
import { resolveHeld } from "../../server/src/orders/rule/resolve-held.ts";
import { suspendedBlock } from "../../server/src/payouts/suspended-block.ts";
import { addDays } from "../../server/src/words/clock.ts";
import { as } from "../../server/src/words/ids.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openChannel } from "./channel-world.ts";

onEveryEngine("a partner", (bench) => {
  it("that is suspended earns nothing until a person says so, and is paid nothing", async () => {
    const { deps, journey, sell } = await openChannel(bench);
    const post = (path: string, body?: object) => journey.admin("POST", `/v1/partners/${path}`, body);
    const question = { partner: as.partner("north"), currency: as.currency("EUR"), now: deps.clock() };
    const blocks = () => deps.store.read((tx) => suspendedBlock(tx, deps, question));
    await sell("o1", deps.clock(), { licence: "A-1" });
    expect(await blocks()).toEqual([]);
    journey.pass(1);
    const suspendedAt = new Date(journey.now).toISOString();
    expect(await post("north/suspend")).toMatchObject({
      status: 200,
      body: { status: "suspended", suspendedAt, endedAt: null },
    });
    journey.pass(1);
    expect(await post("north/suspend")).toMatchObject({ body: { suspendedAt } });
    expect(await blocks()).toMatchObject([{ reason: "partner_suspended", amountMinor: null }]);
    await sell("o2", deps.clock(), { licence: "A-2" });
    expect(await journey.explain("o2")).toMatchObject({
      outcome: "held",
      reason: "partner_suspended",
      credits: [],
      evidence: [{ partner: "north", verdict: "lost", reason: "held" }],
    });
    expect(await journey.explain("o1")).toMatchObject({ outcome: "credited", partner: "north" });
    await expect(registerDeal(deps, { partner: "north", customer: "buyer.example" })).rejects.toMatchObject({
      code: "partner_suspended",
    });

    expect(await post("north/resume")).toMatchObject({ body: { status: "active", suspendedAt: null } });
    expect(await blocks()).toEqual([]);
    await sell("o3", deps.clock(), { licence: "A-3" });
    expect(await journey.explain("o3")).toMatchObject({ outcome: "credited", partner: "north" });
    const ruled = { reason: "partner_suspended", to: "as-decided", note: "it was cleared" } as const;
    expect(await resolveHeld(deps, ruled)).toMatchObject({ count: 1 });
    expect(await journey.explain("o2")).toMatchObject({ outcome: "credited", partner: "north" });
    const { body: history } = await journey.admin("GET", "/v1/partners/north/history");
    expect(history).toMatchObject([
      { change: "edited", changed: { suspendedAt } },
      { change: "resumed", changed: {} },
    ]);
    await journey.expectSoundLedger();
  });

  it("that was merged keeps what it earned, and what names it credits the other from then on", async () => {
    const { deps, journey, sell } = await openChannel(bench);
    await addPartner(deps, { id: "sub", name: "Sub", parent: "south" });
    const post = (path: string, body?: object) => journey.admin("POST", `/v1/partners/${path}`, body);
    await sell("o1", deps.clock(), { by: "south", licence: "A-1" });
    journey.pass(1);
    expect(await post("south/merge", { into: "north" })).toMatchObject({
      status: 200,
      body: {
        id: "south",
        status: "merged",
        mergedInto: "north",
        endedAt: new Date(journey.now).toISOString(),
      },
    });
    expect((await readPartnerTree(deps)).partners.find(({ id }) => id === "sub")?.parent).toBe("north");
    journey.pass(1);
    await sell("o2", deps.clock(), { by: "south", licence: "A-2" });
    expect(await journey.explain("o2")).toMatchObject({
      outcome: "credited",
      partner: "north",
      credits: [{ partner: "north" }],
    });
    // A renewal of the copy that was sold before is the other's too.
    await sell("o3", deps.clock(), { by: "south", licence: "A-1" });
    expect(await journey.explain("o3")).toMatchObject({ outcome: "credited", partner: "north" });
    expect(await journey.explain("o1")).toMatchObject({ outcome: "credited", partner: "south" });

    expect(await post("south/merge", { into: "north" })).toMatchObject({ body: { code: "partner_merged" } });
    expect(await post("south/resume")).toMatchObject({ status: 409, body: { code: "partner_merged" } });
    expect(await post("north/merge", { into: "north" })).toMatchObject({ body: { code: "request_invalid" } });
    expect(await post("north/merge", { into: "south" })).toMatchObject({ body: { code: "partner_ended" } });
    // What was merged before follows.
    expect(await post("north/merge", { into: "big" })).toMatchObject({ status: 200 });
    journey.pass(1);
    await sell("o4", deps.clock(), { by: "south", licence: "A-4" });
    expect(await journey.explain("o4")).toMatchObject({ outcome: "credited", partner: "big" });
    await journey.expectSoundLedger();
  });

  it("that was merged has nobody below it from then on, whenever that was or will be recorded", async () => {
    const { deps, journey, start } = await openChannel(bench);
    for (const id of ["later", "free"]) await addPartner(deps, { id, name: id });
    const soon = addDays(start, 20);
    await editPartner(deps, "later", { parent: "south", since: soon });
    // The one that takes over was to stand below the other, which itself moves.
    await editPartner(deps, "north", { parent: "south", since: addDays(start, 30) });
    await editPartner(deps, "south", { parent: "big", since: addDays(start, 25) });
    journey.pass(10);
    await mergePartner(deps, "south", { into: "north" });
    const parentsOn = async (days: number) => {
      const { partners } = await readPartnerTree(deps, { at: addDays(start, days) });
      return Object.fromEntries(partners.map(({ id, parent }) => [id, parent]));
    };
    expect(await parentsOn(19)).toMatchObject({ later: null, north: "big" });
    expect(await parentsOn(20)).toMatchObject({ later: "north", north: "big" });
    expect(await parentsOn(30)).toMatchObject({ later: "north", north: "big", south: "big" });
    await expect(editPartner(deps, "free", { parent: "south" })).rejects.toMatchObject({
      code: "partner_merged",
      message: expect.stringContaining("north"),
    });
    // A correction of the past holds until the merge.
    await editPartner(deps, "free", { parent: "south", since: addDays(start, 1) });
    expect(await parentsOn(9)).toMatchObject({ free: "south" });
    expect(await parentsOn(10)).toMatchObject({ free: "north" });
    await journey.expectSoundLedger();
  });
});
