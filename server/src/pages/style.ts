import type { Brand } from "../config/brand-config.ts";
import { readableColour } from "./colour.ts";

const light = { paper: "#f6f4ef", card: "#ffffff" };
const dark = { paper: "#16191d", card: "#1f2429" };
/** Where the vendor gives no colour. */
const usual = { light: "#9c3616", dark: "#f4a17f" };

/** The colours of a vendor's pages, light, dark and printed. All text reaches 4.5 to 1 on all of them. */
export function colours({ color }: Pick<Brand, "color">): string {
  return `:root { color-scheme: light dark; --ink: #1d2126; --soft: #4d5560; --paper: ${light.paper}; --card: ${light.card}; --edge: #d9d5cc; --field: #faf9f6; --bad: #a3231a; --accent: ${readableColour(color ?? usual.light, Object.values(light))}; --on-accent: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f1efe9; --soft: #b9bec6; --paper: ${dark.paper}; --card: ${dark.card}; --edge: #3f4750; --field: #171b1f; --bad: #f8a196; --accent: ${readableColour(color ?? usual.dark, Object.values(dark))}; --on-accent: #14171a; }
}
@media print {
  :root { color-scheme: light; --ink: #000; --soft: #000; --paper: #fff; --card: #fff; --field: #fff; --edge: #777; --bad: #000; --accent: #000; --on-accent: #fff; }
}
`;
}

/** The vendor's colour for text and buttons on white paper, made dark enough to be read: for mail and documents. */
export const colourOnPaper = ({ color }: Pick<Brand, "color">): string =>
  readableColour(color ?? usual.light, Object.values(light));

/** Type faces: of text, of headings, and of codes that are copied by hand. */
export const faces = {
  text: `system-ui, -apple-system, "Segoe UI", Roboto, sans-serif`,
  heading: `"Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", Georgia, serif`,
  code: `ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace`,
} as const;

/** What all pages share: the ground, the vendor's name above, its support address below. */
export const groundStyle = `* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.6 ${faces.text}; -webkit-text-size-adjust: 100%; }
.brand { display: flex; align-items: center; gap: .6em; font-size: .9375rem; font-weight: 600; line-height: 1.3; overflow-wrap: anywhere; }
.brand::before { content: ""; flex: none; width: .8em; height: .8em; border-radius: .2em; background: var(--accent); }
.brand p { margin: 0; }
.support { font-size: .875rem; color: var(--soft); overflow-wrap: anywhere; }
.support p { margin: 0; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
@media print { .brand::before { display: none; } }
`;

/** A page that is one card in the middle, with text, messages and forms. */
export const cardStyle = `body { min-height: 100vh; min-height: 100dvh; display: grid; place-items: center; padding: clamp(.75rem, 4vw, 2rem); }
.card { width: 100%; max-width: 36rem; padding: clamp(1.25rem, 5vw, 2.5rem); background: var(--card); border: 1px solid var(--edge); border-radius: .875rem; }
.brand { margin-bottom: clamp(1.25rem, 4vw, 1.75rem); padding-bottom: .875rem; border-bottom: 1px solid var(--edge); }
.support { margin-top: 1.75rem; padding-top: .875rem; border-top: 1px solid var(--edge); }
h1 { margin: 0 0 .75rem; font: 400 clamp(1.6rem, 1.3rem + 1.6vw, 2.1rem)/1.2 ${faces.heading}; text-wrap: balance; overflow-wrap: anywhere; }
h1:focus { outline: none; }
main p { margin: 0 0 1rem; color: var(--soft); text-wrap: pretty; overflow-wrap: anywhere; }
main > :last-child { margin-bottom: 0; }
form { margin: 1.5rem 0; }
label { display: block; margin-bottom: .375rem; font-weight: 600; }
.field { margin-bottom: 1.25rem; }
.field input { display: block; width: 100%; padding: .75rem .8rem; font: inherit; color: var(--ink); background: var(--field); border: 1px solid var(--soft); border-radius: .5rem; }
input::placeholder { color: var(--soft); opacity: 1; }
input[aria-invalid] { border-color: var(--bad); box-shadow: 0 0 0 1px var(--bad); }
.choice { display: grid; grid-template-columns: auto 1fr; gap: 0 .75rem; margin-bottom: 1.25rem; font-weight: 400; }
.choice input { width: 1.25rem; height: 1.25rem; margin: .2rem 0 0; accent-color: var(--accent); }
main .problem { margin: .5rem 0 0; color: var(--bad); }
main .alert { margin: 0 0 1.25rem; padding: .75rem 1rem; color: var(--ink); background: var(--field); border-inline-start: 4px solid var(--bad); border-radius: .25rem; }
button { width: 100%; min-height: 3rem; padding: .7rem 1.25rem; font: inherit; font-size: 1.0625rem; font-weight: 600; line-height: 1.3; color: var(--on-accent); background: var(--accent); border: 1px solid transparent; border-radius: .5rem; cursor: pointer; }
button:hover { filter: brightness(1.08); }
button[aria-disabled=true] { opacity: .6; cursor: progress; }
button.quiet { width: auto; min-height: 2.75rem; padding: .5rem 1.1rem; font-size: 1rem; color: var(--accent); background: none; border-color: currentColor; }
ol { margin: 1.25rem 0 0; padding-inline-start: 1.4rem; color: var(--soft); }
li { margin-bottom: .5rem; padding-inline-start: .25rem; }
main .small { font-size: .875rem; }
[hidden] { display: none; }
@media (prefers-reduced-motion: no-preference) { button { transition: filter .15s; } }
@media print {
  body { display: block; min-height: 0; padding: 0; }
  .card { border: 0; padding: 0; }
  button { display: none; }
}
`;

/** Rows and columns; on a narrow screen the table scrolls within its frame. */
export const tableStyle = `.table { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: .9375rem; }
caption { padding-bottom: .5rem; text-align: start; color: var(--soft); }
th, td { padding: .5rem .75rem .5rem 0; text-align: start; vertical-align: top; border-bottom: 1px solid var(--edge); }
`;
