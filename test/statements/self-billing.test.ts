import { expect, it } from "vitest";
import { issuePartnerKey } from "../../server/src/access/partner-keys.ts";
import { readBalances } from "../../server/src/books/balances.ts";
import { setAgreement } from "../../server/src/channel/agreements.ts";
import { answerStatement, findUnacceptedStatement } from "../../server/src/statements/answer-statement.ts";
import { as } from "../../server/src/words/ids.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openStatements } from "./statement-world.ts";

onEveryEngine("self-billing", (bench) => {
  it.each([
    ["domestic", { treatment: "domestic", number: "12/345/678" }, 1_900, 1_900],
    ["reverse charge", { treatment: "reverse_charge", vatId: "BE0123456789" }, 0, 0],
    ["a small business", { treatment: "exempt_small_business", number: "12/345/678" }, 0, 0],
    ["outside the scope", { treatment: "outside_scope", number: "98-7654321" }, 0, 0],
  ])("writes an invoice: %s", async (_, tax, rateBp, taxMinor) => {
    const { deps, journey, correct, close, selfBilled, show, verify } = await openStatements(bench);
    await selfBilled(tax);
    await correct(10_000);
    expect((await close("2026-11")).statements).toMatchObject([{ number: "SB-2026-00001", kind: "invoice" }]);
    const { document, acceptance } = await show("SB-2026-00001");
    expect(document).toMatchObject({
      selfBilling: {
        seller: { name: "North Shop SRL", address: ["Rue Haute 1", "1000 Bruxelles"], country: "BE" },
        buyer: { name: "Acme Paint GmbH", vatId: "DE123456789" },
        treatment: tax.treatment,
        rateBp,
        netMinor: 10_000,
        taxMinor,
        grossMinor: 10_000 + taxMinor,
      },
      closing: { payableMinor: 10_000 + taxMinor },
    });
    expect(acceptance).toBe("open");
    const [sums] = await readBalances(deps, { partner: "north" });
    expect(sums?.payableMinor).toBe(10_000 + taxMinor);
    await journey.expectSoundLedger();
    expect((await verify()).failures).toEqual([]);
  });

  it("taxes at the rate of the day, and takes back by a credit note with its tax", async () => {
    const { journey, correct, close, selfBilled, show, verify } = await openStatements(bench);
    await selfBilled({ treatment: "domestic", number: "1" });
    await correct(10_000);
    await close("2026-11");
    journey.pass(45);
    await correct(-2_550);
    await close("2027-01");
    const { document, movements } = await show("CN-2027-00001");
    expect(document).toMatchObject({
      kind: "credit_note",
      selfBilling: { rateBp: 2_000, netMinor: -2_550, taxMinor: -510 },
      opening: { payableMinor: 11_900 },
      closing: { payableMinor: 8_840 },
    });
    expect(movements.map(({ cause, payableMinor }) => [cause, payableMinor])).toEqual([
      ["adjustment", -2_550],
      ["tax", -510],
    ]);
    expect((await verify()).failures).toEqual([]);
  });

  it("bills neither what is held, nor what another programme owed before", async () => {
    const { journey, sell, close, selfBilled, show } = await openStatements(bench);
    await selfBilled({ treatment: "domestic", number: "1" });
    await sell("o1");
    await journey.admin("POST", "/v1/adjustments", {
      partner: "north",
      amountMinor: 700,
      currency: "EUR",
      kind: "opening",
      reference: "old programme",
      note: "brought along",
    });
    expect((await close("2026-11")).statements).toMatchObject([{ kind: "statement" }]);
    expect(await show("ST-2026-00001")).toMatchObject({
      acceptance: "not_needed",
      document: { selfBilling: null },
    });
  });

  it("leaves an account open while facts are missing that an invoice must have, and closes it once they are there", async () => {
    const { deps, start, correct, close, selfBilled } = await openStatements(bench);
    await setAgreement(deps, "north", { selfBilling: true, since: start });
    await correct(100);
    await correct(100, "south");
    const first = await close("2026-11");
    expect(first.left).toEqual([{ partner: "north", currency: "EUR", why: "partner_facts_missing" }]);
    expect(first.statements).toMatchObject([{ partner: "south" }]);
    await selfBilled({ treatment: "reverse_charge", number: "no VAT number" });
    expect((await close("2026-11")).left).toHaveLength(1);
    await selfBilled({ treatment: "outside_scope", number: "1" });
    expect((await close("2026-11")).statements).toMatchObject([{ number: "SB-2026-00001" }]);
  });

  it("says that the vendor's own facts are missing", async () => {
    const { correct, close, selfBilled } = await openStatements(bench, { vendor: undefined });
    await selfBilled({ treatment: "outside_scope", number: "1" });
    await correct(100);
    expect((await close("2026-11")).left).toMatchObject([{ why: "vendor_facts_missing" }]);
  });

  it("is accepted by the partner's word, or by silence where that was agreed, and not while it is contested", async () => {
    const { deps, journey, correct, close, selfBilled, show } = await openStatements(bench);
    await selfBilled({ treatment: "outside_scope", number: "1" }, { silenceDays: 14 });
    const open = () =>
      deps.store.read((tx) =>
        findUnacceptedStatement(tx, { partner: as.partner("north"), now: deps.clock() }),
      );
    await correct(100);
    await close("2026-11");
    const { key } = await issuePartnerKey(deps, { partner: "north" });
    const say = async (path: string, body: object) => {
      const init = {
        method: "POST",
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        body: JSON.stringify(body),
      };
      const response = await journey.app.request(`/v1/partner/statements/${path}`, init);
      return [response.status, ((await response.json()) as { acceptance?: string }).acceptance];
    };
    expect(await open()).toBe("SB-2026-00001");
    expect(await say("SB-2026-00001/contest", { note: "An order is missing" })).toEqual([200, "contested"]);
    journey.pass(20);
    expect(await open()).toBe("SB-2026-00001");
    expect(await say("SB-2026-00001/accept", {})).toEqual([200, "accepted"]);
    expect(await open()).toBeUndefined();
    expect(await say("SB-2026-00001/contest", { note: "Too late" })).toEqual([409, undefined]);
    await correct(100);
    await close("2026-12");
    expect(await open()).toBe("SB-2026-00002");
    journey.pass(13);
    expect((await show("SB-2026-00002")).acceptance).toBe("open");
    journey.pass(1);
    expect([(await show("SB-2026-00002")).acceptance, await open()]).toEqual([
      "accepted_by_silence",
      undefined,
    ]);
    await expect(
      answerStatement(deps, "SB-2026-00002", { answer: "contested", note: "Too late" }),
    ).rejects.toMatchObject({ code: "statement_settled" });
  });
});
