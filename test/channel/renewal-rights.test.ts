import { expect, it } from "vitest";
import { setAgreement } from "../../server/src/channel/agreements.ts";
import { addDays } from "../../server/src/words/clock.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openChannel } from "./channel-world.ts";

const rights = { renewalRights: { beforeDays: 60, afterDays: 30 } };

onEveryEngine("a renewal", (bench) => {
  // North sold a year on day 0, so its window runs from day 305 to day 395. The customer clicks south's link today.
  it.each<[day: number, partner: string, reason: string]>([
    [304, "north", "earlier_purchase"],
    [306, "north", "incumbent"],
    [395, "north", "incumbent"],
    [396, "south", "open_after_window"],
  ])("on day %i of a term of a year is %s's by %s", async (day, partner, reason) => {
    const { deps, journey, start, sell } = await openChannel(bench);
    const sold = addDays(start, -500);
    await setAgreement(deps, "north", { ...rights, since: sold });
    await sell("first", sold);
    await sell("next", addDays(sold, day), { by: "south" });
    const record = await journey.explain("next");
    expect([record.partner, record.reason]).toEqual([partner, reason]);
    await journey.expectSoundLedger();
  });

  it("keeps the right that was agreed when the term was sold, whatever is agreed later", async () => {
    const { deps, journey, start, sell } = await openChannel(bench);
    const sold = addDays(start, -365);
    await setAgreement(deps, "north", { ...rights, since: sold });
    await setAgreement(deps, "north", { renewalRights: null, since: addDays(sold, 10) });
    await sell("first", sold);
    await sell("next", start, { by: "south" });
    expect(await journey.explain("next")).toMatchObject({ partner: "north", reason: "incumbent" });
  });

  it("is the incumbent's whichever of the sales is heard of first", async () => {
    const { deps, journey, start, sell } = await openChannel(bench);
    const sold = addDays(start, -365);
    await setAgreement(deps, "north", { ...rights, since: sold });
    await sell("next", start, { by: "south" });
    expect(await journey.explain("next")).toMatchObject({ partner: "south" });
    await sell("first", sold);
    expect(await journey.explain("next")).toMatchObject({ partner: "north", reason: "incumbent" });
    await journey.expectSoundLedger();
  });
});
