import { maxNoteLength } from "../../../orders/rule/resolve-order.ts";
import { hiddenFields } from "../../../pages/app-page.ts";
import { type Attributes, attributes, type Html, html } from "../../../pages/html.ts";
import { buttonLink, card, confirmButtons, outcomeNotice } from "../../../pages/parts.ts";
import { isFresh } from "../../../sessions/sessions.ts";
import { consolePage, type Desk, formFields, given } from "./desk.ts";

/** What was entered before in a form that is shown again, or what the address brings; empty by default. */
export const entered = ({ c, address }: Desk, name: string): string =>
  c.get("form")?.get(name) ?? given(address.query, name) ?? "";

/** A labelled line of text. `input` adds to its attributes. */
export function line(
  name: string,
  label: string,
  value: string,
  { hint, ...input }: Attributes & { hint?: string } = {},
): Html {
  const shape = { id: name, name, value, maxlength: 200, autocomplete: "off", ...input };
  const described = hint === undefined ? {} : { "aria-describedby": `${name}-hint` };
  return html`<div class="field"><label for="${name}">${label}</label><input${attributes({ ...shape, ...described })}>${hintText(name, hint)}</div>
`;
}

/** A labelled text of several lines. */
export const area = (name: string, label: string, value: string, hint?: string): Html =>
  html`<div class="field"><label for="${name}">${label}</label><textarea${attributes({
    id: name,
    name,
    maxlength: 4_000,
    "aria-describedby": hint === undefined ? undefined : `${name}-hint`,
  })}>${value}</textarea>${hintText(name, hint)}</div>
`;

/** A labelled choice of a file. A form that has one is sent as parts. */
export const fileField = (
  name: string,
  label: string,
  { hint, required = false }: { hint?: string; required?: boolean } = {},
): Html =>
  html`<div class="field"><label for="${name}">${label}</label><input${attributes({
    id: name,
    name,
    type: "file",
    required,
    "aria-describedby": hint === undefined ? undefined : `${name}-hint`,
  })}>${hintText(name, hint)}</div>
`;

const hintText = (name: string, hint: string | undefined): Html | undefined =>
  hint === undefined ? undefined : html`<p class="hint" id="${name}-hint">${hint}</p>`;

/** A value with the words for it. */
export type Option = readonly [value: string, text: string];

/** A labelled choice of one from a list. */
export const pick = (name: string, label: string, options: readonly Option[], value: string): Html =>
  html`<div class="field"><label for="${name}">${label}</label><select id="${name}" name="${name}">${options.map(
    ([one, text]) => html`<option${attributes({ value: one, selected: one === value })}>${text}</option>`,
  )}</select></div>
`;

/** A choice of one, each of which is read before it is taken. */
export const radios = (name: string, legend: string, options: readonly Option[], value: string): Html =>
  html`<fieldset><legend>${legend}</legend>
${options.map(
  ([one, text]) =>
    html`<label class="choice"><input${attributes({ type: "radio", name, value: one, checked: one === value })}><span>${text}</span></label>\n`,
)}</fieldset>
`;

/** Boxes to tick under one heading. */
export const boxes = (
  legend: string,
  options: readonly (Option & readonly [string, string])[],
  ticked: (name: string) => boolean,
): Html =>
  html`<fieldset><legend>${legend}</legend>
${options.map(
  ([name, text]) =>
    html`<label class="choice"><input${attributes({ type: "checkbox", name, value: "1", checked: ticked(name) })}><span>${text}</span></label>\n`,
)}</fieldset>
`;

