import { z } from "@hono/zod-openapi";
import { type RenewalQuery, readRenewalQuery } from "@tallystick/sdk/protocol";
import type { Handler } from "hono";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { type AppContext, type AppEnv, requestHeader } from "../../http/app-env.ts";
import type { Metrics } from "../../http/metrics.ts";
import { refusalResponse } from "../../http/problem.ts";
import { refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { productId } from "../../http/schemas.ts";
import { renewalTexts } from "../../messages/renewal/index.ts";
import { speak } from "../../messages/speak.ts";
import { prefersHtml } from "../../pages/accept.ts";
import { speakKit, wantedLanguages } from "../../pages/app-page.ts";
import { messagePage } from "../../pages/message.ts";
import { pageResponse } from "../../pages/page.ts";
import { Refusal } from "../../words/refusal.ts";
import { previewClick, recordClick } from "../click.ts";
import { isPreview } from "./link-preview.ts";

const click = route({
  who: "anyone",
  operationId: "followRenewalLink",
  method: "get",
  path: "/r/{product}",
  tags: ["Renewal"],
  summary: "The renewal link",
  description:
    "Sends the customer to the product's checkout. A good token puts a reference of its partner into the address; a bad or missing one never stops the customer. HEAD and link previews get the same answer and record nothing.",
  request: {
    params: z.object({ product: productId }),
    query: z.object({
      t: z.string().optional().openapi({ description: "Token" }),
      l: z.string().optional().openapi({ description: "Licence" }),
      e: z.string().optional().openapi({ description: "The customer's e-mail address" }),
    }),
  },
  responses: {
    302: { description: "To the checkout, or to `fallbackUrl` when the product is not known" },
    ...refusals("product_unknown"),
  },
});

/** The same with the slash that mail programs and people put behind an address. */
const slashed = route({
  ...click,
  operationId: "followRenewalLinkWithSlash",
  path: "/r/{product}/",
  hide: true,
});

/**
 * The renewal link: always the checkout of a known product, with the seller's reference when the token is good. A hot
 * route: no middleware stands before it.
 */
export function addClickRoute(app: App, deps: Deps, metrics: Metrics): void {
  app.serve(click, answerClick(deps, metrics));
  app.serve(slashed, answerClick(deps, metrics));
}

function answerClick(deps: Deps, metrics: Metrics): Handler<AppEnv> {
  return async (c) => {
    const begun = performance.now();
    const response = await redirect(deps, c);
    metrics.requests(click.path, response.status, (performance.now() - begun) / 1000);
    return response;
  };
}

async function redirect(deps: Deps, c: AppContext): Promise<Response> {
  const clicked = { product: c.req.param("product") ?? "", ...renewalQueryOf(c.req.url) };
  try {
    const { location } = isPreview(c) ? previewClick(deps, clicked) : await recordClick(deps, clicked);
    return sendTo(location);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { brand, fallbackUrl } = deps.config;
    if (fallbackUrl !== undefined) return sendTo(fallbackUrl);
    if (!prefersHtml(requestHeader(c, "accept"))) return refusalResponse(error);
    const { say, tag, direction } = await speak(
      renewalTexts,
      wantedLanguages(brand, { header: requestHeader(c, "accept-language") }),
    );
    const text = [say("unknown_text"), say("unknown_next")];
    return pageResponse(
      messagePage(brand, {
        title: say("unknown_title"),
        text,
        language: { tag, direction },
        questions: (await speakKit([tag])).say("support"),
      }),
      404,
      { vary: "accept, accept-language" },
    );
  }
}

const sendTo = (location: string): Response =>
  new Response(null, {
    status: 302,
    headers: {
      location,
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "content-length": "0",
    },
  });

function renewalQueryOf(url: string): RenewalQuery {
  const from = url.indexOf("?");
  if (from === -1) return {};
  const to = url.indexOf("#", from);
  return readRenewalQuery(to === -1 ? url.slice(from + 1) : url.slice(from + 1, to));
}
