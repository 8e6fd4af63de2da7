import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readBalances } from "../../server/src/books/balances.ts";
import { listPartners } from "../../server/src/channel/partners.ts";
import { importFiles } from "../../server/src/imports/import-files.ts";
import { readMapping } from "../../server/src/imports/read-mapping.ts";
import { openJourney } from "../journey/journey.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";

onEveryEngine("an import of a hostile file", (bench) => {
  it("takes what can be taken, reports the rest by row, and books nothing else", async () => {
    const journey = await openJourney(bench);
    const file = join(journey.folder, "hostile.csv");
    const row = (
      id: string,
      more: Partial<Record<"partner" | "product" | "amount" | "state", string>> = {},
    ) => {
      const { partner = "p", product = "acme-paint", amount = "1.00", state = "due" } = more;
      return [id, partner, `${id.length}@c.example`, `L-${id}`, product, amount, "EUR", state]
        .map((cell) => `"${cell.replaceAll('"', '""')}"`)
        .join(",");
    };
    const lines = [
      "commission id,affiliate id,customer email,licence,product,amount,currency,state,created at",
      row("=cmd|' /C calc'!A1", { partner: '=HYPERLINK("http://evil.example")' }),
      row("nul\0nul"),
      row("twice"),
      row("twice", { amount: "3.00" }),
      row("proto", { partner: "__proto__" }),
      row("word", { product: "constructor" }),
      row("state", { state: "toString" }),
      row("much", { amount: "200000000000.00" }),
      row("tiny", { amount: "1e-999999999" }),
      row("quote", { partner: "a\"b'; drop table partners; --" }),
      `${"x".repeat(300)},p,a@b.example,L,acme-paint,1.00,EUR,due`,
      `${row("day")},2026-02-30`,
      row("exponent", { amount: "1e5x2" }),
      row("rate", { state: "=1+1" }),
    ];
    await writeFile(file, `${lines.join("\r\n")}\r\n`);
    const known = await readMapping("rewardful", { product: "acme-paint" });
    const kinds = known.kinds.map((kind) => ({
      ...kind,
      columns: { ...kind.columns, product: ["product"] },
    }));
    const order = { programme: "rewardful", files: [file], mapping: { ...known, kinds } };
    const report = await importFiles(journey.deps, order);
    expect(report.actions).toEqual({ new: 5, changed: 0, unchanged: 0, problem: 9 });
    const problems = new Set(report.shown.flatMap(({ problem }) => problem ?? []));
    expect(problems).toEqual(
      new Set([
        "has a licence of a product that the configuration has not: map it",
        'has a status that the mapping has not: "toString"',
        "has an amount beyond all measure",
        "has an amount that is none",
        "has an id of more than 200 characters",
        "has an id that stands again in hostile.csv, row 5, which says otherwise and counts",
        "has a date that is none",
        'has a status that the mapping has not: "=1+1"',
      ]),
    );
    const total = (await readBalances(journey.deps)).reduce((sum, one) => sum + one.payableMinor, 0);
    expect(total).toBe(100 + 100 + 300 + 100 + 100);
    const { actions } = await importFiles(journey.deps, order);
    expect(actions).toEqual({ new: 0, changed: 0, unchanged: 5, problem: 9 });
    for (const { id } of await listPartners(journey.deps)) expect(id).toMatch(/^[a-z0-9-]+$/);
    await journey.expectSoundLedger();
  });
});
