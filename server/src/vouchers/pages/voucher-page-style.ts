/** How the voucher pages look: one card, light or dark, that fits a phone and prints in black on white. */
export const voucherStyle = `
:root { color-scheme: light dark; --ink: #1d2126; --soft: #4d5560; --paper: #f6f4ef; --card: #fff; --edge: #d9d5cc; --field: #faf9f6; --accent: #9c3616; --on-accent: #fff; --bad: #a3231a; --tint: #f8efe9; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f1efe9; --soft: #b9bec6; --paper: #16191d; --card: #1f2429; --edge: #3f4750; --field: #171b1f; --accent: #f4a17f; --on-accent: #2b120a; --bad: #f8a196; --tint: #2a2422; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; min-height: 100dvh; display: grid; place-items: center; padding: clamp(.75rem, 4vw, 2rem); background: var(--paper); color: var(--ink); font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; -webkit-text-size-adjust: 100%; }
.card { width: 100%; max-width: 36rem; padding: clamp(1.25rem, 5vw, 2.5rem); background: var(--card); border: 1px solid var(--edge); border-radius: .875rem; }
.seller { margin: 0 0 .25rem; font-size: .875rem; font-weight: 600; letter-spacing: .03em; color: var(--accent); overflow-wrap: anywhere; }
h1 { margin: 0 0 .75rem; font: 400 clamp(1.6rem, 1.3rem + 1.6vw, 2.1rem)/1.2 "Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", Georgia, serif; text-wrap: balance; overflow-wrap: anywhere; }
h1:focus { outline: none; }
p { margin: 0 0 1rem; color: var(--soft); text-wrap: pretty; }
form { margin: 1.5rem 0; }
label { display: block; margin-bottom: .375rem; font-weight: 600; }
input[name=code] { width: 100%; padding: .75rem .8rem; font: 500 clamp(1rem, 4.4vw, 1.3rem)/1.3 ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace; color: var(--ink); background: var(--field); border: 1px solid var(--soft); border-radius: .5rem; text-transform: uppercase; }
input[name=code]::placeholder { color: var(--soft); opacity: 1; font-weight: 400; }
input[aria-invalid] { border-color: var(--bad); }
.problem { margin: .625rem 0 0; color: var(--bad); }
button { margin-top: 1rem; width: 100%; padding: .8rem 1.25rem; font: inherit; font-size: 1.0625rem; font-weight: 600; line-height: 1.3; color: var(--on-accent); background: var(--accent); border: 1px solid transparent; border-radius: .5rem; cursor: pointer; }
button:hover { filter: brightness(1.08); }
button[aria-disabled=true] { opacity: .6; cursor: progress; }
button.quiet { margin: 0; width: auto; padding: .5rem 1.1rem; font-size: 1rem; color: var(--accent); background: none; border-color: currentColor; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.serial { margin: 1.25rem 0 .75rem; padding: 1.1rem .75rem; text-align: center; background: var(--tint); border-radius: .5rem; }
.serial code { font: 600 clamp(1.25rem, 5.4vw, 1.75rem)/1.35 ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace; color: var(--ink); overflow-wrap: anywhere; user-select: all; -webkit-user-select: all; }
ol { margin: 1.25rem 0 0; padding-left: 1.4rem; color: var(--soft); }
li { margin-bottom: .5rem; padding-left: .25rem; }
.small { margin: 0; font-size: .875rem; }
#said { margin: 1rem 0 0; color: var(--ink); }
#said:empty { display: none; }
[hidden] { display: none; }
@media (prefers-reduced-motion: no-preference) { button { transition: filter .15s; } }
@media print {
  :root { color-scheme: light; --ink: #000; --soft: #000; --paper: #fff; --card: #fff; --edge: #777; --tint: #fff; --accent: #000; }
  button, #said { display: none; }
  .serial { border: 1px solid #000; }
}
`;
