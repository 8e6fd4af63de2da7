import type { Brand } from "../config/brand-config.ts";
import { colours, faces, groundStyle } from "./style.ts";
import { rowCardStyle } from "./table.ts";

/** What charts and badges add to the colours: all reach 3 to 1 on the card, the text colours 4.5 to 1. */
const figureColours = `:root { --good: #1b6b43; --warn: #8a5200; --s1: var(--accent); --s2: #b07d12; --s3: #8a94a3; --s4: #2f6f8f; --tint: #f3f1ec; --shadow: 0 1px 2px rgb(29 33 38 / .05); }
@media (prefers-color-scheme: dark) { :root { --good: #7fd0a2; --warn: #eec077; --s2: #d9a53b; --s3: #7d8794; --s4: #6fb3d4; --tint: #262c32; --shadow: 0 0 0 transparent; } }
@media print { :root { --good: #000; --warn: #000; --s1: #000; --s2: #666; --s3: #999; --s4: #333; --tint: #fff; --shadow: 0 0 0 transparent; } }
`;

/** The frame: navigation beside the content, above it on a narrow screen. */
const frameStyle = `body { min-height: 100vh; font-size: .9375rem; line-height: 1.5; }
.skip { position: absolute; inset-inline-start: .5rem; inset-block-start: -4rem; z-index: 3; padding: .6rem 1rem; background: var(--card); border: 2px solid var(--accent); border-radius: .5rem; }
.skip:focus { inset-block-start: .5rem; }
.frame { display: grid; grid-template-columns: 14.5rem minmax(0, 1fr); min-height: 100vh; }
.side { position: sticky; inset-block-start: 0; align-self: start; display: flex; flex-direction: column; gap: 1.25rem; height: 100vh; padding: 1.125rem .875rem; overflow-y: auto; border-inline-end: 1px solid var(--edge); }
.side .brand { padding: .25rem .625rem; font-size: 1rem; }
.brand img { display: block; height: 1.75rem; width: auto; max-width: 11rem; }
.brand:has(img)::before { display: none; }
.side nav { flex: 1; }
.side ul { margin: 0 0 .75rem; padding: 0; list-style: none; }
.side h2 { margin: 0 0 .25rem; padding: 0 .625rem; font-size: .75rem; font-weight: 600; color: var(--soft); }
.side li a { display: flex; justify-content: space-between; gap: .5rem; padding: .2rem .625rem; font-size: .875rem; color: var(--ink); text-decoration: none; border-radius: .4375rem; }
.side li a:hover { background: var(--tint); }
.side li a[aria-current] { font-weight: 600; background: var(--card); box-shadow: inset 3px 0 0 var(--accent), var(--shadow); }
[dir=rtl] .side li a[aria-current] { box-shadow: inset -3px 0 0 var(--accent), var(--shadow); }
.side .count { font-variant-numeric: tabular-nums; color: var(--soft); font-weight: 400; }
.who { padding: .75rem .625rem 0; border-top: 1px solid var(--edge); font-size: .8125rem; color: var(--soft); overflow-wrap: anywhere; }
.who p { margin: 0 0 .5rem; }
.who form { margin: 0; }
.body { min-width: 0; padding: 1.25rem clamp(1rem, 3vw, 2.5rem) 3rem; }
.body > main, .body > .top, .body > .support { max-width: 76rem; margin-inline: auto; }
.top { display: flex; align-items: center; gap: 1rem; margin-bottom: 1.25rem; }
.top form { flex: 1; min-width: 0; max-width: 40rem; margin: 0; display: flex; gap: .5rem; }
.top input { flex: 1; min-width: 0; }
.menu { display: none; }
.support { margin-top: 2.5rem; padding-top: .75rem; border-top: 1px solid var(--edge); }
.title { display: flex; flex-wrap: wrap; align-items: end; justify-content: space-between; gap: .75rem 1.5rem; margin-bottom: 1.25rem; }
.title > div { min-width: 0; }
h1 { margin: 0; font: 400 clamp(1.5rem, 1.35rem + .8vw, 1.875rem)/1.25 ${faces.heading}; text-wrap: balance; overflow-wrap: anywhere; }
h2 { margin: 0; font-size: 1rem; line-height: 1.4; }
h3 { margin: 0 0 .25rem; font-size: .9375rem; }
.lead { margin: .25rem 0 0; color: var(--soft); text-wrap: pretty; }
.crumbs { margin: 0 0 .25rem; font-size: .8125rem; color: var(--soft); }
.actions { display: flex; flex-wrap: wrap; gap: .5rem; }
@media (max-width: 56rem) {
  .frame { display: block; }
  .side { position: static; display: none; height: auto; border: 0; padding-block-start: 0; }
  .menu { position: relative; display: flex; align-items: center; justify-content: space-between; gap: 1rem; padding: .75rem 1rem; border-bottom: 1px solid var(--edge); }
  .menu .brand { font-size: 1rem; }
  .menu label { display: flex; align-items: center; min-height: 2.75rem; padding: 0 .875rem; font-weight: 600; background: var(--card); border: 1px solid var(--edge); border-radius: .5rem; cursor: pointer; }
  .menu-box:focus-visible ~ label { outline: 3px solid var(--accent); outline-offset: 2px; }
  body:has(.menu-box:checked) .side { display: flex; padding-block-start: 1rem; border-bottom: 1px solid var(--edge); }
  .side header { display: none; }
  .side li a { padding-block: .65rem; font-size: .9375rem; }
  .body { padding: 1rem 1rem 2.5rem; }
}
.menu-box { position: absolute; opacity: 0; width: 1px; height: 1px; }
`;

