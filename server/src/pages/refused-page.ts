import type { Brand } from "../config/brand-config.ts";
import { type AppContext, type Customer, type Person, requestHeader } from "../http/app-env.ts";
import { problems } from "../http/problem.ts";
import type { Refusal } from "../words/refusal.ts";
import { prefersHtml } from "./accept.ts";
import { speakKit, wantedLanguages } from "./app-page.ts";
import { html } from "./html.ts";
import { messagePage } from "./message.ts";
import { cardPage, pageResponse } from "./page.ts";
import { refusalTitle, speakRefusals } from "./refusals.ts";

const face = /^\/(?:portal|console|account|sign-in)(?=\/|$)/;

/** Whether a request is a browser's for a page of one of the faces: what is refused there is said on a page. */
export const wantsPage = (c: AppContext): boolean =>
  face.test(c.req.path) && prefersHtml(requestHeader(c, "accept"));

const programs = /^\/(?:v1|webhooks)(?=\/|$)/;

/** Whether a browser is at an address that no route takes, where only programs should not get a page. */
export const isLost = (c: AppContext): boolean =>
  !programs.test(c.req.path) && prefersHtml(requestHeader(c, "accept"));

/** The languages of whoever asks, signed in or not. */
function wantedBy(brand: Brand, c: AppContext): string[] {
  const signedIn: Person | Customer | undefined = c.get("person") ?? c.get("customer");
  return wantedLanguages(brand, {
    chosen: signedIn?.language,
    header: requestHeader(c, "accept-language"),
  });
}

/** The page that says why something was refused, and leads to the first page of its face. */
export async function refusedPage(brand: Brand, c: AppContext, refusal: Refusal): Promise<Response> {
  const { code, message, retryAfterSeconds } = refusal;
  const kit = await speakKit(wantedBy(brand, c));
  const title = refusalTitle(await speakRefusals([kit.tag]), code);
  const first = face.exec(c.req.path)?.[0];
  const page = cardPage({
    brand,
    language: kit,
    questions: kit.say("support"),
    title,
    content: html`<h1>${title}</h1>
<p lang="en" dir="ltr">${message}</p>
<p><a href="${first ?? "/sign-in"}">${kit.say(first === undefined ? "denied_sign_in" : "denied_back")}</a></p>`,
  });
  return pageResponse(page, problems[code].status, {
    vary: "cookie, accept, accept-language",
    ...(retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) }),
  });
}

/** The page that says that the receiver failed. */
export async function failurePage(brand: Brand, c: AppContext): Promise<Response> {
  const kit = await speakKit(wantedBy(brand, c));
  const text = { title: kit.say("failure"), text: [kit.say("failure_text")] };
  return pageResponse(messagePage(brand, { ...text, language: kit, questions: kit.say("support") }), 500);
}
