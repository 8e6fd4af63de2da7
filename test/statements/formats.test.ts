import { parse } from "csv-parse/sync";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { expect, it } from "vitest";
import { adjust } from "../../server/src/adjustments/adjust.ts";
import { setAgreement } from "../../server/src/channel/agreements.ts";
import { editPartner } from "../../server/src/channel/edit-partner.ts";
import { visualRuns } from "../../server/src/statements/paper/text-runs.ts";
import { benchOf } from "../postgres/on-every-engine.ts";
import { openStatements } from "./statement-world.ts";

const bench = benchOf("sqlite");

/** The text of a PDF, page by page, as a reader copies it: without spaces, since each script has its own. */
async function pagesOf(pdf: Buffer): Promise<string[]> {
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: 0 });
  const document = await task.promise;
  const pages: string[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const { items } = await (await document.getPage(number)).getTextContent();
    pages.push(
      items
        .map((item) => ("str" in item ? item.str : ""))
        .join("")
        .replaceAll(/\s/g, ""),
    );
  }
  await task.destroy();
  return pages;
}

const squeezed = (text: string) => text.replaceAll(/\s/g, "");

/** A partner with that name and language, and a statement of a sale and a correction of 1,234.56. */
async function statementOf({ name, language }: { name: string; language: string }) {
  const world = await openStatements(bench);
  const { deps, start, sell } = world;
  await editPartner(deps, "north", { name });
  await setAgreement(deps, "north", { sharing: "transaction", language, since: start });
  await sell("o1");
  await adjust(deps, {
    partner: "north",
    amountMinor: -123_456,
    currency: "EUR",
    kind: "adjustment",
    reference: "=1+1",
    note: 'He said "no", twice',
  });
  const [number] = await world.numbers("2026-11");
  return { ...world, number: number ?? "" };
}

const longName =
  "North Star Software Distribution and Licensing Company of the Greater Northern Territories Ltd.";

it.each([
  ["en", longName, "Statement", "November 2026", "-€1,234.56", "Page 1 of 1"],
  ["de", "Süßwaren Größler & Söhne", "Abrechnung", "November 2026", "-1.234,56 €", "Seite 1 von 1"],
  ["fr", "Société Généralisée", "Relevé", "novembre 2026", "-1 234,56 €", "Page 1 sur 1"],
  ["es", "Compañía Ñandú", "Extracto", "noviembre de 2026", "-1234,56 €", "Página 1 de 1"],
  ["it", "Società Città", "Estratto conto", "novembre 2026", "-1234,56 €", "Pagina 1 di 1"],
  ["pt-BR", "Ações & Cia.", "Extrato", "novembro de 2026", "-€ 1.234,56", "Página 1 de 1"],
  ["pl", "Żółta Gęś Łódź", "Rozliczenie", "listopad 2026", "-1234,56 €", "Strona 1 z 1"],
  ["ja", "株式会社北極星ソフトウェア", "取引明細書", "2026年11月", "-€1,234.56", "1 / 1ページ"],
  ["zh-Hans", "深圳市北斗软件有限公司", "对账单", "2026年11月", "-€1,234.56", "第1页,共1页"],
])("is a PDF in %s that reads back: %s", async (language, name, title, period, amount, page) => {
  const { exported, number } = await statementOf({ name, language });
  const [text = ""] = await pagesOf(await exported(number, { format: "pdf" }));
  for (const part of [name, title, period, number, page]) expect(text).toContain(squeezed(part));
  // In the summary, in the closing balance, and in its line.
  expect(text.split(squeezed(amount))).toHaveLength(4);
  expect(text).toContain("27");
  const html = String(await exported(number, { format: "html" }));
  expect(html).toContain(`<html lang="${language}" dir="ltr">`);
  expect(squeezed(html)).toContain(squeezed(amount));
});

it("is a PDF in Arabic whose words and names stand in the order of reading, its letters whole", async () => {
  const name = "شركة النجم الشمالي للبرمجيات";
  const { exported, number } = await statementOf({ name, language: "ar" });
  const [text = ""] = await pagesOf(await exported(number, { format: "pdf" }));
  for (const part of [name, "كشف حساب", "الرصيد الختامي", "مستحق الدفع", number])
    expect(text).toContain(squeezed(part));
  const html = String(await exported(number, { format: "html" }));
  expect(html).toContain('dir="rtl"');
});