/** Cards, tiles, lists, badges, charts. */
const partStyle = `.grid { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); align-items: start; }
.card, .tile { background: var(--card); border: 1px solid var(--edge); border-radius: .625rem; box-shadow: var(--shadow); }
.card { min-width: 0; padding: 1rem 1.125rem; }
.card.wide { grid-column: 1 / -1; }
.card > form + :is(form, details, .actions), .card > .facts + form, .card > .table + form { margin-top: 1rem; }
.stack > * + *, :not(.grid) > .card + :is(.card, .actions) { margin-top: 1rem; }
.card > header { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: .25rem 1rem; margin-bottom: .75rem; }
.card > header a { font-size: .8125rem; }
.card > header p { margin: 0; flex-basis: 100%; font-size: .8125rem; color: var(--soft); }
.tiles { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 9.25rem), 1fr)); margin: 0 0 1rem; }
.tile { padding: .75rem 1rem .8rem; container-type: inline-size; }
.tile dt { font-size: .8125rem; color: var(--soft); }
.tile dd { margin: .125rem 0 0; }
.tile .figure { display: block; font-size: clamp(1rem, 12cqi, 1.375rem); font-weight: 600; line-height: 1.3; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.tile .figure.long { font-size: clamp(.75rem, 10cqi, 1.375rem); }
.tile .figure + .figure { font-size: min(1em, 1.0625rem); }
.tile .why { display: block; margin-top: .125rem; font-size: .8125rem; color: var(--soft); }
.facts { display: grid; grid-template-columns: minmax(6rem, auto) minmax(4.5rem, 1fr); gap: .375rem 1.25rem; margin: 0; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.table { overflow-x: auto; }
.card :is(.table, .drawing) { margin-inline: -1.125rem; padding-inline: 1.125rem; }
.table:focus-visible { outline-offset: -3px; }
table { width: 100%; border-collapse: collapse; font-size: .875rem; }
caption { padding: 0 0 .5rem; text-align: start; color: var(--soft); }
.card caption, .quiet-caption caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
th, td { padding: .5rem 1rem .5rem 0; text-align: start; vertical-align: top; border-bottom: 1px solid var(--edge); }
[dir=rtl] :is(th, td) { padding-inline: 0 1rem; }
th:last-child, td:last-child { padding-inline-end: 0; }
tbody tr:last-child > * { border-bottom: 0; }
thead th { font-size: .8125rem; font-weight: 600; color: var(--soft); white-space: nowrap; }
thead th a { color: inherit; text-decoration: none; }
thead th a:hover { text-decoration: underline; }
tbody th { font-weight: 500; }
tbody tr:hover { background: color-mix(in srgb, var(--tint) 60%, transparent); }
.num { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
.num + :is(td, th):not(.num) { padding-inline-start: 1rem; }
.nowrap, .id { white-space: nowrap; }
.sub { display: block; font-size: .8125rem; color: var(--soft); }
code, .code { font-family: ${faces.code}; font-size: .875em; overflow-wrap: anywhere; }
pre { margin: 0; padding: .875rem 1rem; overflow-x: auto; font: .8125rem/1.55 ${faces.code}; background: var(--field); border: 1px solid var(--edge); border-radius: .5rem; }
.badge { display: inline-flex; align-items: center; gap: .375em; padding: .05rem .5rem .1rem .4rem; font-size: .8125rem; line-height: 1.4; white-space: nowrap; border: 1px solid var(--edge); border-radius: 1rem; background: var(--card); }
.badge::before { content: "●"; font-size: .7em; color: var(--soft); }
.badge.good::before { content: "✓"; font-size: .9em; font-weight: 700; color: var(--good); }
.badge.wait::before { content: "◐"; font-size: .9em; color: var(--warn); }
.badge.bad::before { content: "✕"; font-size: .9em; font-weight: 700; color: var(--bad); }
.badge.off::before { content: "–"; font-size: .9em; }
.filters { display: flex; flex-wrap: wrap; align-items: end; gap: .625rem .75rem; margin: 0 0 1rem; }
.filters .field { margin: 0; }
.filters select { max-width: 15rem; }
.filters label { display: block; margin-bottom: .2rem; font-size: .8125rem; font-weight: 600; color: var(--soft); }
.foot { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .5rem 1rem; margin-top: .75rem; font-size: .875rem; color: var(--soft); }
.foot p { margin: 0; }
.foot ul, ul.plain { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0; padding: 0; list-style: none; }
.empty { padding: 1.75rem 1rem; text-align: center; color: var(--soft); }
.empty p { margin: 0; text-wrap: balance; }
.empty p:first-child { font-weight: 600; color: var(--ink); }
.notice { margin: 0 0 1rem; padding: .75rem 1rem; background: var(--card); border: 1px solid var(--edge); border-inline-start: 4px solid var(--accent); border-radius: .5rem; }
.notice.bad { border-inline-start-color: var(--bad); }
.notice.good { border-inline-start-color: var(--good); }
.notice p { margin: 0; }
.notice p + p { margin-top: .25rem; color: var(--soft); }
.steps { margin: 0; padding: 0; list-style: none; border-inline-start: 2px solid var(--edge); }
.steps li { position: relative; padding: 0 0 .875rem 1rem; }
[dir=rtl] .steps li { padding: 0 1rem .875rem 0; }
.steps li:last-child { padding-bottom: 0; }
.steps li::before { content: ""; position: absolute; inset-inline-start: -.3125rem; inset-block-start: .45rem; width: .5rem; height: .5rem; border-radius: 50%; background: var(--soft); }
.steps p { margin: 0; }
.tree { margin: 0; padding: 0; list-style: none; }
.tree .tree { margin-inline-start: .625rem; padding-inline-start: 1rem; border-inline-start: 1px solid var(--edge); }
.tree div { display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem .75rem; padding: .3rem 0; }
figure { margin: 0; }
.drawing { overflow-x: auto; }
.drawing:focus-visible { outline-offset: -3px; }
.drawing svg { display: block; width: 100%; min-width: 38rem; height: auto; direction: ltr; }
.chart text { font: 11px ${faces.text}; fill: var(--soft); font-variant-numeric: tabular-nums; }
.chart line { stroke: var(--edge); }
.chart .zero { stroke: var(--soft); }
.s1 { fill: var(--s1); } .s2 { fill: var(--s2); } .s3 { fill: var(--s3); } .s4 { fill: var(--s4); }
.spark { fill: none; stroke: var(--s1); stroke-width: 1.75; stroke-linejoin: round; }
.spark-area { fill: var(--s1); opacity: .14; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: 0 0 .5rem; padding: 0; list-style: none; font-size: .8125rem; color: var(--soft); }
.legend svg { width: .7em; height: .7em; margin-inline-end: .4em; border-radius: .15em; }
details > summary { cursor: pointer; font-size: .8125rem; color: var(--soft); width: fit-content; border-radius: .25rem; }
details[open] > summary { margin-bottom: .5rem; }
.chart details { margin-top: .5rem; }
`;

