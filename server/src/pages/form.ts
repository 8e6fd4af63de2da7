import { type AppContext, requestHeader } from "../http/app-env.ts";
import { readBody } from "../http/request-body.ts";
import { type Attributes, attributes, type Html, html } from "./html.ts";

/** A line of text that a person enters. */
export interface TextField {
  /** Its name in the form, and its id in the page. */
  name: string;
  label: string;
  value: string;
  /** What is wrong with what was entered. */
  problem?: string | undefined;
  /** The id of a text that explains it. */
  hint?: string;
  /** Of the `input` element. */
  input: Attributes;
}

/** A labelled line of text, with what is wrong with it beneath, where screen readers find it too. */
export function textField({ name, label, value, problem, hint, input }: TextField): Html {
  const given = { id: name, name, value, ...input, ...troubleOf(name, problem, hint) };
  return html`<div class="field">
<label for="${name}">${label}</label>
<input${attributes(given)}>
${problemText(name, problem)}</div>
`;
}

/** A box to tick, with a text beside it that may be long. */
export function choice(given: {
  name: string;
  value: string;
  text: string;
  isTicked: boolean;
  problem?: string | undefined;
}): Html {
  const { name, value, text, isTicked, problem } = given;
  const input = { type: "checkbox", name, value, required: true, checked: isTicked };
  return html`<div class="field">
<label class="choice"><input${attributes({ ...input, ...troubleOf(name, problem) })}><span>${text}</span></label>
${problemText(name, problem)}</div>
`;
}

/** The focus goes to what is wrong. */
function troubleOf(name: string, problem: string | undefined, hint?: string): Attributes {
  const described = [problem === undefined ? undefined : `${name}-problem`, hint].filter(Boolean).join(" ");
  return {
    "aria-describedby": described === "" ? undefined : described,
    ...(problem === undefined ? {} : { "aria-invalid": "true", autofocus: true }),
  };
}

const problemText = (name: string, problem: string | undefined): Html | undefined =>
  problem === undefined
    ? undefined
    : html`<p class="problem" id="${name}-problem" role="alert">${problem}</p>\n`;

/** What a form sent: `application/x-www-form-urlencoded` in UTF-8. Nothing when it is something else. */
export async function readForm(c: AppContext): Promise<URLSearchParams | undefined> {
  const body = await readBody(c);
  const mediaType = requestHeader(c, "content-type") ?? "";
  if (!/^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(mediaType)) return undefined;
  return new URLSearchParams(Buffer.from(body).toString("utf8"));
}

/** What a browser says of where a form came from: true for another site. Those that say nothing are no browsers, or old ones. */
export function cameFromElsewhere(c: AppContext, issuer: string): boolean {
  const site = requestHeader(c, "sec-fetch-site");
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  const origin = requestHeader(c, "origin");
  if (origin === undefined) return false;
  const host = URL.parse(origin)?.host;
  return host === undefined || (host !== new URL(issuer).host && host !== requestHeader(c, "host"));
}
