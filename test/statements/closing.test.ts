import { expect, it, onTestFinished } from "vitest";
import { setAgreement } from "../../server/src/channel/agreements.ts";
import { openDeps } from "../../server/src/receiver/start/open-deps.ts";
import { closeStatements } from "../../server/src/statements/close-statements.ts";
import { dropGuards, runRaw } from "../journey/raw-database.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openStatements } from "./statement-world.ts";

onEveryEngine("closing a period", (bench) => {
  it("gives each account a statement that adds up, with order, line, reason and rule of each movement", async () => {
    const { deps, start, sell, close, show, verify } = await openStatements(bench);
    await setAgreement(deps, "north", { sharing: "transaction", since: start });
    await sell("o1");
    await sell("o2", start, { by: "south", licence: "CCCC-DDDD" });
    const { statements, left } = await close("2026-11");
    expect(left).toEqual([]);
    expect(statements).toMatchObject([
      { number: "ST-2026-00001", partner: "north", currency: "EUR", lines: 1, dueAt: null },
      { number: "ST-2026-00002", partner: "south" },
    ]);
    const { document, movements } = await show("ST-2026-00001");
    expect(document).toMatchObject({
      opening: { heldMinor: 0, payableMinor: 0, paidMinor: 0 },
      movements: [{ kind: "credit", count: 1, heldMinor: 2_767 }],
      closing: { heldMinor: 2_767, payableMinor: 0, paidMinor: 0 },
      previous: null,
    });
    expect(movements).toMatchObject(
      [
        {
          line: 1,
          kind: "credit",
          heldMinor: 2_767,
          order: { product: "acme-paint" },
          transaction: { shop: "stripe", shopOrder: "o1", cycle: "new", netMinor: 13_833 },
          reason: "click_reference",
          evidence: "token",
          parts: [{ rate: undefined, rule: null, rateBp: 2_000, amountMinor: 2_767 }],
        },
      ].map(({ parts, ...line }) => ({ ...line, parts: parts.map(({ rate: _, ...part }) => part) })),
    );
    expect((await verify()).failures).toEqual([]);
  });

  it("has what came late in the next, which says the line that it corrects and opens where the last one closed", async () => {
    const { journey, sell, refund, close, show, correct, verify } = await openStatements(bench);
    await sell("o1");
    await close("2026-11");
    journey.pass(11);
    await refund("o1", 11, { amountMinor: 16_600 });
    await correct(-500);
    journey.pass(31);
    await close("2026-12");
    const { document, movements } = await show("ST-2027-00001");
    expect(document).toMatchObject({
      period: { name: "2026-12" },
      opening: { heldMinor: 2_767 },
      closing: { heldMinor: 0, payableMinor: -500 },
      previous: { number: "ST-2026-00001" },
      dueAt: null,
    });
    expect(movements).toMatchObject([
      {
        kind: "reversal",
        cause: "refund",
        heldMinor: -2_767,
        corrects: { number: "ST-2026-00001", line: 1 },
      },
      { kind: "adjustment", payableMinor: -500, source: { reference: "T-1", note: "Agreed by mail" } },
    ]);
    expect((await verify()).failures).toEqual([]);
  });

  it("takes nothing twice, leaves later months to later statements, and skips where nothing moved", async () => {
    const { journey, sell, correct, close, numbers, verify } = await openStatements(bench);
    await sell("o1");
    journey.pass(11);
    await correct(100);
    expect(await numbers("2026-11")).toEqual(["ST-2026-00001"]);
    expect(await numbers("2026-11")).toEqual([]);
    await correct(200);
    expect(await numbers("2026-11")).toEqual([]);
    expect(await close("2026-12", { dryRun: true })).toMatchObject({
      dryRun: true,
      statements: [{ number: null, closing: { heldMinor: 2_767, payableMinor: 300 }, lines: 2 }],
    });
    expect(await numbers("2026-Q4")).toEqual(["ST-2026-00002"]);
    expect(await numbers("2026-12")).toEqual([]);
    expect((await verify()).checked).toEqual({ statements: 2, lines: 3 });
  });

  it("leaves an account alone whose later period is closed, and its movements to the next", async () => {
    const { journey, correct, close, numbers } = await openStatements(bench);
    await correct(100);
    await close("2026-Q4");
    await correct(200);
    expect(await close("2026-11")).toMatchObject({
      statements: [],
      left: [{ partner: "north", currency: "EUR", why: "later_period_closed" }],
    });
    journey.pass(45);
    expect(await numbers("2027-01")).toEqual(["ST-2027-00001"]);
  });

  it("gives numbers without gaps, each account once, when several processes close at once", async () => {
    const world = await openStatements(bench);
    const { deps, journey, correct } = world;
    for (let at = 0; at < 12; at++) {
      await journey.admin("POST", "/v1/partners", { id: `p${at}`, name: `P ${at}` });
      await correct(100 + at, `p${at}`);
    }
    const others = [1, 2].map(() => openDeps({ ...deps.config }, { log: deps.log, clock: deps.clock }));
    const opened = await Promise.all(others);
    for (const { store } of opened) onTestFinished(() => store.close());
    const reports = await Promise.all(
      [deps, ...opened].map((one) => closeStatements(one, { period: "2026-11" })),
    );
    const numbers = reports.flatMap(({ statements }) => statements.map(({ number }) => number)).sort();
    expect(numbers).toEqual(
      Array.from({ length: 12 }, (_, at) => `ST-2026-${String(at + 1).padStart(5, "0")}`),
    );
    expect(await world.verify()).toEqual({ ok: true, checked: { statements: 12, lines: 12 }, failures: [] });
  });

  it("refuses what is no period, what has not begun and whom nobody knows", async () => {
    const { close } = await openStatements(bench);
    await expect(close("2026-13")).rejects.toMatchObject({ code: "request_invalid" });
    await expect(close("2026-12")).rejects.toMatchObject({ code: "period_not_begun" });
    await expect(close("2026-11", { partner: "nobody" })).rejects.toMatchObject({ code: "partner_unknown" });
  });

  it("closes the one partner that was asked for, in each of its currencies", async () => {
    const { journey, deps, correct, close } = await openStatements(bench);
    await correct(100);
    await correct(100, "south");
    await journey.admin("POST", "/v1/adjustments", {
      partner: "north",
      amountMinor: 5,
      currency: "JPY",
      kind: "bonus",
      reference: "B",
      note: "B",
    });
    expect((await close("2026-11", { partner: "north" })).statements).toMatchObject([
      { partner: "north", currency: "EUR" },
      { partner: "north", currency: "JPY" },
    ]);
    expect((await closeStatements(deps, { period: "2026-11" })).statements).toHaveLength(1);
  });

  it("is shown what a partner may know alone: by its agreement, and nothing of others", async () => {
    const { start, deps, sell, numbers, show } = await openStatements(bench);
    await setAgreement(deps, "big", { sharing: "full", since: start });
    await sell("secret-order-4711");
    const [first] = await numbers("2026-11");
    const shown = await show(first ?? "");
    expect(shown.movements).toMatchObject([{ reason: "click_reference", heldMinor: 2_767 }]);
    expect(JSON.stringify(shown)).not.toMatch(/4711|stripe|south|"big"/);
  });

  it("can be changed by nobody, and a change past the receiver is found", async () => {
    const { journey, correct, close, verify } = await openStatements(bench);
    await correct(100);
    await close("2026-11");
    for (const table of ["statements", "statement_lines"])
      for (const statement of [`update ${table} set number = 'x'`, `delete from ${table}`])
        await expect(runRaw(journey.database, [statement])).rejects.toThrow(/append-only/);
    await dropGuards(journey.database, "statement_lines");
    await runRaw(journey.database, [
      `update statement_lines set data = replace(data, '"payableMinor":100', '"payableMinor":999')`,
    ]);
    const { ok, failures } = await verify();
    expect(ok).toBe(false);
    expect(failures.join()).toMatch(/lines are not those that were closed.*do not give its closing/);
  });
});
