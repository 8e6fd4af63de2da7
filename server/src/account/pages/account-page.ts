import type { Deps } from "../../deps/deps.ts";
import { type AppContext, type Customer, requestHeader } from "../../http/app-env.ts";
import { type AccountText, accountTexts } from "../../messages/account/index.ts";
import { type Speech, speak } from "../../messages/speak.ts";
import { appPage, hiddenFields, type KitSpeech, speakKit, wantedLanguages } from "../../pages/app-page.ts";
import { formTokenField } from "../../pages/form.ts";
import { type Html, html } from "../../pages/html.ts";
import { pageResponse } from "../../pages/page.ts";
import { card, confirmButtons } from "../../pages/parts.ts";

/** One request of a customer who proved an address. */
export interface Visit {
  c: AppContext;
  deps: Deps;
  say: Speech<AccountText>;
  kit: KitSpeech;
  customer: Customer;
}

/** Who asks, in which language. The guard has let a customer past. */
export async function openVisit(deps: Deps, c: AppContext): Promise<Visit> {
  const customer = c.get("customer");
  const header = requestHeader(c, "accept-language");
  const wanted = wantedLanguages(deps.config.brand, { chosen: customer.language, header });
  const say = await speak(accountTexts, wanted);
  return { c, deps, say, kit: await speakKit([say.tag]), customer };
}

/** A page of the customer's account. */
export function accountPage(
  visit: Visit,
  parts: { title: string; lead?: string; content: Html; status?: number },
): Response {
  const { deps, kit, say, customer } = visit;
  const page = appPage({
    ...parts,
    brand: deps.config.brand,
    kit,
    navigation: [
      {
        links: [{ label: say.say("nav_account"), address: "/account", isCurrent: true }],
      },
    ],
    person: {
      name: customer.mail,
      settings: "/sign-in/sessions",
      signOut: { address: "/sign-in/out", fields: fieldsOf(visit) },
    },
  });
  return pageResponse(page, parts.status ?? 200);
}

/** What every form of hers carries. */
export const fieldsOf = ({ customer }: Visit): Record<string, string> => ({
  [formTokenField]: customer.formToken,
});

/** A form that was filled in wrongly, with what was wrong. */
export const accountAgain = (visit: Visit, content: Html | ""): Response =>
  accountPage(visit, { title: visit.say.say("account_title"), status: 422, content: html`${content}` });

/** Asks before something is taken back: opening the page changes nothing. */
export function askPage(
  visit: Visit,
  asked: {
    title: string;
    text: string;
    action: string;
    sent: Record<string, string>;
    label: string;
    isDanger?: boolean;
  },
): Response {
  const { title, text, action, sent, label, isDanger = true } = asked;
  const buttons = confirmButtons(visit.kit, { label, back: "/account", isDanger });
  return accountPage(visit, {
    title,
    content: card({
      title: visit.say.say("confirm_heading"),
      content: html`<p>${text}</p>
<form method="post" action="${action}">${hiddenFields({ ...fieldsOf(visit), ...sent, step: "do" })}${buttons}</form>`,
    }),
  });
}
