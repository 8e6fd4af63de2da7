import PDFDocument from "pdfkit";
import type { Brand } from "../../config/brand-config.ts";
import { colourOnPaper } from "../../pages/style.ts";
import type { StatementDocument, StatementLine } from "../statement.ts";
import { type AmountRow, lineText, type PaperText, paperText, type StatementSpeech } from "./paper-text.ts";
import { PdfSheet, type SetText, type TextBox, type TextStyle } from "./pdf-sheet.ts";

const body: TextStyle = { size: 9 };
const strong: TextStyle = { size: 9, isBold: true };
const soft: TextStyle = { size: 8, color: "#4d5560" };
const quiet: TextStyle = { ...body, color: "#4d5560" };
const heading: TextStyle = { size: 11, isBold: true };

/** The columns of movements, and of the summary, in points from the reading side. */
const columns = {
  no: { start: 0, width: 28 },
  day: { start: 32, width: 64 },
  what: { start: 100, width: 219 },
  held: { start: 323, width: 86, atEnd: true },
  payable: { start: 413, width: 86, atEnd: true },
} as const satisfies Record<string, TextBox>;

/**
 * A statement as PDF, in pieces: A4, its fonts within it, made of the same data as every other form. The same statement
 * gives the same bytes.
 */
export async function* statementPdf(
  given: { document: StatementDocument; lines: AsyncIterable<StatementLine>; brand: Brand },
  speech: StatementSpeech,
): AsyncGenerator<Uint8Array> {
  const { document, lines, brand } = given;
  const text = paperText(document, speech);
  const doc = new PDFDocument({
    size: "A4",
    margin: 0,
    bufferPages: true,
    lang: speech.tag,
    displayTitle: true,
    info: {
      Title: `${text.title} ${document.number}`,
      Author: brand.name,
      Creator: "Tallystick",
      CreationDate: new Date(document.closedAt),
    },
  });
  const pieces = doc[Symbol.asyncIterator]();
  const sheet = new PdfSheet(doc, speech);
  await drawHead(sheet, text, brand);
  await drawSummary(sheet, text, speech);
  await drawMovements(sheet, { document, lines, brand }, speech);
  await numberPages(sheet, document, speech);
  doc.end();
  for (let piece = await pieces.next(); piece.done !== true; piece = await pieces.next())
    yield piece.value as Uint8Array;
}

async function drawHead(sheet: PdfSheet, text: PaperText, brand: Brand): Promise<void> {
  await sheet.write(brand.name, { size: 10, isBold: true, color: colourOnPaper(brand) });
  sheet.y += 14;
  await sheet.write(text.title, { size: 18, isBold: true });
  if (text.mention !== null && text.mention !== text.title) await sheet.write(text.mention, soft);
  sheet.y += 12;
  await drawSideBySide(sheet, text);
  for (const note of text.notes) await sheet.write(note, body);
  sheet.y += 12;
}

/** The parties on the reading side, the facts on the other. */
async function drawSideBySide(sheet: PdfSheet, { parties, facts, tax }: PaperText): Promise<void> {
  const top = sheet.y;
  const label = { start: 290, width: 95 };
  const value = { start: 389, width: 110, atEnd: true };
  for (const [name, content] of [...facts, ...tax]) await drawPair(sheet, [name, label], [content, value]);
  const below = sheet.y;
  sheet.y = top;
  for (const { heading: name, lines } of parties) {
    await sheet.write(name, lines.length === 0 ? body : soft, { width: 270 });
    for (const line of lines) await sheet.write(line, body, { width: 270 });
    sheet.y += 8;
  }
  sheet.y = Math.max(sheet.y, below) + 8;
}

async function drawPair(
  sheet: PdfSheet,
  [name, label]: [string, TextBox],
  [content, value]: [string, TextBox],
): Promise<void> {
  const set = [
    await sheet.set(name, soft, label.width),
    await sheet.set(content, body, value.width),
  ] as const;
  sheet.draw(set[0], label);
  sheet.draw(set[1], value);
  sheet.y += Math.max(set[0].height, set[1].height) + 2;
}

