import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readBalances } from "../../server/src/books/balances.ts";
import { importFiles } from "../../server/src/imports/import-files.ts";
import { readMapping } from "../../server/src/imports/read-mapping.ts";
import { openJourney } from "../journey/journey.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";

/** So many in place of a few: `IMPORT_ROWS=100000 npx vitest run test/imports/many-rows.test.ts`. */
const rows = Number(process.env.IMPORT_ROWS ?? 1_000);

onEveryEngine("a long import", (bench) => {
  it("that ended in the middle goes on where it was, and every row counts once", async () => {
    const journey = await openJourney(bench);
    const file = join(journey.folder, "commissions.csv");
    const lines = Array.from({ length: rows }, (_, index) => {
      const partner = `p${index % 300}`;
      return `c${index},${partner},${partner}@partners.example,c${index}@customers.example,LIC-${index},10,1.00,EUR,due`;
    });
    const heading =
      "commission id,affiliate id,affiliate email,customer email,licence,sale amount,amount,currency,state";
    await writeFile(file, [heading, ...lines, ""].join("\n"));
    const mapping = await readMapping("rewardful", { product: "acme-paint" });
    const order = { programme: "rewardful", files: [file], mapping };

    // The process ends after some commits: here, the third write of rows is refused.
    let writes = 0;
    const { store } = journey.deps;
    const dying = {
      ...journey.deps,
      store: Object.assign(Object.create(store), {
        read: store.read.bind(store),
        write: (work: Parameters<typeof store.write>[0]) =>
          ++writes > 2 ? Promise.reject(new Error("killed")) : store.write(work),
      }),
    };
    await expect(importFiles(dying, order)).rejects.toThrow("killed");

    const heard: number[] = [];
    const done = await importFiles(journey.deps, { ...order, onProgress: (count) => heard.push(count) });
    expect(done).toMatchObject({ rows, actions: { new: rows - 400, unchanged: 400, problem: 0 } });
    expect(heard).toHaveLength(Math.floor(rows / 5_000));
    const balances = await readBalances(journey.deps);
    expect(balances).toHaveLength(300);
    expect(balances.reduce((sum, { payableMinor }) => sum + payableMinor, 0)).toBe(rows * 100);
    await journey.expectSoundLedger();
  });
});
