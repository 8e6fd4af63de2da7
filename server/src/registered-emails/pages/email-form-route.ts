import { z } from "@hono/zod-openapi";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import type { AppContext } from "../../http/app-env.ts";
import { clientAddressOf } from "../../http/client-address.ts";
import type { Metrics } from "../../http/metrics.ts";
import { route } from "../../http/route.ts";
import { plainText } from "../../http/schemas.ts";
import { timed } from "../../http/strangers.ts";
import { type CardFace, cardFace, inLanguage } from "../../pages/card-face.ts";
import { cameFromElsewhere, readForm } from "../../pages/form.ts";
import { pageResponse } from "../../pages/page.ts";
import { isEmailAddress } from "../../words/email-address.ts";
import { as } from "../../words/ids.ts";
import { Refusal } from "../../words/refusal.ts";
import { type Consent, consentFor, consentId } from "../consent.ts";
import { type OpenForm, openFormLink } from "../form-link.ts";
import { registerEmails } from "../register-emails.ts";
import {
  type EmailForm,
  emailFormPage,
  endedFormPage,
  type FormProblem,
  registeredPage,
  unknownFormPage,
} from "./email-form-page.ts";

const path = "/register/{partner}";
const tags = ["Registered e-mails"];
const request = {
  params: z.object({ partner: plainText(64) }),
  query: z.object({
    k: z.string().openapi({ description: "The API key's id that the link was made with" }),
    p: z.string().optional().openapi({ description: "Product; by default every one" }),
    x: z.string().openapi({ description: "When the link ends, in seconds since 1970" }),
    s: z.string().openapi({ description: "Signature" }),
  }),
};
const page = (description: string) => ({
  description,
  content: { "text/html": { schema: z.string() } },
});

const show = route({
  who: "anyone",
  operationId: "showEmailForm",
  method: "get",
  path,
  tags,
  summary: "A partner's form for its customers",
  description: "Opened by a link that the partner made with its API key.",
  request,
  responses: { 200: page("The form"), 404: page("No such link"), 410: page("The link has expired") },
});

const send = route({
  who: "anyone",
  operationId: "sendEmailForm",
  method: "post",
  path,
  tags,
  summary: "Register an address by the form",
  request: {
    ...request,
    body: {
      content: {
        "application/x-www-form-urlencoded": {
          schema: z.object({
            email: z.string(),
            consent: z.string().openapi({ description: "Names the wording that was agreed to" }),
          }),
        },
      },
    },
  },
  responses: {
    200: page("Registered, whether or not it was before"),
    403: page("Sent by another site"),
    404: page("No such link"),
    409: page("The wording has changed"),
    410: page("The link has expired"),
    422: page("Something is missing"),
    429: page("Too many"),
  },
});

/** The page where a customer registers with a partner. It answers pages alone, since people see them. */
export function addEmailFormRoute(app: App, deps: Deps, metrics: Metrics): void {
  const addressOf = clientAddressOf(deps.config.listen.trustedProxies);
  app.serve(show, timed(metrics), async (c) => {
    const face = await cardFace(deps.config.brand, c);
    const opened = await openForm(deps, c, face);
    return opened instanceof Response
      ? opened
      : pageResponse(emailFormPage(face, formOf(deps, opened)), 200, inLanguage);
  });
  app.serve(send, timed(metrics), async (c) => {
    const face = await cardFace(deps.config.brand, c);
    const opened = await openForm(deps, c, face);
    if (opened instanceof Response) return opened;
    const sent = await readForm(c);
    return register(deps, face, opened, {
      email: sent?.get("email") ?? "",
      consent: sent?.get("consent") ?? "",
      address: addressOf(c),
      // Else a page could have its visitors register what it likes, each from an address of his own.
      isForeign: cameFromElsewhere(c, deps.config.issuer),
    });
  });
}

async function openForm(deps: Deps, c: AppContext, face: CardFace): Promise<OpenForm | Response> {
  const opened = await openFormLink(deps, c.req.param("partner") ?? "", {
    k: c.req.query("k"),
    p: c.req.query("p"),
    x: c.req.query("x"),
    s: c.req.query("s"),
  });
  if (opened === undefined) return pageResponse(unknownFormPage(face), 404, inLanguage);
  return opened === "ended" ? pageResponse(endedFormPage(face), 410, inLanguage) : opened;
}

const problemStatus: Readonly<Record<FormProblem, number>> = {
  elsewhere: 403,
  email: 422,
  consent: 422,
  wording: 409,
  too_often: 429,
};

async function register(
  deps: Deps,
  face: CardFace,
  opened: OpenForm,
  sent: { email: string; consent: string; address: string; isForeign: boolean },
): Promise<Response> {
  const form = formOf(deps, opened);
  const again = (problem: FormProblem, headers: Record<string, string> = {}) =>
    pageResponse(
      emailFormPage(face, {
        ...form,
        email: sent.email.slice(0, 254),
        agreed: sent.consent === consentId(form.consent),
        problem,
      }),
      problemStatus[problem],
      { ...inLanguage, ...headers },
    );
  const problem = problemOf(sent, form.consent);
  if (problem !== undefined) return again(problem);
  const { partner, partnerName, product } = opened;
  const consent = { ...form.consent, at: deps.clock() };
  try {
    await registerEmails(deps, { partner, origin: "form", address: sent.address }, [
      { row: 1, email: sent.email, product, consent },
    ]);
  } catch (error) {
    if (!(error instanceof Refusal && error.code === "too_many_requests")) throw error;
    return again("too_often", { "retry-after": String(error.retryAfterSeconds) });
  }
  return pageResponse(registeredPage(face, partnerName), 200, inLanguage);
}

function problemOf(
  sent: { email: string; consent: string; isForeign: boolean },
  consent: Consent,
): FormProblem | undefined {
  if (sent.isForeign) return "elsewhere";
  if (!isEmailAddress(sent.email)) return "email";
  if (sent.consent === "") return "consent";
  return sent.consent === consentId(consent) ? undefined : "wording";
}

function formOf(
  { config }: Deps,
  { partner, partnerName, product }: OpenForm,
): EmailForm & { consent: Consent } {
  return {
    partnerName,
    productName: product === undefined ? undefined : config.products.get(as.product(product))?.name,
    consent: consentFor(config, { partner, partnerName, product }),
  };
}
