import type { Speech } from "../../messages/speak.ts";
import { type Html, html } from "../../pages/html.ts";
import type { FaceText } from "./portal-face.ts";

/**
 * A field with something to copy. Without a script a field is the one thing that is copied whole: a click and the copy key,
 * or a long press; the page's script puts a button beside it.
 */
export const copyField = (
  { say }: Speech<FaceText>,
  { id, label, value }: { id: string; label: string; value: string },
): Html =>
  html`<div class="field"><label for="${id}">${label}</label><input id="${id}" readonly dir="ltr" value="${value}" data-copy="${say("copy")}" data-copied="${say("copied")}"></div>\n`;
