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

/** The field that carries the token of a signed-in person's forms. */
export const formTokenField = "form-token";

/** The hidden field that every form of a signed-in person has: no other site can know its value. */
export const formToken = ({ formToken: value }: { formToken: string }): Html =>
  html`<input type="hidden" name="${formTokenField}" value="${value}">`;

/** What a form sent: its fields, and the files that came with them. */
export interface SentForm {
  fields: URLSearchParams;
  files: ReadonlyMap<string, File>;
}

/**
 * What a form sent: `application/x-www-form-urlencoded` or `multipart/form-data`, in UTF-8. Undefined when it is
 * something else.
 */
export async function readSentForm(c: AppContext): Promise<SentForm | undefined> {
  const mediaType = requestHeader(c, "content-type") ?? "";
  const body = await readBody(c);
  if (/^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(mediaType))
    return { fields: new URLSearchParams(Buffer.from(body).toString("utf8")), files: new Map() };
  if (!/^multipart\/form-data\s*;/i.test(mediaType)) return undefined;
  const sent = await new Response(Uint8Array.from(body), { headers: { "content-type": mediaType } })
    .formData()
    .catch(() => undefined);
  if (sent === undefined) return undefined;
  const fields = new URLSearchParams();
  const files = new Map<string, File>();
  for (const [name, value] of sent) {
    if (typeof value === "string") fields.append(name, value);
    else files.set(name, value);
  }
  return { fields, files };
}

/** A form's fields; those that the guard has read already behind a sign-in. Undefined when it is something else. */
export const readForm = async (c: AppContext): Promise<URLSearchParams | undefined> =>
  c.get("form") ?? (await readSentForm(c))?.fields;

/** What a browser says of where a form came from: true for another site. Those that say nothing are no browsers, or old ones. */
export function cameFromElsewhere(c: AppContext, issuer: string): boolean {
  const site = requestHeader(c, "sec-fetch-site");
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  const origin = requestHeader(c, "origin");
  if (origin === undefined) return false;
  return !isOwnHost(c, issuer, origin);
}

/** Whether a browser says that a form came from this receiver's own page: what says nothing is not believed. */
export function cameFromHere(c: AppContext, issuer: string): boolean {
  const site = requestHeader(c, "sec-fetch-site");
  if (site !== undefined) return site === "same-origin";
  const origin = requestHeader(c, "origin");
  return origin !== undefined && isOwnHost(c, issuer, origin);
}

function isOwnHost(c: AppContext, issuer: string, origin: string): boolean {
  const from = URL.parse(origin);
  if (from === null) return false;
  const own = new URL(issuer);
  // The same name without TLS is somebody else's to answer for.
  return from.host === own.host ? from.protocol === own.protocol : from.host === requestHeader(c, "host");
}
