import type { Deps } from "../../deps/deps.ts";
import type { ProblemCode } from "../../http/problem.ts";
import { plainText } from "../../http/schemas.ts";
import { html } from "../../pages/html.ts";
import { outcomeNotice } from "../../pages/parts.ts";
import { refusalText } from "../../pages/refusals.ts";
import { Refusal } from "../../words/refusal.ts";
import { type PortalFace, portalPage } from "./portal-face.ts";

/** What names a thing in an address, where it can be a name at all. */
export const nameIn = (text: string | undefined): string | undefined => plainText(64).safeParse(text).data;

/**
 * What `work` makes, or the page that says that nothing is there, where it is refused by `code`: in the same words for
 * another partner's and for one that nobody has.
 */
export async function orNothing(
  deps: Pick<Deps, "config">,
  face: PortalFace,
  { code, name }: { code: ProblemCode; name: string | undefined },
  work: (name: string) => Promise<Response>,
): Promise<Response> {
  try {
    if (name !== undefined) return await work(name);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== code) throw error;
  }
  const { say } = face.speech;
  return portalPage(
    deps,
    face,
    { title: say("nothing_here_title"), content: html`<p>${say("nothing_here")}</p>` },
    404,
  );
}

/** What a form is told where it was refused: that nothing was changed, and why. */
export const refusedNotice = ({ speech, refusals }: PortalFace, refusal: Refusal) =>
  outcomeNotice(speech.say("refused"), "bad", refusalText(refusals, refusal));

/** Goes to a page after something was done. */
export const goTo = (location: string): Response =>
  new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