async function drawSummary(sheet: PdfSheet, { summary }: PaperText, { say }: StatementSpeech): Promise<void> {
  await sheet.write(say("summary"), heading);
  sheet.y += 4;
  const what = { start: 0, width: 315 };
  await drawRow(sheet, [
    ["", soft, what],
    [say("held"), soft, columns.held],
    [say("payable"), soft, columns.payable],
  ]);
  for (const row of summary) await drawAmounts(sheet, row, what);
  sheet.y += 18;
}

function drawAmounts(sheet: PdfSheet, row: AmountRow, what: TextBox): Promise<void> {
  const style = row.isBalance ? strong : body;
  return drawRow(sheet, [
    [row.what, style, what],
    [row.held, style, columns.held],
    [row.payable, style, columns.payable],
  ]);
}

type Cell = readonly [text: string, style: TextStyle, box: TextBox];

/** A row of cells under a line; a page is turned where it does not fit, and then `again` is drawn on top. */
async function drawRow(sheet: PdfSheet, cells: readonly Cell[], again?: () => Promise<void>): Promise<void> {
  const set: [SetText, TextBox][] = [];
  for (const [text, style, box] of cells) set.push([await sheet.set(text, style, box.width), box]);
  const height = Math.max(...set.map(([{ height: one }]) => one));
  if (!sheet.fits(height + 6)) {
    sheet.turn();
    await again?.();
  }
  for (const [one, box] of set) sheet.draw(one, box, sheet.y + 2);
  sheet.y += height + 5;
  sheet.rule();
}

async function drawMovements(
  sheet: PdfSheet,
  { document, lines }: { document: StatementDocument; lines: AsyncIterable<StatementLine>; brand: Brand },
  speech: StatementSpeech,
): Promise<void> {
  const { say } = speech;
  const names = () =>
    drawRow(sheet, [
      [say("line"), soft, columns.no],
      [say("day"), soft, columns.day],
      [say("what"), soft, columns.what],
      [say("held"), soft, columns.held],
      [say("payable"), soft, columns.payable],
    ]);
  if (!sheet.fits(90)) sheet.turn();
  await sheet.write(say("movements"), heading);
  sheet.y += 4;
  await names();
  for await (const line of lines) await drawLine(sheet, lineText(line, document, speech), names);
}

async function drawLine(
  sheet: PdfSheet,
  { no, day, what, detail, held, payable }: ReturnType<typeof lineText>,
  names: () => Promise<void>,
): Promise<void> {
  const details = detail === "" ? undefined : await sheet.set(detail, soft, columns.what.width);
  const title = await sheet.set(what, body, columns.what.width);
  const height = title.height + (details?.height ?? 0);
  if (!sheet.fits(height + 6)) {
    sheet.turn();
    await names();
  }
  const top = sheet.y + 2;
  const cells: Cell[] = [
    [no, quiet, columns.no],
    [day, body, columns.day],
    [held, body, columns.held],
    [payable, body, columns.payable],
  ];
  for (const [text, style, box] of cells) sheet.draw(await sheet.set(text, style, box.width), box, top);
  sheet.draw(title, columns.what, top);
  if (details !== undefined) sheet.draw(details, columns.what, top + title.height);
  sheet.y += height + 5;
  sheet.rule();
}

async function numberPages(
  sheet: PdfSheet,
  { number }: StatementDocument,
  { say }: StatementSpeech,
): Promise<void> {
  const { start, count } = sheet.doc.bufferedPageRange();
  for (let page = 0; page < count; page++) {
    sheet.doc.switchToPage(start + page);
    const top = sheet.doc.page.height - 44;
    const half = sheet.width / 2;
    sheet.draw(await sheet.set(number, soft, half), { start: 0, width: half }, top);
    const place = await sheet.set(say("page", { page: page + 1, pages: count }), soft, half);
    sheet.draw(place, { start: half, width: half, atEnd: true }, top);
  }
}
