import { beforeAll, expect, it } from "vitest";
import { agreementAt } from "../../server/src/agreements/agreement.ts";
import { readAgreementHistory, setAgreement, showAgreement } from "../../server/src/channel/agreements.ts";
import { agreementOf } from "../../server/src/channel/change-agreement.ts";
import { editPartner } from "../../server/src/channel/edit-partner.ts";
import { addPartner, listPartners, showPartner } from "../../server/src/channel/partners.ts";
import { listAgreements, listSharing } from "../../server/src/channel/rows/agreements.ts";
import type { Deps } from "../../server/src/deps/deps.ts";
import type { OpenedStore } from "../../server/src/store/store.ts";
import { addDays, type Instant, instant } from "../../server/src/words/clock.ts";
import { as } from "../../server/src/words/ids.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";

const start = instant(Date.UTC(2027, 0, 1));
const day = (days: number) => addDays(start, days);

onEveryEngine("agreements", (bench) => {
  let store: OpenedStore;
  let now: Instant = start;
  let deps: Deps;
  beforeAll(async () => {
    store = await bench.open();
    deps = { store, clock: () => now, config: { defaultRateBp: 2000 } } as unknown as Deps;
    await addPartner(deps, { id: "shop", name: "Shop", sharing: "transaction" });
    await addPartner(deps, { id: "closed", name: "Closed" });
  });

  it("begin with what the partner was added with, and with everything closed otherwise", async () => {
    const agreement = { sharing: "transaction", notices: [], renewalRights: null, selfBilling: false };
    expect(await showAgreement(deps, "shop")).toMatchObject(agreement);
    expect(await showAgreement(deps, "closed")).toMatchObject({ ...agreement, sharing: "none" });
    expect(await showAgreement(deps, "shop", { at: instant(start - 1) })).toMatchObject({ sharing: "none" });
    expect(await readAgreementHistory(deps, "closed")).toEqual([]);
  });

  it("hold from their day on, and keep what a later one does not name", async () => {
    now = day(10);
    const renewalRights = { beforeDays: 60, afterDays: 30 };
    await setAgreement(deps, "shop", {
      since: day(20),
      sharing: "full",
      notices: ["renewal"],
      renewalRights,
    });
    await setAgreement(deps, "shop", { since: day(30), notices: [], selfBilling: true });
    expect(await showPartner(deps, "shop")).toMatchObject({ sharing: "transaction" });
    now = day(25);
    expect(await showPartner(deps, "shop")).toMatchObject({ sharing: "full" });
    expect((await listPartners(deps)).map(({ id, sharing }) => [id, sharing])).toEqual([
      ["closed", "none"],
      ["shop", "full"],
    ]);
    expect(await showAgreement(deps, "shop", { at: day(30) })).toMatchObject({
      sharing: "full",
      notices: [],
      renewalRights,
      selfBilling: true,
    });
    expect(
      (await readAgreementHistory(deps, "shop")).map(({ version, until }) => [version, until?.slice(0, 10)]),
    ).toEqual([
      [1, "2027-01-21"],
      [2, "2027-01-31"],
      [3, undefined],
    ]);
  });

  it("change with `partner edit --sharing` from now on, and with a correction of the same day", async () => {
    now = day(40);
    await editPartner(deps, "shop", { sharing: "none" });
    await setAgreement(deps, "shop", { since: day(30), note: "as on paper" });
    expect(await showAgreement(deps, "shop")).toMatchObject({
      sharing: "none",
      selfBilling: true,
      note: null,
    });
    expect(await showAgreement(deps, "shop", { at: day(35) })).toMatchObject({
      sharing: "full",
      note: "as on paper",
    });
  });

  it("are read alike by the database and the pure core, on any day", async () => {
    const rows = await store.read((tx) => listAgreements(tx, as.partner("shop")));
    for (let days = -1; days < 45; days++) {
      const shown = await store.read((tx) => listSharing(tx, day(days)));
      const { sharing } = agreementAt(rows.map(agreementOf), day(days));
      expect([days, shown.find(({ id }) => id === "shop")?.sharing]).toEqual([days, sharing]);
    }
  });

  it("are numbered without a gap, however many are made at once", async () => {
    await Promise.all(Array.from({ length: 8 }, (_, at) => setAgreement(deps, "closed", { note: `${at}` })));
    const versions = (await readAgreementHistory(deps, "closed")).map(({ version }) => version);
    expect(versions).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it.each([
    [{ currency: as.currency("euro") }],
    [{ language: "german, please" }],
    [{ note: "two\nlines" }],
    [{ fileHash: "x" }],
    [{}],
    [{ since: start }],
  ])("are refused as %j", async (change) => {
    await expect(setAgreement(deps, "shop", change)).rejects.toMatchObject({ code: "request_invalid" });
  });

  it("need a partner", async () => {
    const unknown = { code: "partner_unknown" };
    await expect(setAgreement(deps, "nobody", { note: "n" })).rejects.toMatchObject(unknown);
    await expect(showAgreement(deps, "nobody")).rejects.toMatchObject(unknown);
    await expect(readAgreementHistory(deps, "nobody")).rejects.toMatchObject(unknown);
  });
});
