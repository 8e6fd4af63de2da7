import { faces } from "../pages/style.ts";

/** How a sheet looks: cards on a desk on screen, light or dark; black on white with cut lines on paper. */
export const sheetStyle = `body { font-size: 10pt; line-height: 1.4; }
h1, h2, p { margin: 0; }
body > .brand, .intro { max-width: 184mm; margin: 0 auto; padding: 8mm 4mm 0; }
.intro { padding-top: 5mm; }
h1, h2 { font-family: ${faces.heading}; font-weight: 400; line-height: 1.15; text-wrap: balance; overflow-wrap: anywhere; }
h1 { font-size: 20pt; margin-bottom: 2mm; }
h1 small { font-size: 12pt; color: var(--soft); }
.intro p { color: var(--soft); max-width: 62ch; }
main { padding-bottom: 10mm; }
section { display: grid; grid-template-columns: repeat(2, 92mm); grid-auto-rows: 62mm; width: 184mm; margin: 6mm auto; background: var(--card); border: dashed var(--soft); border-width: .2mm 0 0 .2mm; }
article { display: grid; grid-template-columns: 1fr 31mm; grid-template-rows: 1fr auto auto; gap: 1.5mm 3mm; padding: 5.5mm 6mm 4mm; border: dashed var(--soft); border-width: 0 .2mm .2mm 0; break-inside: avoid; overflow: hidden; }
.seller { font-size: 8pt; font-weight: 600; letter-spacing: .06em; color: var(--accent); overflow-wrap: anywhere; max-height: 2.8em; overflow: hidden; }
h2 { font-size: 15pt; margin: 1mm 0 1.5mm; max-height: 3.5em; overflow: hidden; }
.how { font-size: 7.5pt; color: var(--soft); }
.how b { font-weight: 600; color: var(--ink); overflow-wrap: anywhere; }
.qr { width: 31mm; height: 31mm; border-radius: 1mm; }
.code { grid-column: 1 / -1; font: 600 12.5pt/1 ${faces.code}; display: flex; justify-content: space-between; padding: 2mm 2.5mm; border: .3mm solid var(--soft); border-radius: 1.2mm; }
.code i { font-style: normal; color: var(--soft); }
.until, .id { font-size: 7.5pt; color: var(--soft); align-self: end; }
.id { grid-column: 2; text-align: end; overflow-wrap: anywhere; }
@page { margin: 10mm; }
@media screen and (max-width: 190mm) {
  section { grid-template-columns: minmax(0, 92mm); width: min(92mm, calc(100% - 8mm)); }
  article { grid-template-columns: minmax(0, 1fr) minmax(20mm, 31mm); padding: 5mm 4mm 4mm; }
  .qr { width: 100%; height: auto; }
  .code { font-size: clamp(8pt, 3.6vw, 12.5pt); }
}
@media print {
  body > .brand, .intro { display: none; }
  main { padding: 0; }
  section { margin: 0 auto; border-color: #777; break-after: page; }
  article { border-color: #777; }
  section:last-child { break-after: auto; }
}
`;
