import type { Deps } from "../../deps/deps.ts";
import { hiddenFields } from "../../pages/app-page.ts";
import { formToken } from "../../pages/form.ts";
import { html } from "../../pages/html.ts";
import { card, confirmButtons } from "../../pages/parts.ts";
import { type PortalFace, portalPage } from "./portal-face.ts";

/** What is asked before something is taken away. */
export interface Asked {
  title: string;
  /** What comes of it. */
  text: string;
  /** Where the form goes, and what it sends unseen. */
  action: string;
  sent: Readonly<Record<string, string>>;
  /** On the button that does it. */
  label: string;
  back: string;
}

/** A page that asks before something is taken away that does not come back. Opening it changes nothing. */
export const confirmPage = (
  deps: Pick<Deps, "config">,
  face: PortalFace,
  { title, text, action, sent, label, back }: Asked,
): Response =>
  portalPage(deps, face, {
    title,
    content: card({
      title: face.speech.say("confirm_heading"),
      content: html`<p>${text}</p>
<form method="post" action="${action}">${formToken(face.person)}${hiddenFields({ ...sent, step: "do" })}${confirmButtons(
        face.kit,
        { label, back, isDanger: true },
      )}</form>`,
    }),
  });

/** Whether a form says that it is to be done, and not only asked. */
export const isConfirmed = (form: URLSearchParams | undefined): boolean => form?.get("step") === "do";
