/**
 * The element's look. Quiet, since it stands beside somebody's work: one card, the colours of the page's own scheme, all
 * choices alike. A vendor sets the custom properties, or styles the parts. Forced colours keep every border and outline.
 */
export const style = `
:host {
  display: block;
  container-type: inline-size;
  --_ink: var(--tallystick-ink, light-dark(#24272c, #ece9e2));
  --_soft: var(--tallystick-soft, light-dark(#565c66, #b4b0a7));
  --_card: var(--tallystick-card, light-dark(#ffffff, #232529));
  --_line: var(--tallystick-line, light-dark(#d5d9e0, #45484f));
  --_accent: var(--tallystick-accent, light-dark(#2b5fb3, #9dbdf5));
  --_edge: light-dark(#868d99, #8b8f97);
  color: var(--_ink);
  font: 400 1rem / 1.5 var(--tallystick-font, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif);
}
:host([hidden]) { display: none; }
:host([overlay]) {
  position: fixed;
  inset-block-end: 1rem;
  inset-inline-end: 1rem;
  inline-size: min(26rem, calc(100vw - 2rem));
  max-block-size: calc(100vh - 2rem);
  overflow: auto;
  z-index: var(--tallystick-layer, 10);
}
* { box-sizing: border-box; margin: 0; }
.card {
  display: grid;
  gap: 0.6em;
  padding: clamp(1rem, 5cqi, 1.35rem);
  background: var(--_card);
  border: 1px solid var(--_line);
  border-inline-start: 0.25rem solid var(--_accent);
  border-radius: var(--tallystick-radius, 0.75rem);
  overflow-wrap: anywhere;
}
/* Aligned with the card, whichever way their words run. */
.card:dir(ltr) > * { text-align: left; }
.card:dir(rtl) > * { text-align: right; }
.product { color: var(--_soft); font-size: 0.875em; }
h2 { font-size: 1.2em; font-weight: 600; line-height: 1.3; text-wrap: balance; }
p { text-wrap: pretty; }
/* A line does not end within a date or a phrase, which Japanese writes without spaces. */
:lang(ja) { word-break: auto-phrase; }
.text, .note, .price { max-inline-size: 60ch; }
.disclosure { color: var(--_soft); font-size: 0.875em; }
.actions { display: grid; gap: 0.75em; margin-block-start: 0.35em; }
.row { display: flex; flex-wrap: wrap; gap: 0.5em; align-items: center; }
.row > button { flex: 1 1 auto; }
fieldset { border: 0; padding: 0; min-inline-size: 0; }
legend { padding: 0; margin-block-end: 0.35em; color: var(--_soft); font-size: 0.875em; }
button {
  min-block-size: 2.75em;
  padding: 0.45em 0.9em;
  border: 1px solid var(--_edge);
  border-radius: calc(var(--tallystick-radius, 0.75rem) * 0.66);
  background: transparent;
  color: var(--_ink);
  font: inherit;
  font-size: 0.9375em;
  line-height: 1.3;
  cursor: pointer;
}
button:hover { border-color: var(--_accent); background: color-mix(in srgb, var(--_accent) 10%, transparent); }
button:focus-visible, .said:focus-visible { outline: 3px solid var(--_accent); outline-offset: 2px; }
.said.shown {
  padding: 0.75rem 1rem;
  background: var(--_card);
  border: 1px solid var(--_line);
  border-radius: var(--tallystick-radius, 0.75rem);
  overflow-wrap: anywhere;
}
.unseen {
  position: absolute;
  inline-size: 1px;
  block-size: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
@container (min-width: 34rem) {
  .row > button { flex: 0 1 auto; }
  fieldset .row > button { flex: 0 1 auto; }
}
@media (prefers-reduced-motion: no-preference) {
  .card { animation: appear 0.2s ease-out; }
  @keyframes appear { from { opacity: 0; } }
}
@media (forced-colors: active) {
  .card { border-inline-start-color: Highlight; }
  button { border-color: ButtonBorder; }
  button:focus-visible, .said:focus-visible { outline-color: Highlight; }
}
`;
