import { copyField } from "../../../pages/copy-field.ts";
import type { Html } from "../../../pages/html.ts";
import { html } from "../../../pages/html.ts";
import { buttonLink, card, outcomeNotice } from "../../../pages/parts.ts";
import { consolePage, type Desk } from "./desk.ts";

/** A page with something that is shown this once. */
export const shownOncePage = (
  desk: Desk,
  shown: { title: string; crumbs: readonly Html[]; label: string; value: string; back: string; more?: Html },
): Promise<Response> =>
  consolePage(desk, {
    title: shown.title,
    crumbs: shown.crumbs,
    copies: true,
    actions: buttonLink(desk.say.say("go_on"), shown.back, true),
    content: html`${outcomeNotice(desk.say.say("shown_once"), "good")}${card({
      title: shown.label,
      content: html`${copyField(desk.say, { id: "secret", label: shown.label, value: shown.value })}${shown.more}`,
    })}`,
  });