/** Fields and buttons. */
const controlStyle = `input, select, textarea, button, .button { min-height: 2.375rem; padding: .375rem .7rem; font: inherit; color: var(--ink); background: var(--field); border: 1px solid var(--soft); border-radius: .4375rem; }
textarea { width: 100%; min-height: 8rem; line-height: 1.5; resize: vertical; }
textarea.code { font: .8125rem/1.55 ${faces.code}; min-height: 26rem; }
input::placeholder { color: var(--soft); opacity: 1; }
input[aria-invalid], select[aria-invalid], textarea[aria-invalid] { border-color: var(--bad); box-shadow: 0 0 0 1px var(--bad); }
input[type=checkbox], input[type=radio] { min-height: 0; width: 1.125rem; height: 1.125rem; margin: .15rem 0 0; accent-color: var(--accent); }
button, .button { display: inline-flex; align-items: center; justify-content: center; font-weight: 600; line-height: 1.3; text-decoration: none; cursor: pointer; background: var(--card); border-color: var(--edge); box-shadow: var(--shadow); }
button:hover, .button:hover { border-color: var(--soft); }
button.main, .button.main { color: var(--on-accent); background: var(--accent); border-color: transparent; }
button.main:hover { filter: brightness(1.08); }
button.danger { color: var(--bad); border-color: currentColor; }
.field { margin-bottom: 1rem; max-width: 36rem; }
.field.wide { max-width: none; }
.field input + button { margin-block-start: .375rem; }
.qr { display: block; width: 12rem; height: auto; margin-block: .5rem; }
.field > label, legend { display: block; margin-bottom: .3rem; padding: 0; font-weight: 600; }
.field input:not([type=checkbox], [type=radio]), .field select { width: 100%; }
.hint { color: var(--soft); font-size: .8125rem; }
fieldset > .hint, details > .hint { margin: 0 0 .5rem; }
.field .hint { margin: .25rem 0 0; font-size: .8125rem; color: var(--soft); }
fieldset { margin: 0 0 1rem; padding: 0; border: 0; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 13rem), 1fr)); gap: .75rem 1rem; align-items: start; margin-bottom: .75rem; }
.fields .field { margin: 0; }
.plan-form fieldset { min-width: 0; }
.entry { position: relative; padding: .875rem 1rem .25rem; border: 1px solid var(--edge); border-radius: .5rem; background: color-mix(in srgb, var(--tint) 45%, transparent); }
.entry > legend { float: inline-start; margin: 0 1rem .75rem 0; padding: 0; }
.entry > legend + .row-deeds { display: flex; flex-wrap: wrap; justify-content: flex-end; gap: .375rem; margin-bottom: .75rem; }
.row-deeds ~ * { clear: both; }
.entry button, .part button { min-height: 2rem; padding: .2rem .6rem; font-size: .8125rem; }
.part { margin-bottom: .75rem; }
.part > summary { font-size: .875rem; font-weight: 600; color: var(--ink); }
.part .count { padding: 0 .45em; font-weight: 400; color: var(--soft); border: 1px solid var(--edge); border-radius: 1rem; }
details.part[open] { padding-inline-start: .75rem; border-inline-start: 2px solid var(--edge); }
.line { display: flex; flex-wrap: wrap; align-items: end; gap: .5rem; margin-bottom: .5rem; }
.line .fields { align-items: end; flex: 0 1 auto; display: flex; flex-wrap: wrap; gap: .5rem; margin: 0; }
.line .field { width: 11rem; }
.inner { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr)); gap: .25rem 1.5rem; align-items: start; }
.inner > :is(.ticks, .line, .hint, .problem) { grid-column: 1 / -1; }
.inner > button { justify-self: start; }
.inner > * { margin-bottom: .5rem; }
.boxes { display: flex; flex-wrap: wrap; gap: 0 1.25rem; }
.range .fields { max-width: 28rem; grid-template-columns: 1fr 1fr; }
.range > legend, .ticks > legend, .line label, .range label { font-size: .875rem; }
.choice { display: grid; grid-template-columns: auto 1fr; gap: 0 .625rem; margin-bottom: .5rem; }
.problem { margin: .3rem 0 0; color: var(--bad); font-size: .875rem; }
[hidden] { display: none; }
@media (max-width: 40rem) {
  .body { padding-inline: .75rem; }
  .card { padding: .875rem 1rem; }
  .card :is(.table, .drawing) { margin-inline: -1rem; padding-inline: 1rem; }
  .filters { display: grid; grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr)); }
  .filters :is(input, select) { width: 100%; }
}
@media (max-width: 56rem) { td:not(.num), tbody th { min-width: 6.5rem; } input, select, button, .button, .entry button, .part button { min-height: 2.75rem; font-size: 1rem; } .line .fields { flex: 1 1 100%; } .line .field { width: calc(50% - .25rem); } }
@media (forced-colors: active) {
  .s1 { fill: Highlight; } .s2 { fill: CanvasText; } .s3 { fill: GrayText; } .s4 { fill: LinkText; }
  .chart text { fill: CanvasText; }
  .chart line { stroke: GrayText; }
  .spark { stroke: CanvasText; }
  .spark-area { fill: CanvasText; }
  .side li a[aria-current] { outline: 2px solid; outline-offset: -2px; }
  :is(input, select, textarea)[aria-invalid] { border-width: 3px; }
}
@media print {
  .frame { display: block; }
  .side, .menu, .top, .filters, .actions, .foot ul, .skip, button, .chart details { display: none; }
  .card, .tile { break-inside: avoid; }
  .table { overflow: visible; }
  a { color: inherit; text-decoration: none; }
}
`;

/** The whole look of signed-in pages. */
export const appStyle = (brand: Pick<Brand, "color">): string =>
  [colours(brand), figureColours, groundStyle, frameStyle, partStyle, controlStyle, rowCardStyle].join("");
