import type { Brand } from "../../config/brand-config.ts";
import { type Html, html } from "../../pages/html.ts";
import { brandHeader, skeleton } from "../../pages/page.ts";
import { colours, groundStyle, tableStyle } from "../../pages/style.ts";
import type { StatementDocument, StatementLine } from "../statement.ts";
import { lineText, type PaperText, paperText, type StatementSpeech } from "./paper-text.ts";

const paperStyle = `body { max-width: 60rem; margin: 0 auto; padding: clamp(1rem, 4vw, 3rem); }
h1 { margin: 1.5rem 0 .25rem; font-size: 1.75rem; line-height: 1.2; overflow-wrap: anywhere; }
h2 { margin: 2rem 0 .5rem; font-size: 1.125rem; }
.mention { margin: 0; color: var(--soft); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.25rem; margin: 1.25rem 0; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
.parties { display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); gap: 1.25rem; }
.parties h2 { margin-top: 0; }
.parties p { margin: 0; overflow-wrap: anywhere; }
.amount { text-align: end; white-space: nowrap; font-variant-numeric: tabular-nums; }
.balance > * { font-weight: 600; }
td span { display: block; color: var(--soft); font-size: .875rem; overflow-wrap: anywhere; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
@media print { body { max-width: none; padding: 0; } .table { overflow: visible; } }
`;

/** A statement as one HTML file, in pieces: without script, and nothing in it is loaded from elsewhere. */
export async function* statementHtml(
  given: { document: StatementDocument; lines: AsyncIterable<StatementLine>; brand: Brand },
  speech: StatementSpeech,
): AsyncGenerator<string> {
  const { document, lines, brand } = given;
  const text = paperText(document, speech);
  const { head, foot } = skeleton({
    brand,
    title: `${text.title} ${document.number}`,
    language: { tag: speech.tag, direction: speech.direction },
    style: `${colours(brand)}${groundStyle}${tableStyle}${paperStyle}`,
    isFile: true,
  });
  yield head + headText(text, brand) + summaryTable(text, speech) + movementsHead(speech);
  for await (const line of lines) {
    const { no, day, what, detail, held, payable } = lineText(line, document, speech);
    yield String(html`<tr><th scope="row">${no}</th><td>${day}</td><td>${what}<span>${detail}</span></td>${amount(held)}${amount(payable)}</tr>
`);
  }
  yield `</tbody></table></div>${foot}`;
}

const amount = (text: string): Html => html`<td class="amount">${text}</td>`;

const headText = ({ title, mention, facts, parties, notes, tax }: PaperText, brand: Brand): string =>
  String(html`${brandHeader(brand)}
<h1>${title}</h1>
${mention !== null && html`<p class="mention">${mention}</p>`}
<dl>${facts.map(([label, value]) => html`<dt>${label}</dt><dd><bdi>${value}</bdi></dd>`)}</dl>
<div class="parties">${parties.map(
    ({ heading, lines }) =>
      html`<section><h2>${heading}</h2>${lines.map((line) => html`<p><bdi>${line}</bdi></p>`)}</section>`,
  )}</div>
${notes.map((note) => html`<p>${note}</p>`)}
${
  tax.length > 0 &&
  html`<div class="table"><table><tbody>${tax.map(
    ([label, value]) => html`<tr><th scope="row">${label}</th>${amount(value)}</tr>`,
  )}</tbody></table></div>`
}`);

const summaryTable = ({ summary }: PaperText, { say }: StatementSpeech): string =>
  String(html`<h2>${say("summary")}</h2>
<div class="table"><table>
<thead><tr><th scope="col">${say("what")}</th><th scope="col" class="amount">${say("held")}</th><th scope="col" class="amount">${say("payable")}</th></tr></thead>
<tbody>${summary.map(
    ({ what, held, payable, isBalance }) =>
      html`<tr class="${isBalance ? "balance" : "change"}"><th scope="row">${what}</th>${amount(held)}${amount(payable)}</tr>`,
  )}</tbody></table></div>
`);

const movementsHead = ({ say }: StatementSpeech): string =>
  String(html`<h2>${say("movements")}</h2>
<div class="table" tabindex="0" role="region" aria-label="${say("movements")}"><table>
<thead><tr><th scope="col">${say("line")}</th><th scope="col">${say("day")}</th><th scope="col">${say("what")}</th><th scope="col" class="amount">${say("held")}</th><th scope="col" class="amount">${say("payable")}</th></tr></thead>
<tbody>
`);
