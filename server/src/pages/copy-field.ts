import { type Html, html } from "./html.ts";

/**
 * A field with something to copy. Without a script a field is the one thing that is copied whole: a click and the copy key,
 * or a long press; the page's script puts a button beside it.
 */
export const copyField = (
  { say }: { say: (name: "copy" | "copied") => string },
  { id, label, value }: { id: string; label: string; value: string },
): Html =>
  html`<div class="field"><label for="${id}">${label}</label><input id="${id}" readonly dir="ltr" value="${value}" data-copy="${say("copy")}" data-copied="${say("copied")}"></div>\n`;