/** A page that asks for something, with what was wrong with it before. */
export function askPage(
  desk: Desk,
  asked: {
    title: string;
    lead?: string;
    crumbs: readonly Html[];
    problem: string | Html | undefined;
    /** Where the form goes; where it stands by default. */
    action?: string;
    /** Sent unseen beside the token. */
    hidden?: Readonly<Record<string, string>>;
    fields: Html;
    label: string;
    back: string;
    isDanger?: boolean;
  },
): Promise<Response> {
  const {
    title,
    lead,
    crumbs,
    problem,
    action = desk.address.path,
    hidden = {},
    fields,
    label,
    back,
  } = asked;
  return consolePage(desk, {
    title,
    lead,
    crumbs,
    status: problem === undefined ? 200 : 422,
    content: html`${problem !== undefined && outcomeNotice(problem, "bad")}${card({
      title: desk.say.say("action_title"),
      content: html`<form${attributes({
        method: "post",
        action,
        enctype: String(fields).includes(' type="file"') ? "multipart/form-data" : undefined,
      })}>${hiddenFields({ ...formFields(desk), ...hidden })}${fields}${confirmButtons(desk.kit, {
        label,
        back,
        isDanger: asked.isDanger === true,
      })}</form>`,
    })}`,
  });
}

/** A page that shows what would come of something, with the button that does it. What was entered is sent again unseen. */
export function confirmPage(
  desk: Desk,
  shown: {
    title: string;
    lead?: string | Html;
    crumbs: readonly Html[];
    /** Why it was refused just before. */
    problem?: string | Html | undefined;
    action?: string;
    sent: Readonly<Record<string, string>>;
    /** What would come of it. */
    heading: string;
    content: Html;
    /** The button; none where there is nothing to do. */
    label: string | undefined;
    back: string;
    isDanger?: boolean;
  },
): Promise<Response> {
  const { title, lead, crumbs, problem, action = desk.address.path, sent } = shown;
  const { heading, content, label, back } = shown;
  return consolePage(desk, {
    title,
    lead: lead ?? desk.say.say("rehearsed"),
    crumbs,
    status: problem === undefined ? 200 : 422,
    content: html`${problem !== undefined && outcomeNotice(problem, "bad")}${card({
      title: heading,
      wide: true,
      content: html`${content}<p></p>${
        label !== undefined &&
        html`<form method="post" action="${action}">${hiddenFields({ ...formFields(desk), ...sent, step: "do" })}${confirmButtons(
          desk.kit,
          { label, back, isDanger: shown.isDanger === true },
        )}</form>`
      }`,
    })}`,
  });
}

/** One button that sends a form on its own, with what it sends unseen. */
export const actButton = (
  desk: Desk,
  {
    action,
    label,
    sent = {},
    look = "",
  }: {
    action: string;
    label: string;
    sent?: Readonly<Record<string, string>>;
    look?: "" | "main" | "danger";
  },
): Html =>
  html`<form method="post" action="${action}">${hiddenFields({ ...formFields(desk), ...sent })}<button${attributes({ class: look === "" ? undefined : look })}>${label}</button></form>`;

/** The fields of a form that are kept for its second step, by name; what is empty is left out. */
export function keptFields({ c }: Desk, names: readonly string[]): Record<string, string> {
  const form = c.get("form");
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = given(form, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/**
 * What only somebody who signed in a short while ago may do, or the way to sign in again and come back here: the answer to
 * a form would have no way back.
 */
export function onlyFresh(desk: Desk, content: Html): Html {
  const { say, deps, person, address } = desk;
  if (isFresh(deps, person)) return content;
  const back = `/sign-in?to=${encodeURIComponent(address.path)}&again=1`;
  return html`<p>${say.say("sign_in_again_why")}</p><div class="actions">${buttonLink(say.say("sign_in_again"), back, true)}</div>`;
}

/** Whether the form says that it is to be done, and not only shown. */
export const isConfirmed = ({ c }: Desk): boolean => given(c.get("form"), "step") === "do";

/** Why something is done: it stays on record. */
export const noteField = ({ say }: Desk, value: string): Html =>
  html`<div class="field"><label for="note">${say.say("note")}</label><input id="note" name="note" value="${value}" maxlength="${maxNoteLength}" required autocomplete="off" aria-describedby="note-hint"><p class="hint" id="note-hint">${say.say("note_hint")}</p></div>
`;

/** The vendor's products, to choose one. */
export const productOptions = ({ deps }: Desk): (readonly [string, string])[] =>
  [...deps.config.products.values()].map(({ id, name }) => [id, name] as const);
