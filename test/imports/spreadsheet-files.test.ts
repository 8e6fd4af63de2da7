import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readBalances } from "../../server/src/books/balances.ts";
import { listPartners } from "../../server/src/channel/partners.ts";
import { importFiles } from "../../server/src/imports/import-files.ts";
import { mappingSchema } from "../../server/src/imports/mapping.ts";
import { readMapping } from "../../server/src/imports/read-mapping.ts";
import { type Journey, openJourney } from "../journey/journey.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";

const mapping = mappingSchema.parse({
  product: "acme-paint",
  kinds: [
    {
      kind: "commission",
      when: ["Number", "Amount"],
      columns: {
        id: "Number",
        partner: "Dealer",
        partnerName: "Name",
        percent: "Percent",
        amount: "Amount",
        currency: "Currency",
        status: "State",
        customerEmail: "Customer",
        licence: "Key",
      },
      states: { open: "payable", paid: "paid" },
    },
  ],
});

const heading = ["Number", "Dealer", "Name", "Percent", "Amount", "Currency", "State", "Customer", "Key"];
const rows = [
  ["1", "n", "Mü\nller, Söhne; & Co", "12,5 %", "1.234,50 €", "EUR", "open", "ann@customer.example", "K-1"],
  ["2", "n", "", "", "-0,50", "eur", "open", "", ""],
  ["3", "n", "", "", "7", "JPY", "paid", "", ""],
  ["4", "s", "=2+3", "", "(1,00)", "USD", "open", "", ""],
];

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
const listWith = (delimiter: string, end = "\r\n") =>
  [heading, ...rows].map((row) => row.map(quoted).join(delimiter) + end).join("");
/** As programs write it that quote only what has the delimiter, a quotation mark or a line's end. */
const bareList = [heading, ...rows]
  .map((row) => `${row.map((cell) => (/[;\n"]/.test(cell) ? quoted(cell) : cell)).join(";")}\n`)
  .join("");

const utf16 = (text: string, isBig: boolean) => {
  const bytes = Buffer.from(`\uFEFF${text}`, "utf16le");
  return isBig ? bytes.swap16() : bytes;
};
const asJson = JSON.stringify(
  rows.map((row) => Object.fromEntries(heading.map((name, at) => [name, row[at]]))),
);

const take = async ({ deps, folder }: Journey, name: string, content: string | Uint8Array) => {
  const file = join(folder, name);
  await writeFile(file, content);
  return importFiles(deps, { programme: "csv", files: [file], mapping });
};

onEveryEngine("a list as spreadsheets write it", (bench) => {
  it.each<[what: string, name: string, content: string | Uint8Array]>([
    ["with commas", "a.csv", listWith(",")],
    ["with semicolons and bare cells", "b.csv", bareList],
    ["with tabs and old line ends", "c.csv", listWith("\t", "\r")],
    ["with Excel's own first line", "d.csv", `sep=;\r\n${listWith(";")}`],
    ["with a byte order mark", "e.csv", `\uFEFF${listWith(";")}`],
    ["in UTF-16, little end first", "f.csv", utf16(listWith("\t"), false)],
    ["in UTF-16, big end first", "g.csv", utf16(listWith(";"), true)],
    ["with a section's name", "h.csv", `[[COMMISSIONS]],,\n${listWith(",")}`],
    ["as JSON with a byte order mark", "i.json", `\uFEFF${asJson}`],
    ["as JSON in UTF-16", "j.json", utf16(asJson, false)],
  ])("is read the same %s", async (_, name, content) => {
    const journey = await openJourney(bench);
    expect(await take(journey, name, content)).toMatchObject({
      actions: { new: 4, problem: 0 },
      licences: 1,
      emails: 1,
    });
    expect(await readBalances(journey.deps)).toEqual([
      { partner: "2-3", currency: "USD", heldMinor: 0, payableMinor: -100, paidMinor: 0 },
      { partner: "mu-ller-sohne-co", currency: "EUR", heldMinor: 0, payableMinor: 123_400, paidMinor: 0 },
      { partner: "mu-ller-sohne-co", currency: "JPY", heldMinor: 0, payableMinor: 0, paidMinor: 7 },
    ]);
    const [, named] = await listPartners(journey.deps);
    expect(named).toMatchObject({ name: "Mü ller, Söhne; & Co", percent: 12.5 });
    expect(await take(journey, name, content)).toMatchObject({ actions: { unchanged: 4, new: 0 } });
    await journey.expectSoundLedger();
  });

  it("follows a mapping that begins with a byte order mark", async () => {
    const { folder } = await openJourney(bench);
    const file = join(folder, "mapping.json");
    await writeFile(file, `\uFEFF${JSON.stringify(mapping)}`);
    expect(await readMapping("csv", { file })).toEqual(mapping);
  });

  it("is refused in another encoding, before anything of it is taken", async () => {
    const journey = await openJourney(bench);
    const latin = Buffer.from(listWith(";"), "latin1");
    await expect(take(journey, "latin.csv", latin)).rejects.toMatchObject({ code: "request_invalid" });
    expect(await listPartners(journey.deps)).toEqual([]);
  });
});