it.each([
  ["Korean", "북극성 소프트웨어 주식회사", "북극성소프트웨어주식회사"],
  ["Thai", "บริษัท ดาวเหนือ", "บริษัทดาวเหนือ"],
  ["Hebrew", "כוכב הצפון בע״מ", "כוכבהצפוןבע״מ"],
  ["Hindi", "उत्तर तारा", "उत्तरतारा"],
  ["letters in parts", "\u1112\u1161\u11ab Star, Ame\u0301lie", "한Star,Amélie"],
  ["pictures", "👩🏽‍🎨 Paint ❤️ & Co", "??Paint?&Co"],
  ["what no script has", "North \u{10ffff}\ue000 Star", "North??Star"],
])("has a partner's name in %s without an empty box", async (_script, name, text) => {
  const { exported, number } = await statementOf({ name, language: "en" });
  const [page = ""] = await pagesOf(await exported(number, { format: "pdf" }));
  expect(page.normalize("NFC")).toContain(text);
});

it.each([
  ["\u200f1,234.56\u00a0€", "€\u00a01,234.56"],
  ["\u200f\u200e-1,234.56\u00a0€", "€\u00a0-1,234.56"],
  ["\u061c-\u200f1,234.56\u00a0€", "€\u00a01,234.56-"],
  ["(+20%) · x", "x · (20%+)"],
])("sets %s, read from the right, with its spaces where they belong", async (text, expected) => {
  const runs = await visualRuns(text, { direction: "rtl", language: "ar", isBold: false });
  expect(runs.map((run) => run.text).join("")).toBe(expected);
});

it("numbers the pages of a long one, with the heads of its columns on each, and gives the same bytes again", async () => {
  const world = await openStatements(bench);
  for (let at = 0; at < 90; at++) await world.correct(100 + at);
  const [number = ""] = (await world.numbers("2026-11")).map((one) => one ?? "");
  const pdf = await world.exported(number, { format: "pdf" });
  const pages = await pagesOf(pdf);
  expect(pages.length).toBeGreaterThan(2);
  pages.forEach((text, index) => {
    expect(text).toContain(`Page${index + 1}of${pages.length}`);
    expect(text).toContain("HeldPayable");
  });
  expect(pages.join("")).toContain("€1.89");
  expect((await world.exported(number, { format: "pdf" })).equals(pdf)).toBe(true);
});

it("says on an invoice what the law wants on it", async () => {
  const world = await openStatements(bench);
  await world.selfBilled({ treatment: "reverse_charge", vatId: "BE0123456789" }, { silenceDays: 14 });
  await setAgreement(world.deps, "north", { language: "de" });
  await world.correct(10_000);
  await world.close("2026-11");
  const [text = ""] = await pagesOf(await world.exported("SB-2026-00001", { format: "pdf" }));
  for (const part of [
    "Gutschrift",
    "Steuerschuldnerschaft des Leistungsempfängers",
    "North Shop SRL",
    "BE0123456789",
    "Acme Paint GmbH",
    "DE123456789",
    "SB-2026-00001",
    "05.12.2026 als angenommen",
    "100,00 €",
  ])
    expect(text).toContain(squeezed(part));
});

it("is CSV that no spreadsheet runs, from opening to closing, and JSON with every line", async () => {
  const { exported, number } = await statementOf({ name: "North", language: "de" });
  const rows = parse(await exported(number, { format: "csv" }), { columns: true }) as Record<
    string,
    string
  >[];
  expect(rows).toMatchObject([
    { kind: "opening_balance", held: "0.00", payable: "0.00" },
    { line: "1", kind: "credit", shopOrder: "o1", held: "27.67", reason: "click_reference" },
    { line: "2", kind: "adjustment", reference: "'=1+1", note: 'He said "no", twice', payable: "-1234.56" },
    { kind: "closing_balance", held: "27.67", payable: "-1234.56", currency: "EUR" },
  ]);
  const whole = JSON.parse(String(await exported(number, { format: "json" })));
  expect(whole.document.number).toBe(number);
  expect(whole.movements).toHaveLength(2);
});

it("is HTML without script, which loads nothing and takes no name for markup", async () => {
  const { exported, number } = await statementOf({ name: "<img src=x onerror=alert(1)>", language: "en" });
  const html = String(await exported(number, { format: "html" }));
  expect(html).not.toMatch(/<script|<img|https?:/);
  expect(html).toContain("&lt;img");
  expect(html).toContain("default-src &#39;none&#39;");
});
