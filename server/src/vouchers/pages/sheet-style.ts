/** How a sheet looks: cards on a desk on screen, light or dark; black on white with cut lines on paper. */
export const sheetStyle = `
:root { color-scheme: light dark; --desk: #e9e5dc; --paper: #fffdf8; --ink: #211d17; --soft: #655d50; --line: #b8ae9c; --accent: #9c3616; }
@media (prefers-color-scheme: dark) {
  :root { --desk: #171614; --paper: #26231f; --ink: #f2ece0; --soft: #b5ab9a; --line: #5b544a; --accent: #f0946f; }
}
* { box-sizing: border-box; margin: 0; }
body { background: var(--desk); color: var(--ink); font: 10pt/1.4 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
header { max-width: 184mm; margin: 0 auto; padding: 10mm 4mm 2mm; }
h1, h2 { font-family: "Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", Georgia, serif; font-weight: 400; line-height: 1.15; text-wrap: balance; overflow-wrap: anywhere; }
h1 { font-size: 20pt; margin-bottom: 2mm; }
h1 small { font-size: 12pt; color: var(--soft); }
header p { color: var(--soft); max-width: 62ch; }
main { overflow-x: auto; padding-bottom: 10mm; }
section { display: grid; grid-template-columns: repeat(2, 92mm); grid-auto-rows: 62mm; width: 184mm; margin: 6mm auto; background: var(--paper); border: dashed var(--line); border-width: .2mm 0 0 .2mm; }
article { display: grid; grid-template-columns: 1fr 31mm; grid-template-rows: 1fr auto auto; gap: 1.5mm 3mm; padding: 5.5mm 6mm 4mm; border: dashed var(--line); border-width: 0 .2mm .2mm 0; break-inside: avoid; overflow: hidden; }
.seller { font-size: 8pt; font-weight: 600; letter-spacing: .06em; color: var(--accent); overflow-wrap: anywhere; max-height: 2.8em; overflow: hidden; }
h2 { font-size: 15pt; margin: 1mm 0 1.5mm; max-height: 3.5em; overflow: hidden; }
.how { font-size: 7.5pt; color: var(--soft); }
.how b { font-weight: 600; color: var(--ink); overflow-wrap: anywhere; }
.qr { width: 31mm; height: 31mm; border-radius: 1mm; }
.code { grid-column: 1 / -1; font: 600 12.5pt/1 ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace; display: flex; justify-content: space-between; padding: 2mm 2.5mm; border: .3mm solid var(--line); border-radius: 1.2mm; }
.code i { font-style: normal; color: var(--soft); }
.until, .id { font-size: 7.5pt; color: var(--soft); align-self: end; }
.id { grid-column: 2; text-align: right; overflow-wrap: anywhere; }
@page { margin: 10mm; }
@media print {
  :root { color-scheme: light; --desk: #fff; --paper: #fff; --ink: #000; --soft: #000; --line: #777; --accent: #000; }
  header { display: none; }
  main { overflow: visible; padding: 0; }
  section { margin: 0 auto; break-after: page; }
  section:last-child { break-after: auto; }
}
`;
