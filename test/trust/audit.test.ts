import { expect, it } from "vitest";
import { listAudit } from "../../server/src/audit/list-audit.ts";
import { addPartner } from "../../server/src/channel/partners.ts";
import { asDeed, nameSubject } from "../../server/src/deps/actor.ts";
import { rotateKey } from "../../server/src/keys/signing-keys.ts";
import { verifyLedger } from "../../server/src/orders/verify/verify.ts";
import { reportEarnings } from "../../server/src/reports/report-earnings.ts";
import { openJourney } from "../journey/journey.ts";
import { runRaw } from "../journey/raw-database.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openStatements } from "../statements/statement-world.ts";

onEveryEngine("the audit", (bench) => {
  it("has an entry and a log line of each change by a key, and none of what only reads or fails", async () => {
    const journey = await openJourney(bench);
    const partner = { id: "north", name: "North" };
    await journey.admin("POST", "/v1/partners", partner);
    await journey.admin("POST", "/v1/partners", partner);
    await journey.admin("GET", "/v1/partners");
    await journey.admin("PATCH", "/v1/partners/north", { percent: 5 });
    const { entries } = await listAudit(journey.deps);
    expect(entries).toMatchObject([
      { actor: "key:admin", action: "PATCH /v1/partners/:id", subject: "north" },
      { actor: "key:admin", action: "POST /v1/partners", subject: "north" },
    ]);
    expect(journey.logged("audit.recorded")).toHaveLength(2);
    expect(await journey.admin("GET", "/v1/audit?subject=north&limit=1")).toMatchObject({
      body: { entries: [{ action: "PATCH /v1/partners/:id" }], next: expect.any(String) },
    });
  });

  it("has neither entry nor log line of what found nothing to change", async () => {
    const journey = await openJourney(bench);
    for (const path of [
      "/v1/partners/nobody/end",
      "/v1/partners/nobody/resume",
      "/v1/partner-keys/nothing/revoke",
      "/v1/tokens/nothing/revoke",
      "/v1/voucher-batches/nothing/revoke",
      "/v1/coupons/NOTHING/end",
    ])
      expect(await journey.admin("POST", path, {}), path).toMatchObject({ status: 404 });
    const { entries } = await listAudit(journey.deps);
    expect(entries).toEqual([]);
    expect(journey.logged("audit.recorded")).toEqual([]);
  });

  it("has no entry of what only keeps sums up to date or notes when it looked", async () => {
    const journey = await openJourney(bench);
    const { deps } = journey;
    await journey.partnerWithToken("north");
    const before = (await listAudit(deps)).entries;
    const deed = { actor: "cli:ann", subject: undefined };
    await asDeed({ ...deed, action: "report earnings" }, () => reportEarnings(deps, { by: "partner" }));
    await asDeed({ ...deed, action: "ledger verify" }, () => verifyLedger(deps));
    expect((await listAudit(deps)).entries).toEqual(before);
    expect(await journey.admin("GET", "/v1/audit?actor=cli%3Aann")).toMatchObject({ body: { entries: [] } });
  });

  it("names what was made anew, where only the receiver knows its id", async () => {
    const { journey, deps, correct } = await openStatements(bench);
    const { admin } = journey;
    const asAnn = <T>(action: string, work: () => Promise<T>) =>
      asDeed({ actor: "cli:ann", action, subject: undefined }, work);
    const { kid } = await asAnn("key rotate", () => rotateKey(deps, nameSubject));
    const deal = await admin("POST", "/v1/deals", { partner: "north", customer: "works.example" });
    const works = await admin("POST", "/v1/organisations", { name: "Works" });
    await correct(100);
    await admin("POST", "/v1/statements", { period: "2026-11" });
    const { entries } = await listAudit(deps, { limit: 4 });
    expect(entries.map(({ action, subject }) => [action, subject]).reverse()).toEqual([
      ["key rotate", kid],
      ["POST /v1/deals", deal.body.deal],
      ["POST /v1/organisations", works.body.organisation],
      ["POST /v1/statements", "2026-11"],
    ]);
  });

  it("names the person at the command line, once a deed, and filters by who and since", async () => {
    const journey = await openJourney(bench);
    const { deps } = journey;
    await asDeed({ actor: "cli:ann", action: "partner add", subject: "a" }, async () => {
      await addPartner(deps, { id: "a", name: "A" });
      await addPartner(deps, { id: "b", name: "B" });
    });
    await addPartner(deps, { id: "c", name: "C" });
    journey.pass(1);
    await asDeed({ actor: "cli:bob", action: "partner add", subject: "d" }, () =>
      addPartner(deps, { id: "d", name: "D" }),
    );
    const whose = async (filter: Parameters<typeof listAudit>[1]) =>
      (await listAudit(deps, filter)).entries.map(({ actor, subject }) => [actor, subject]);
    expect(await whose({})).toEqual([
      ["cli:bob", "d"],
      ["cli:ann", "a"],
    ]);
    expect(await whose({ actor: "cli:ann" })).toEqual([["cli:ann", "a"]]);
    expect(await whose({ since: journey.now })).toEqual([["cli:bob", "d"]]);
    const first = await listAudit(deps, { limit: 1 });
    expect(await whose({ after: first.next ?? "" })).toEqual([["cli:ann", "a"]]);
  });

  it("can be changed by nobody, not even past the receiver", async () => {
    const journey = await openJourney(bench);
    await journey.admin("POST", "/v1/partners", { id: "north", name: "North" });
    for (const statement of ["update audit_entries set actor = 'cli:eve'", "delete from audit_entries"])
      await expect(runRaw(journey.database, [statement])).rejects.toThrow(/append-only/);
  });
});
