import { html } from "hono/html";
import type { Addresses } from "../addresses.ts";
import { demoBar } from "../look/demo-bar.ts";
import { type Markup, page } from "../look/page.ts";
import { activationPanel, type RefusedCode } from "./activation-panel.ts";
import type { CopyView } from "./copy-view.ts";
import { licencePanel } from "./licence-panel.ts";
import { promptPanel } from "./prompt-panel.ts";
import { timeStrip } from "./time-strip.ts";

const brushNames = ["pencil", "marker", "watercolour", "spray", "eraser"] as const;

const colours: readonly (readonly [string, string])[] = [
  ["#26221c", "Ink"],
  ["#c8452c", "Vermilion"],
  ["#d8a12f", "Ochre"],
  ["#2f6b52", "Pine"],
  ["#3b7d8c", "Sea"],
  ["#2c4a9e", "Ultramarine"],
  ["#7d4f8c", "Plum"],
  ["#fdf4e3", "Cream"],
];

/** Whether a key is asked for, and the one that was typed in vain. */
interface AskedKey {
  refused?: RefusedCode;
  asksKey?: boolean;
}

/**
 * The program's window: tools, picture, and beside them the licence and, when it is due, one calm prompt. A copy without
 * a licence, or a customer who has a new key, is asked for it in their place.
 */
export function paintPage(addresses: Addresses, view: CopyView, asked: AskedKey = {}): Markup {
  const { refused, asksKey = false } = asked;
  const code =
    view.toType ?? (asksKey || refused !== undefined ? { kind: "serial" as const, text: "" } : undefined);
  const body = html`${demoBar(addresses, "paint")}
<main class="studio">
<header class="studio-head"><img src="/mark.svg" alt="" width="34" height="34"><h1>Acme Paint</h1><span class="soft">Evening by the water</span></header>
<div class="easel">
<div class="tools" role="group" aria-label="Tools">
<fieldset class="brushes"><legend class="unseen">Brush</legend>${brushNames.map(brushChoice)}</fieldset>
<span class="tool-buttons"><button type="button" id="undo" disabled>Undo</button><button type="button" id="clear">New sheet</button></span>
<fieldset class="colours"><legend class="unseen">Colour</legend>${colours.map(colourChoice)}</fieldset>
<label class="size"><span>Size</span><input id="size" type="range" min="4" max="60" value="22"></label>
</div>
<div class="sheet"><div class="paper"><canvas id="picture" width="1120" height="700" tabindex="0" role="application" aria-label="Picture" aria-describedby="picture-help"></canvas><span id="pen" hidden></span></div></div>
<p class="soft small" id="picture-help">Paint with the pointer. By keyboard: arrow keys move the brush, space puts it down and lifts it.</p>
</div>
<aside class="side" id="side" aria-label="Licence">
<div role="status" id="said">${view.said === undefined ? "" : html`<p class="notice ${view.said.tone}">${view.said.text}</p>`}</div>
${promptPanel(code === undefined ? view.prompt : null)}
${code === undefined ? licencePanel(view) : activationPanel(addresses, code, refused)}
</aside>
${timeStrip(view)}
</main>`;
  return page({
    title: "Acme Paint",
    site: "paint",
    body,
    styles: ["/paint.css", "/easel.css"],
    scripts: ["/paint.js", "/window.js"],
  });
}

function brushChoice(name: (typeof brushNames)[number], index: number): Markup {
  return html`<label><input type="radio" name="brush" value="${name}" ${index === 2 ? "checked" : ""}><span>${name[0]?.toUpperCase()}${name.slice(1)}</span></label>`;
}

function colourChoice([value, name]: readonly [string, string], index: number): Markup {
  return html`<input type="radio" name="colour" class="swatch" value="${value}" aria-label="${name}" title="${name}" ${index === 1 ? "checked" : ""}>`;
}
