import { beforeAll, expect, it } from "vitest";
import { treeText } from "../../server/src/channel/cli/tree-commands.ts";
import { editPartner } from "../../server/src/channel/edit-partner.ts";
import { readPartnerHistory } from "../../server/src/channel/partner-history.ts";
import { readPartnerPositions, readPartnerTree } from "../../server/src/channel/partner-tree.ts";
import { addPartner, endPartner, showPartner } from "../../server/src/channel/partners.ts";
import { findChain } from "../../server/src/channel/rows/positions.ts";
import type { Deps } from "../../server/src/deps/deps.ts";
import type { OpenedStore } from "../../server/src/store/store.ts";
import { addDays, type Instant, instant } from "../../server/src/words/clock.ts";
import { as } from "../../server/src/words/ids.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";

const start = instant(Date.UTC(2027, 0, 1));
const day = (days: number) => addDays(start, days);

onEveryEngine("the hierarchy", (bench) => {
  let store: OpenedStore;
  let now: Instant = start;
  let deps: Deps;
  beforeAll(async () => {
    store = await bench.open();
    deps = { store, clock: () => now, config: { defaultRateBp: 2000 } } as unknown as Deps;
    for (const id of ["master", "big", "shop", "blog", "other"])
      await addPartner(deps, { id, name: id.toUpperCase() });
  });
  const chainAt = (partner: string, at: Instant) =>
    store.read(async (tx) => (await findChain(tx, { partner: as.partner(partner), at })).map(({ id }) => id));

  it("keeps who stood above whom on each day, and what was recorded", async () => {
    now = day(10);
    await editPartner(deps, "shop", { parent: "big", since: day(0) });
    await editPartner(deps, "big", { parent: "master", since: day(3) });
    await editPartner(deps, "shop", { parent: "other", since: day(20) });
    expect(await chainAt("shop", day(2))).toEqual(["shop", "big"]);
    expect(await chainAt("shop", day(3))).toEqual(["shop", "big", "master"]);
    expect(await chainAt("shop", instant(day(20) - 1))).toEqual(["shop", "big", "master"]);
    expect(await chainAt("shop", day(20))).toEqual(["shop", "other"]);
    expect(await showPartner(deps, "shop")).toMatchObject({ parent: "big" });
    const iso = (days: number) => new Date(day(days)).toISOString();
    expect(await readPartnerPositions(deps, "shop")).toEqual([
      { parent: "big", since: iso(0), until: iso(20), recordedAt: iso(10) },
      { parent: "other", since: iso(20), until: null, recordedAt: iso(10) },
    ]);
    expect((await readPartnerHistory(deps, "shop")).map(({ changed }) => changed)).toEqual([
      { parent: "big", since: iso(0) },
      { parent: "other", since: iso(20) },
    ]);
  });

  it("is drawn as a tree of a day", async () => {
    await addPartner(deps, { id: "late", name: "Late", parent: "shop", since: day(4) });
    await editPartner(deps, "blog", { parent: "big", since: day(4) });
    await endPartner(deps, "blog", day(5));
    const tree = await readPartnerTree(deps, { at: day(6) });
    expect(treeText(tree.partners)).toBe(
      [
        "master  MASTER (reseller)",
        "└─ big  BIG (reseller)",
        "   ├─ blog  BLOG (reseller, ended)",
        "   └─ shop  SHOP (reseller)",
        "      └─ late  Late (reseller)",
        "other  OTHER (reseller)\n",
      ].join("\n"),
    );
    expect(tree.partners.map(({ tier }) => tier)).toEqual([1, 2, 3, 3, 4, 1]);
    expect((await readPartnerTree(deps, { at: day(2) })).partners.map(({ id }) => id)).not.toContain("late");
  });

  it("refuses what would make a circle or a sixth tier on any day, and then changes nothing", async () => {
    const before = await readPartnerPositions(deps, "master");
    await expect(
      editPartner(deps, "master", { name: "M", parent: "late", since: day(7) }),
    ).rejects.toMatchObject({ code: "parent_cycle" });
    await expect(editPartner(deps, "other", { parent: "shop", since: day(30) })).rejects.toMatchObject({
      code: "parent_cycle",
    });
    await addPartner(deps, { id: "tier5", name: "T", parent: "late", since: day(5) });
    await expect(
      addPartner(deps, { id: "tier6", name: "T", parent: "tier5", since: day(6) }),
    ).rejects.toMatchObject({ code: "tiers_exceeded" });
    await expect(showPartner(deps, "tier6")).rejects.toMatchObject({ code: "partner_unknown" });
    await expect(editPartner(deps, "shop", { parent: "nobody" })).rejects.toMatchObject({
      code: "parent_unknown",
    });
    await expect(editPartner(deps, "shop", { since: day(1) })).rejects.toMatchObject({
      code: "request_invalid",
    });
    expect(await readPartnerPositions(deps, "master")).toEqual(before);
    expect(await showPartner(deps, "master")).toMatchObject({ name: "MASTER" });
  });

  it("says nothing twice", async () => {
    const before = await readPartnerPositions(deps, "shop");
    await editPartner(deps, "shop", { parent: "big", since: day(1) });
    expect(await readPartnerPositions(deps, "shop")).toEqual(before);
  });

  it("lets one of two moves pass that would make a circle together", async () => {
    for (let round = 0; round < 10; round++) {
      const [a, b] = [`a${round}`, `b${round}`];
      await addPartner(deps, { id: a, name: a });
      await addPartner(deps, { id: b, name: b });
      const moves = await Promise.allSettled([
        editPartner(deps, a, { parent: b }),
        editPartner(deps, b, { parent: a }),
      ]);
      expect(moves.map((move) => move.status).sort()).toEqual(["fulfilled", "rejected"]);
      expect(moves.find((move) => move.status === "rejected")).toMatchObject({
        reason: { code: "parent_cycle" },
      });
    }
  });
});
