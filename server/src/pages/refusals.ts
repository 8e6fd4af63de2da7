import { problems } from "../http/problem.ts";
import { type RefusalsText, refusalsTexts } from "../messages/refusals/index.ts";
import { type Speech, speak } from "../messages/speak.ts";
import type { Refusal, RefusalCode } from "../words/refusal.ts";
import { type Html, html } from "./html.ts";
import { wrongFields } from "./wrong-field.ts";

/** Says why something was refused. */
export type RefusalSpeech = Speech<RefusalsText>;

/** Why something was refused, in the best of the wanted languages. */
export const speakRefusals = (wanted: readonly string[]): Promise<RefusalSpeech> =>
  speak(refusalsTexts, wanted);

/** A refusal's code in the reader's words; the table of problems has those that no page meets. */
export function refusalTitle(speech: RefusalSpeech, code: RefusalCode): string {
  const name = `refused_${code}`;
  return speech.has(name) ? speech.say(name) : problems[code].title;
}

const isEnglish = ({ tag }: RefusalSpeech): boolean => tag.split("-")[0] === "en";

/** Why something was refused, in one sentence for somebody who knows nothing of the receiver. */
export const refusedTo = (speech: RefusalSpeech, { code, message }: Refusal): string =>
  isEnglish(speech) ? message : refusalTitle(speech, code);

/** The refusal's own words, under a heading that says what its code means. */
export const refusalDetail = (speech: RefusalSpeech, { message }: Refusal): Html =>
  isEnglish(speech) ? html`${message}` : html`<span lang="en" dir="ltr">${message}</span>`;

/**
 * What a page says of a refusal: its own words, which are English. In front of them stands what its code means, where the
 * reader speaks another language; the English is marked as such, for screen readers and from right to left.
 */
export function refusalText(speech: RefusalSpeech, refusal: Refusal): Html {
  const { code, message } = refusal;
  const marked = wrongFields(refusal);
  if (isEnglish(speech)) return html`<span${marked}>${message}</span>`;
  return html`<span${marked}>${refusalTitle(speech, code)} <span class="sub" lang="en" dir="ltr">${message}</span></span>`;
}
